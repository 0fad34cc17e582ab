package dev.jzoo.recipes.text;

import dev.jzoo.datasets.Corpus;
import dev.jzoo.datasets.preparation.CharacterVocabulary;
import java.util.Arrays;

/**
 * The text of a recipe.
 *
 * @param train text to train on
 * @param test text to measure on
 * @param vocabulary vocabulary of both
 */
record RecipeTexts(Corpus train, Corpus test, CharacterVocabulary vocabulary) {

    int[] trainIds() {
        return vocabulary.encode(train.text());
    }

    int[] testIds() {
        return vocabulary.encode(test.text());
    }

    /** Returns the part of the training text on which the file is measured; it is as long as the test text. */
    int[] measuredTrainIds() {
        int[] ids = trainIds();
        return Arrays.copyOf(ids, Math.min(ids.length, test.size()));
    }
}
