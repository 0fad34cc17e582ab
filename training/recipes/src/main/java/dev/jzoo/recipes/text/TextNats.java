package dev.jzoo.recipes.text;

import dev.jzoo.training.examples.TextExamples;

/** The error of a network on a text: the mean of -ln p over its characters except the first, in nats. */
final class TextNats {

    /** Number of windows per batch. */
    private static final int BATCH = 32;

    /** A function that predicts the next characters. */
    @FunctionalInterface
    interface Predictor {
        /** Returns probabilities [windows, window, characters] of the character after each one of some windows. */
        float[] probabilities(TextExamples windows);
    }

    private TextNats() {}

    /**
     * Returns the error.
     *
     * @param windows windows that cover the text; a character in two of them counts in the earlier one
     */
    static double of(TextExamples windows, int characters, Predictor predictor) {
        int window = windows.window();
        double sum = 0;
        long count = 0;
        int measured = 0;
        for (int from = 0; from < windows.size(); from += BATCH) {
            TextExamples part = windows.range(from, Math.min(from + BATCH, windows.size()));
            float[] probabilities = predictor.probabilities(part);
            float[] targets = targets(part);
            for (int i = 0; i < part.size(); i++) {
                int start = part.start(i, 0);
                for (int step = Math.max(0, measured - start); step < window; step++) {
                    int place = i * window + step;
                    float probability = probabilities[place * characters + (int) targets[place]];
                    sum -= Math.log(Math.max(probability, Float.MIN_NORMAL));
                    count++;
                }
                measured = start + window;
            }
        }
        return sum / count;
    }

    private static float[] targets(TextExamples part) {
        int[] all = new int[part.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
        }
        float[] targets = new float[part.size() * part.window()];
        part.read(all, 0, all.length, 0, new float[targets.length], targets);
        return targets;
    }
}
