package dev.jzoo.training;

import dev.jzoo.training.examples.Examples;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A network of some engine that learns from examples. Holds native memory until it is closed. */
public interface Learner extends AutoCloseable {

    /** Hears how an epoch goes. */
    @FunctionalInterface
    interface StepListener {
        /** That many examples of the epoch are done. */
        void done(long examples);
    }

    /** The examples that it learns from. */
    Examples examples();

    /**
     * Goes once through the examples in the given order, one step of the optimiser for each batch; the last batch may be
     * smaller. What is random in it (dropout, augmentation) is a function of the run's seed and the epoch.
     *
     * @param epoch from 0
     * @param order of the examples: a permutation, or the first ones of it
     * @return mean loss over the examples, each at the moment when it was learnt from; NaN as soon as a step's loss is
     *     not finite, and the epoch ends there
     */
    double epoch(int epoch, int[] order, StepListener listener);

    /** What the network says to each example, in inference mode: [examples, outputs] row by row. */
    float[] predict(Examples examples);

    /** The engine's own network, to export. */
    Object network();

    /** File name ending of the engine's own format: "params". */
    String suffix();

    /** Writes the weights in the engine's own format. */
    void saveWeights(OutputStream out) throws IOException;

    /** Reads weights that {@link #saveWeights} wrote. */
    void loadWeights(InputStream in) throws IOException;

    /** Writes what the optimiser remembers: with the weights, everything that decides the next epoch. */
    void saveOptimizer(OutputStream out) throws IOException;

    /** Reads what {@link #saveOptimizer} wrote, after the weights were read. */
    void loadOptimizer(InputStream in) throws IOException;

    @Override
    void close();
}
