package dev.jzoo.cli;

import dev.jzoo.cli.console.Host;
import dev.jzoo.cli.console.OpenFiles;

/** The entry point of the process. */
public final class Main {

    /** Buffer size of the JDK's HTTP client in bytes. Its default of 16 KB is slow for large files. */
    private static final String READ_AT_ONCE = "262144";

    private Main() {}

    /**
     * Runs a command line. When the process may open too few files, even the classes that report a failure may not load, so
     * {@code OpenFiles} is loaded first.
     */
    private static int exitCode(String[] args) {
        OpenFiles files = new OpenFiles();
        try {
            return new JzooCommand(Host.standard()).execute(args);
        } catch (LinkageError | TypeNotPresentException e) {
            if (!files.areFew()) {
                throw e;
            }
            System.err.println("error: " + files.message());
            System.err.println(files.hint());
            return 1;
        }
    }

    /** Runs a command line and leaves with its exit code. */
    public static void main(String[] args) {
        BuildFolder.keep();
        System.getProperties().putIfAbsent("jdk.httpclient.bufsize", READ_AT_ONCE);
        // System.exit, since the engines' threads may still be running
        System.exit(exitCode(args));
    }
}
