package dev.jzoo.zoo.cache;

import dev.jzoo.zoo.file.AtomicFile;
import dev.jzoo.zoo.file.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The deletion of files of the home, but for those that are in use: see {@link CacheDirectory#cleaned}. */
public final class CacheRemoval {

    private final CacheDirectory home;
    private final Disk disk;
    private final Set<String> used;
    private int spared;

    CacheRemoval(CacheDirectory home, Set<String> used) {
        this.home = home;
        this.disk = home.disk();
        this.used = used;
    }

    /** Number of files and folders that were not deleted, since a job that runs uses them. */
    public int spared() {
        return spared;
    }

    /** Whether a job that runs uses a file. */
    public boolean isUsed(String path) {
        return used.stream().anyMatch(use -> use.endsWith("/") ? path.startsWith(use) : path.equals(use));
    }

    private boolean spares(String path) {
        boolean spare = isUsed(path);
        spared += spare ? 1 : 0;
        return spare;
    }

    /** Deletes a kept file and its digest; returns the bytes that it had. */
    public long forget(CachedFile cached) throws IOException {
        if (spares(cached.path())) {
            return 0;
        }
        long freed = home.locked(cached.path(), () -> {
            long bytes = size(cached.file());
            disk.delete(cached.file());
            disk.delete(home.digest(cached.path()));
            return bytes;
        });
        deleteEmptyFolders(cached.file().getParent());
        deleteEmptyFolders(home.digest(cached.path()).getParent());
        return freed;
    }

    /** Deletes everything that was unpacked; returns the bytes that it had. */
    public long forgetUnpacked() throws IOException {
        return forgetFiles(home.root().resolve(CacheDirectory.UNPACKED));
    }

    /** Deletes what was computed; returns the bytes that it had. */
    public long forgetComputed() throws IOException {
        return forgetFiles(home.root().resolve("computed"));
    }

    /** Deletes what is in quarantine; returns the bytes that it had. */
    public long forgetQuarantined() throws IOException {
        return forgetFiles(home.quarantine());
    }

    private long forgetFiles(Path folder) throws IOException {
        long bytes = 0;
        for (Path file : filesBelow(folder)) {
            if (!spares(home.root().relativize(file).toString().replace('\\', '/'))) {
                bytes += size(file);
                disk.delete(file);
                deleteEmptyFolders(file.getParent());
            }
        }
        return bytes;
    }

    /** Deletes every download that was broken off; returns the bytes that they had. */
    public long forgetParts() throws IOException {
        Set<String> running = Set.copyOf(used.stream().map(CacheDirectory::key).toList());
        long bytes = 0;
        for (Path part : filesBelow(home.root().resolve("partial"))) {
            String name = part.getFileName().toString();
            boolean waits = name.endsWith(".arrived") && !used.isEmpty(); // for other files of its model
            if (waits || running.contains(name.replaceFirst("\\..*", ""))) {
                spared++;
            } else if (name.matches("[0-9a-f]{64}\\.(part|json|content|arrived)")) {
                bytes += size(part);
                disk.delete(part);
            }
        }
        return bytes;
    }

    /** Deletes what processes that were killed left unfinished, beside the files that they were writing. */
    public void sweep() throws IOException {
        if (Files.isDirectory(home.root())) {
            try (Stream<Path> tree = Files.walk(home.root())) {
                for (Path folder : (Iterable<Path>)
                        tree.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))::iterator) {
                    AtomicFile.sweep(folder);
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
    }

    /** Folders that a job is about to write into stay. */
    private void deleteEmptyFolders(Path folder) throws IOException {
        Path root = home.root();
        for (Path f = folder; !f.equals(root) && f.startsWith(root) && Files.isDirectory(f); f = f.getParent()) {
            String path = root.relativize(f).toString().replace('\\', '/') + "/";
            String content = path.startsWith("digests/") ? path.substring("digests/".length()) : path;
            if (f.getParent().equals(root) || used.stream().anyMatch(use -> use.startsWith(content))) {
                return;
            }
            try {
                Files.deleteIfExists(f); // and nothing that comes into it meanwhile
            } catch (DirectoryNotEmptyException e) {
                return;
            }
        }
    }

    private static long size(Path file) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
    }

    /** All that is no folder; a link is a file here, and is deleted itself. */
    private static List<Path> filesBelow(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
