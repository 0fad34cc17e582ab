package dev.jzoo.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The folder of the build that this process runs from. The launcher makes one for each build and passes its path in the system
 * property {@code jzoo.build}.
 */
final class BuildFolder {

    /** A file in the folder. Each process that runs from the folder holds a shared lock on it. */
    static final String IN_USE = "in-use";

    /** Never closed: the operating system takes the lock back when the process ends, however it ends. */
    @SuppressWarnings("UnusedVariable")
    private static Optional<FileChannel> held = Optional.empty();

    private BuildFolder() {}

    /**
     * Keeps later builds from removing the folder while this process runs. A lock tells that across users and containers, where
     * process numbers do not.
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
            // There are file systems without locks. BuildCleanup then gets none either, and removes nothing.
        }
    }
}
