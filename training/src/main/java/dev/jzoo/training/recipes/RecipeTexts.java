package dev.jzoo.training.recipes;

import dev.jzoo.datasets.CharacterVocabulary;
import dev.jzoo.datasets.Corpus;
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
