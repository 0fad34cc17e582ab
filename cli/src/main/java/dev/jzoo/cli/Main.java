package dev.jzoo.cli;

import dev.jzoo.cli.console.Host;
import dev.jzoo.cli.console.OpenFiles;

/** The entry point of the process. */
public final class Main {

    /** The JDK's HTTP client reads 16 KB at once if nothing is said, which is slow for a large file. */
    private static final String READ_AT_ONCE = "262144";

    private Main() {}

    /** With too few files to open, not even the classes that report a failure may load; so what says so is there before. */
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
        // System.exit, since the engines leave threads behind
        System.exit(exitCode(args));
    }
}
