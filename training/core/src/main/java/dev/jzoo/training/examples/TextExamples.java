package dev.jzoo.training.examples;

import dev.jzoo.datasets.Shuffler;

/**
 * Windows of a text: the input is a sequence of characters, the target is the character after each one, both [window].
 * The starts of training windows move in each epoch, determined by the seed, so that the edges of the windows change.
 */
public final class TextExamples implements Examples {

    /** A function that returns the start of a window in the text. */
    private interface Starts {
        int of(int index, int epoch);
    }

    private final int[] text;
    private final int window;
    private final int size;
    private final Order order;
    private final Starts starts;

    private TextExamples(int[] text, int window, int size, Order order, Starts starts) {
        this.text = text;
        this.window = window;
        this.size = size;
        this.order = order;
        this.starts = starts;
    }

    /**
     * Returns consecutive windows, to be shuffled.
     *
     * @param text numbers of its characters; not copied
     * @param window number of characters in an example
     * @param seed seed of the moves
     * @throws IllegalArgumentException if the text has fewer than two windows
     */
    public static TextExamples shuffled(int[] text, int window, long seed) {
        int windows = windows(text, window);
        return new TextExamples(
                text, window, windows, Order.SHUFFLED, (index, epoch) -> offset(window, seed, epoch) + index * window);
    }

    /**
     * Returns windows that continue each other: the text is split into one part of equal length per example of a batch,
     * and each batch has the next window of all parts.
     *
     * @param text numbers of its characters; not copied
     * @param window number of characters in an example
     * @param batch number of examples in a batch
     * @param seed seed of the moves
     * @throws IllegalArgumentException if the text has fewer than two windows, or fewer than a batch
     */
    public static TextExamples continuing(int[] text, int window, int batch, long seed) {
        int steps = windows(text, window) / batch;
        if (steps == 0) {
            throw new IllegalArgumentException("A text of " + text.length + " characters has " + windows(text, window)
                    + " windows of " + window + "; a batch with carried state requires " + batch
                    + ". Use smaller batches or a longer text.");
        }
        return new TextExamples(
                text,
                window,
                steps * batch,
                Order.CONTINUING,
                (index, epoch) -> offset(window, seed, epoch) + (index % batch * steps + index / batch) * window);
    }

    /**
     * Returns windows to measure on, the same in each epoch. Each starts a stride after the one before, and the last
     * one ends with the text.
     *
     * @param text numbers of its characters; not copied
     * @param window number of characters in an example
     * @param stride number of characters between starts, at most the window
     * @throws IllegalArgumentException if the text is not longer than a window
     */
    public static TextExamples covering(int[] text, int window, int stride) {
        int last = text.length - 1 - window;
        if (last < 0) {
            throw tooShort(text, window, window + 1);
        }
        int size = (last + stride - 1) / stride + 1;
        return new TextExamples(text, window, size, Order.SHUFFLED, (index, epoch) -> Math.min(index * stride, last));
    }

    /**
     * Returns the number of whole windows for any start of the first one: the last target ends with the text or before.
     */
    private static int windows(int[] text, int window) {
        int windows = (text.length - window) / window;
        if (windows < 1) {
            throw tooShort(text, window, 2 * window);
        }
        return windows;
    }

    private static IllegalArgumentException tooShort(int[] text, int window, int needed) {
        return new IllegalArgumentException("Windows of " + window + " characters require a text of at least " + needed
                + "; this one has " + text.length + ".");
    }

    private static int offset(int window, long seed, int epoch) {
        return Math.floorMod(Shuffler.streamSeed(seed, epoch), window);
    }

    /** Returns the examples in a range of indices, without its end, in this order. */
    public TextExamples range(int from, int to) {
        return new TextExamples(text, window, to - from, order, (index, epoch) -> starts.of(from + index, epoch));
    }

    /** Returns the start of an example's input in the text. */
    public int start(int index, int epoch) {
        return starts.of(index, epoch);
    }

    /** Returns the number of characters in an example. */
    public int window() {
        return window;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public long[] inputShape() {
        return new long[] {window};
    }

    @Override
    public long[] targetShape() {
        return new long[] {window};
    }

    @Override
    public InputKind inputKind() {
        return InputKind.IDENTIFIERS;
    }

    @Override
    public Order order() {
        return order;
    }

    @Override
    public void read(int[] indices, int from, int to, int epoch, float[] inputs, float[] targets) {
        for (int i = from; i < to; i++) {
            int start = starts.of(indices[i], epoch);
            for (int step = 0; step < window; step++) {
                inputs[(i - from) * window + step] = text[start + step];
                targets[(i - from) * window + step] = text[start + step + 1];
            }
        }
    }
}
