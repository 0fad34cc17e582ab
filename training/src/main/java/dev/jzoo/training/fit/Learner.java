package dev.jzoo.training.fit;

import java.io.IOException;
import java.nio.file.Path;

/** A network of some engine that learns from examples. Holds native memory until it is closed. */
public interface Learner extends AutoCloseable {

    /** Hears how an epoch goes. */
    @FunctionalInterface
    interface StepListener {
        /** That many examples of the epoch are done. */
        void done(long examples);
    }

    /**
     * Goes once through the examples in the given order, one step of the optimiser for each batch; the last batch may be
     * smaller.
     *
     * @param order a permutation of the examples
     * @return mean loss over the examples, each at the moment when it was learnt from; NaN as soon as a step's loss is
     *     not finite, and the epoch ends there
     */
    double epoch(int[] order, StepListener listener);

    /** What the network says to each example, in inference mode: [examples, outputs] row by row. */
    float[] predict(Examples examples);

    /** The engine's own network, to export. */
    Object network();

    /** File name ending of a checkpoint: "params". */
    String checkpointSuffix();

    /** Writes the weights to a file in the engine's own format. */
    void save(Path file) throws IOException;

    @Override
    void close();
}
