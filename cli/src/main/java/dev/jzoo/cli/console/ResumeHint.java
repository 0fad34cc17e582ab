package dev.jzoo.cli.console;

import java.io.IOException;

/** Tells, when the process is ended in the middle of training, how to go on. */
public final class ResumeHint {

    /** Trains. */
    @FunctionalInterface
    public interface Training<T> {
        T run() throws IOException;
    }

    private ResumeHint() {}

    /**
     * Trains, and watches meanwhile for the end of the process.
     *
     * @param progress of the training; the hint is the last that it shows
     * @param command that goes on with the run
     */
    public static <T> T during(TrainingProgress progress, String command, Training<T> training) throws IOException {
        Thread hint = new Thread(
                () -> progress.end("Interrupted. The epochs that were done are kept; go on with\n  " + command),
                "jzoo-hint");
        Runtime.getRuntime().addShutdownHook(hint);
        try {
            return training.run();
        } finally {
            remove(hint);
        }
    }

    private static void remove(Thread hint) {
        try {
            Runtime.getRuntime().removeShutdownHook(hint);
        } catch (IllegalStateException e) {
            // The process is ending, and the hint is being shown.
        }
    }
}
