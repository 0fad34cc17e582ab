package dev.jzoo.zoo.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The owner of a file in a folder that several users can write to. */
final class FileOwner {

    private static final int ROOT = 0;

    /** A file owned by this process's user; the user's home folder where this file does not exist. */
    private static final Path SELF = Path.of("/proc/self");

    private FileOwner() {}

    /**
     * Returns whether a file's owner is trusted in a cache: the user of this process, the administrator, or the owner of the
     * cache folder. Every owner is trusted on systems without numeric user ids.
     */
    static boolean mayWriteFor(Path home, Path file) {
        Path self = Files.exists(SELF) ? SELF : Path.of(System.getProperty("user.home"));
        Optional<Integer> owner = user(file);
        return owner.isEmpty() || isBelieved(owner.get(), user(home), user(self));
    }

    static boolean isBelieved(int owner, Optional<Integer> ownerOfHome, Optional<Integer> self) {
        return owner == ROOT || ownerOfHome.equals(Optional.of(owner)) || self.equals(Optional.of(owner));
    }

    private static Optional<Integer> user(Path file) {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return Optional.empty();
        }
        try {
            return Optional.of((Integer) Files.getAttribute(file, "unix:uid"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
