package dev.jzoo.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The folder of the build that this process runs from. The launcher creates a folder for each build and passes its path in
 * the system property {@code jzoo.build}.
 */
final class BuildFolder {

    /** A file in the folder. Each process that runs from the folder holds a shared lock on it. */
    static final String IN_USE = "in-use";

    /** The lock's channel. It is never closed: the operating system releases the lock when the process ends or is killed. */
    @SuppressWarnings("UnusedVariable")
    private static Optional<FileChannel> held = Optional.empty();

    private BuildFolder() {}

    /**
     * Keeps later builds from removing the folder while this process runs. Unlike process numbers, a file lock also works
     * between users and containers.
     */
    static void keep() {
        Optional<String> folder = Optional.ofNullable(System.getProperty("jzoo.build"));
        if (folder.isEmpty()) {
            return; // started without the launcher
        }
        try {
            FileChannel channel = FileChannel.open(Path.of(folder.get(), IN_USE), StandardOpenOption.READ);
            channel.tryLock(0, Long.MAX_VALUE, true);
            held = Optional.of(channel);
        } catch (IOException e) {
            // Some file systems have no locks. BuildCleanup then gets no lock either and removes nothing.
        }
    }
}
