package dev.jzoo.recipes.text;

import dev.jzoo.datasets.Corpus;
import dev.jzoo.datasets.preparation.CharacterVocabulary;
import java.util.Arrays;

/**
 * The text of a recipe.
 *
 * @param train to learn from
 * @param test to measure on
 * @param vocabulary of both
 */
record RecipeTexts(Corpus train, Corpus test, CharacterVocabulary vocabulary) {

    int[] trainIds() {
        return vocabulary.encode(train.text());
    }

    int[] testIds() {
        return vocabulary.encode(test.text());
    }

    /** As many characters of the training text as the test text has: what the file is measured on. */
    int[] measuredTrainIds() {
        int[] ids = trainIds();
        return Arrays.copyOf(ids, Math.min(ids.length, test.size()));
    }
}
