package dev.jzoo.zoo.cache;

import dev.jzoo.zoo.file.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A cache for this process alone, for programs whose own cache is not writable. It is deleted when the process ends. */
public final class TemporaryHome {

    private static @Nullable CacheDirectory home;

    private TemporaryHome() {}

    /** Returns the cache, the same one at each call. */
    public static synchronized CacheDirectory get() throws IOException {
        if (home == null) {
            Path folder = Files.createTempDirectory("jzoo-home-").toRealPath();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> new Disk("").delete(folder), "jzoo-temporary-home"));
            home = new CacheDirectory(folder);
        }
        return home;
    }
}
