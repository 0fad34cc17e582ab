package dev.jzoo.zoo;

/** Hears how far a long operation has come. Calls come from one thread at a time, often; an implementation must be quick. */
@FunctionalInterface
public interface ProgressListener {

    /** Hears nothing. */
    ProgressListener NONE = (task, done, total) -> {};

    /**
     * @param task what is being done, short and stable: "mnist/train-images-idx3-ubyte.gz"
     * @param done units done so far, not decreasing within a task except where it starts again
     * @param total units in all, or -1 while unknown; {@code done == total} ends the task
     */
    void progress(String task, long done, long total);
}
