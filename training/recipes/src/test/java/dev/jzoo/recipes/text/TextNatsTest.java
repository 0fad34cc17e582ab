package dev.jzoo.recipes.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jzoo.training.examples.TextExamples;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextNatsTest {

    private static final int CHARACTERS = 200;

    /**
     * The text counts from 0. The predictor gives character c the probability 1 / (c + 1) where it has read at least as many
     * characters as the windows overlap, and 1e-6 elsewhere: what is measured twice, or with too little before it, shows.
     */
    @Test
    void everyCharacterCountsOnceAndWithEnoughBeforeIt() {
        for (int length : new int[] {11, 30, 147, 150}) {
            int[] text = IntStream.range(0, length).toArray();
            TextExamples windows = TextExamples.covering(text, 10, 6);
            double measured = TextNats.of(windows, CHARACTERS, part -> {
                float[] probabilities = new float[part.size() * 10 * CHARACTERS];
                for (int i = 0; i < part.size(); i++) {
                    for (int step = 0; step < 10; step++) {
                        int target = part.start(i, 0) + step + 1;
                        boolean enough = part.start(i, 0) == 0 || step >= 4;
                        probabilities[(i * 10 + step) * CHARACTERS + target] = enough ? 1f / (target + 1) : 1e-6f;
                    }
                }
                return probabilities;
            });
            double expected = IntStream.range(1, length)
                    .mapToDouble(c -> Math.log(c + 1))
                    .average()
                    .orElseThrow();
            assertEquals(expected, measured, 1e-6);
        }
    }
}
