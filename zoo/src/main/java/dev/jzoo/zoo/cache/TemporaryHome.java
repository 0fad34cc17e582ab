package dev.jzoo.zoo.cache;

import dev.jzoo.zoo.file.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A home for this process alone, which is deleted when it ends: for programs whose own home cannot be written. */
public final class TemporaryHome {

    private static CacheDirectory home;

    private TemporaryHome() {}

    /** The home, the same one each time. */
    public static synchronized CacheDirectory get() throws IOException {
        if (home == null) {
            Path folder = Files.createTempDirectory("jzoo-home-").toRealPath();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> new Disk("").delete(folder), "jzoo-temporary-home"));
            home = new CacheDirectory(folder);
        }
        return home;
    }
}
