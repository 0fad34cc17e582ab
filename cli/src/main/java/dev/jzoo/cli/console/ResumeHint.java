package dev.jzoo.cli.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
     * @param run folder of the training; advice is given only if it can be resumed
     * @param command that goes on with the run
     */
    public static <T> T during(TrainingProgress progress, Path run, String command, Training<T> training)
            throws IOException {
        Thread hint = new Thread(() -> progress.end(message(run, command)), "jzoo-hint");
        Runtime.getRuntime().addShutdownHook(hint);
        try {
            return training.run();
        } finally {
            remove(hint);
        }
    }

    private static String message(Path run, String command) {
        return Files.exists(run)
                ? "Interrupted. The epochs that were done are kept; go on with\n  " + command
                : "Interrupted before the training began. Nothing was kept.";
    }

    private static void remove(Thread hint) {
        try {
            Runtime.getRuntime().removeShutdownHook(hint);
        } catch (IllegalStateException e) {
            // The process is ending, and the hint is being shown.
        }
    }
}
