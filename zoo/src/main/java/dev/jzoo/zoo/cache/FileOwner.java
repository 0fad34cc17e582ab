package dev.jzoo.zoo.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Who put a file into a folder that several users write to. */
final class FileOwner {

    private static final int ROOT = 0;

    /** This process; where there is no such file, the user's own folder tells. */
    private static final Path SELF = Path.of("/proc/self");

    private FileOwner() {}

    /**
     * Whether a file's owner may say something for a home: the user of this process, the administrator, or whoever owns the home.
     * Systems that do not number their users have no such rule.
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
