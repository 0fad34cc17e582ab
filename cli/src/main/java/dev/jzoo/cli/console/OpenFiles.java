package dev.jzoo.cli.console;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How many files the process may open at once. Where these are fewer than the libraries that it is made of, whatever is loaded
 * next fails, in all kinds of ways.
 */
public record OpenFiles() {

    /** More than the jars on the class path, with those of the JDK and a few of a command's own. */
    private static final long ENOUGH = 400;

    /** Whether a failure to load something may be due to it. */
    public boolean areFew() {
        try {
            return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                    && system.getMaxFileDescriptorCount() < ENOUGH;
        } catch (LinkageError e) {
            return true; // not even Java's own library that counts them can be opened
        }
    }

    /** What to say then. */
    public String message() {
        return "JZoo could not open all of its files: this process may open too few at once.";
    }

    /** What to do about it. */
    public String hint() {
        return "Raise the limit in this shell: ulimit -n 1024";
    }
}
