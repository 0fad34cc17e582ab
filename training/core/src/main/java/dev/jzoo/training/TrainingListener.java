package dev.jzoo.training;

import dev.jzoo.zoo.ProgressListener;

/** Hears how a training run goes. Calls come from the thread that trains. */
public interface TrainingListener {

    /** Hears nothing. */
    TrainingListener NONE = new TrainingListener() {};

    /**
     * An epoch has come this far.
     *
     * @param epoch number of the epoch, from 0
     * @param epochs number of epochs in all
     * @param done examples seen in this epoch
     * @param total examples of an epoch
     */
    default void step(int epoch, int epochs, long done, long total) {}

    /** An epoch has ended and was measured. */
    default void epoch(Epoch epoch, int epochs) {}

    /** What comes next: "Exporting to ONNX". */
    default void stage(String what) {}

    /** Something that the user should know: a choice that was made. */
    default void note(String sentence) {}

    /** Hears how downloads go. */
    default ProgressListener downloads() {
        return ProgressListener.NONE;
    }
}
