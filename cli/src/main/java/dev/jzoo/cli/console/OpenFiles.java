package dev.jzoo.cli.console;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The limit on files that the process may open at once. If it is lower than the number of JZoo's libraries, loading any
 * class can fail, in many different ways.
 */
public record OpenFiles() {

    /** More than the jars on the class path, the JDK's files and the files of a command together. */
    private static final long ENOUGH = 400;

    /** Returns whether the limit may explain a failure to load something. */
    public boolean areFew() {
        try {
            return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                    && system.getMaxFileDescriptorCount() < ENOUGH;
        } catch (LinkageError e) {
            return true; // even the JDK's library that reads the limit cannot be opened
        }
    }

    /** Returns the error message for a low limit. */
    public String message() {
        return "JZoo could not open all of its files: the limit on open files is too low.";
    }

    /** Returns the advice for a low limit. */
    public String hint() {
        return "Raise the limit in this shell: ulimit -n 1024";
    }
}
