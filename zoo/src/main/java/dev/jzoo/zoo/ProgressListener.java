package dev.jzoo.zoo;

/** A listener for the progress of a long operation. It is called often, from one thread at a time, so it must be quick. */
@FunctionalInterface
public interface ProgressListener {

    /** A listener that ignores all calls. */
    ProgressListener NONE = (task, done, total) -> {};

    /**
     * Receives the progress of a task.
     *
     * @param task a short, stable name of the task: "mnist/train-images-idx3-ubyte.gz"
     * @param done units done so far; they decrease only if the task starts again
     * @param total total units, or -1 if unknown; {@code done == total} ends the task
     */
    void progress(String task, long done, long total);
}
