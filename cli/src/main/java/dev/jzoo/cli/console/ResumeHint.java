package dev.jzoo.cli.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A message on how to resume, printed when the process is ended during training. */
public final class ResumeHint {

    /** A training to run. */
    @FunctionalInterface
    public interface Training<T> {
        T run() throws IOException;
    }

    private ResumeHint() {}

    /**
     * Trains, and prints the hint if the process ends meanwhile.
     *
     * @param progress of the training; the hint is its last line
     * @param run folder of the training; without it there is nothing to resume
     * @param command that resumes the run
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
                ? "Interrupted. Finished epochs are kept; continue with\n  " + command
                : "Interrupted before training began. Nothing was kept.";
    }

    private static void remove(Thread hint) {
        try {
            Runtime.getRuntime().removeShutdownHook(hint);
        } catch (IllegalStateException e) {
            // The process is ending, and the hint is being shown.
        }
    }
}
