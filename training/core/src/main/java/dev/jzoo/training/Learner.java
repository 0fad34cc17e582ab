package dev.jzoo.training;

import dev.jzoo.training.examples.Examples;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** An engine's network in training. Holds native memory until it is closed. */
public interface Learner extends AutoCloseable {

    /** A listener to the progress of an epoch. */
    @FunctionalInterface
    interface StepListener {
        /** Receives the number of examples of the epoch that are done. */
        void done(long examples);
    }

    /** Returns the training examples. */
    Examples examples();

    /**
     * Trains on the examples once, in the given order, with one step of the optimiser per batch; the last batch may be
     * smaller. All random choices (dropout, augmentation) are functions of the run's seed and the epoch.
     *
     * @param epoch number of the epoch, from 0
     * @param order order of the examples: a permutation, or the first ones of it
     * @return mean loss over the examples, each at the time of its step; NaN as soon as a step's loss is not finite,
     *     which ends the epoch
     */
    double epoch(int epoch, int[] order, StepListener listener);

    /** Computes the network's outputs for each example, in inference mode: [examples, outputs] row by row. */
    float[] predict(Examples examples);

    /** Returns the engine's own network, for export. */
    Object network();

    /** Returns the file extension of the engine's own format: "params". */
    String suffix();

    /** Writes the weights in the engine's own format. */
    void saveWeights(OutputStream out) throws IOException;

    /** Reads weights that {@link #saveWeights} wrote. */
    void loadWeights(InputStream in) throws IOException;

    /** Writes the state of the optimiser. With the weights, it determines the next epoch. */
    void saveOptimizer(OutputStream out) throws IOException;

    /** Reads the output of {@link #saveOptimizer}, after the weights were read. */
    void loadOptimizer(InputStream in) throws IOException;

    @Override
    void close();
}
