package dev.jzoo.cli;

/** The entry point of the process. */
public final class Main {

    private Main() {}

    /** Runs a command line and leaves with its exit code. */
    public static void main(String[] args) {
        // System.exit, since the engines leave threads behind
        System.exit(new JzooCommand(Host.standard()).execute(args));
    }
}
