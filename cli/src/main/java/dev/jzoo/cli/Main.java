package dev.jzoo.cli;

import dev.jzoo.cli.console.Host;

/** The entry point of the process. */
public final class Main {

    /** The JDK's HTTP client reads 16 KB at once if nothing is said, which is slow for a large file. */
    private static final String READ_AT_ONCE = "262144";

    private Main() {}

    /** Runs a command line and leaves with its exit code. */
    public static void main(String[] args) {
        BuildFolder.keep();
        System.getProperties().putIfAbsent("jdk.httpclient.bufsize", READ_AT_ONCE);
        // System.exit, since the engines leave threads behind
        System.exit(new JzooCommand(Host.standard()).execute(args));
    }
}
