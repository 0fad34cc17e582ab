package dev.jzoo.finetune;

/** Hears how transfer learning goes. Calls may come from any thread, also from several at once. */
public interface TransferListener {

    /** Hears nothing. */
    TransferListener NONE = new TransferListener() {};

    /** What comes next: "Features of 244 pictures for training". */
    default void stage(String what) {}

    /** How far it is. */
    default void progress(long done, long total) {}

    /** Something that the user should know: a choice that was made, a picture that was left out. */
    default void note(String sentence) {}
}
