package dev.jzoo.finetune;

/** A listener to the progress of fine-tuning. Calls may come from any thread, and from several at once. */
public interface TransferListener {

    /** A listener that does nothing. */
    TransferListener NONE = new TransferListener() {};

    /** Receives the name of a stage when it starts: "Features of 244 pictures for training". */
    default void stage(String what) {}

    /** Receives the progress of the stage. */
    default void progress(long done, long total) {}

    /** Receives information for the user: a choice that was made, a picture that was left out. */
    default void note(String sentence) {}
}
