package dev.jzoo.cli;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Command lines whose process SIGINT can end. A shell starts its background jobs with that signal ignored, and all their
 * child processes inherit this. Java then never sees the signal, and a test that waits for the end of the process waits
 * forever.
 */
final class Interruptible {

    /** Programs that restore the signal's default and then run the command that follows them, if they are installed. */
    private static final List<List<String>> PREFIXES = List.of(
            List.of(),
            List.of("env", "--default-signal=INT"),
            List.of("perl", "-e", "$SIG{INT} = 'DEFAULT'; exec @ARGV"),
            List.of(
                    "python3",
                    "-c",
                    "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execvp(sys.argv[1], sys.argv[1:])"));

    private static final int ENDED_BY_SIGINT = 130;

    private Interruptible() {}

    /** Returns an equivalent command line that can be interrupted. Fails if there is none. */
    static List<String> command(List<String> words) throws InterruptedException {
        for (List<String> prefix : PREFIXES) {
            if (isInterrupted(join(prefix, List.of("sh", "-c", "kill -INT $$; exit 0")))) {
                return join(prefix, words);
            }
        }
        throw new AssertionError(
                "SIGINT is ignored here, as in a background job of a shell, and neither env, Perl nor Python can"
                        + " restore it. Run the tests in the foreground.");
    }

    private static boolean isInterrupted(List<String> command) throws InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return false; // not installed
        }
        return process.waitFor() == ENDED_BY_SIGINT;
    }

    private static List<String> join(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
