package dev.jzoo.training;

import dev.jzoo.zoo.ProgressListener;

/** A listener to the progress of a training run. Calls come from the thread that trains. */
public interface TrainingListener {

    /** A listener that does nothing. */
    TrainingListener NONE = new TrainingListener() {};

    /**
     * Receives the progress of an epoch.
     *
     * @param epoch number of the epoch, from 0
     * @param epochs total number of epochs
     * @param done number of examples seen in this epoch
     * @param total number of examples in an epoch
     */
    default void step(int epoch, int epochs, long done, long total) {}

    /** Receives an epoch that has ended and was measured. */
    default void epoch(Epoch epoch, int epochs) {}

    /** Receives the name of the next stage: "Exporting to ONNX". */
    default void stage(String what) {}

    /** Receives information for the user, such as a choice that was made. */
    default void note(String sentence) {}

    /** Returns the listener to downloads. */
    default ProgressListener downloads() {
        return ProgressListener.NONE;
    }
}
