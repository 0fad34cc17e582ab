package dev.jzoo.zoo.cache;

import dev.jzoo.zoo.file.AtomicFile;
import dev.jzoo.zoo.file.Disk;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/** The deletion of files in the cache. Spares the files in use, see {@link CacheDirectory#cleaned}. */
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

    /** Returns the number of files and folders that were kept because a running job uses them. */
    public int spared() {
        return spared;
    }

    /** Returns whether a running job uses a file. */
    public boolean isUsed(String path) {
        return used.stream().anyMatch(use -> use.endsWith("/") ? path.startsWith(use) : path.equals(use));
    }

    private boolean spares(String path) {
        boolean spare = isUsed(path);
        spared += spare ? 1 : 0;
        return spare;
    }

    /** Deletes a stored file and its digest. Returns the number of bytes freed. */
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
        deleteEmptyFolders(Disk.folderOf(cached.file()));
        deleteEmptyFolders(Disk.folderOf(home.digest(cached.path())));
        return freed;
    }

    /** Deletes all unpacked files. Returns the number of bytes freed. */
    public long forgetUnpacked() throws IOException {
        return forgetFiles(home.root().resolve(CacheDirectory.UNPACKED));
    }

    /** Deletes all computed files. Returns the number of bytes freed. */
    public long forgetComputed() throws IOException {
        return forgetFiles(home.root().resolve("computed"));
    }

    /** Deletes all files in quarantine. Returns the number of bytes freed. */
    public long forgetQuarantined() throws IOException {
        return forgetFiles(home.quarantine());
    }

    private long forgetFiles(Path folder) throws IOException {
        long bytes = 0;
        for (Path file : new CacheTree(folder).files()) {
            if (!spares(home.root().relativize(file).toString().replace('\\', '/'))) {
                bytes += size(file);
                disk.delete(file);
                deleteEmptyFolders(Disk.folderOf(file));
            }
        }
        return bytes;
    }

    /** Deletes all interrupted downloads. Returns the number of bytes freed. */
    public long forgetParts() throws IOException {
        Set<String> running = Set.copyOf(used.stream().map(CacheDirectory::key).toList());
        long bytes = 0;
        for (Path part : new CacheTree(home.root().resolve("partial")).files()) {
            String name = part.getFileName().toString();
            boolean waits = name.endsWith(".arrived") && !used.isEmpty(); // until the other files of its model arrive
            if (waits || running.contains(name.replaceFirst("\\..*", ""))) {
                spared++;
            } else if (name.matches("[0-9a-f]{64}\\.(part|json|content|arrived)")) {
                bytes += size(part);
                disk.delete(part);
            }
        }
        return bytes;
    }

    /** Deletes temporary files that killed processes left next to the files that they were writing. */
    public void sweep() throws IOException {
        for (Path folder : new CacheTree(home.root()).folders()) {
            AtomicFile.sweep(folder);
        }
    }

    /** Deletes empty folders, except the ones that a running job will write into. */
    private void deleteEmptyFolders(Path folder) throws IOException {
        Path root = home.root();
        for (Path f = folder; !f.equals(root) && f.startsWith(root) && Files.isDirectory(f); f = Disk.folderOf(f)) {
            String path = root.relativize(f).toString().replace('\\', '/') + "/";
            String content = path.startsWith("digests/") ? path.substring("digests/".length()) : path;
            if (root.equals(f.getParent()) || used.stream().anyMatch(use -> use.startsWith(content))) {
                return;
            }
            try {
                Files.deleteIfExists(f); // fails if another process has just written a file into it
            } catch (DirectoryNotEmptyException e) {
                return;
            }
        }
    }

    private static long size(Path file) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? attributes.size() : 0;
        } catch (NoSuchFileException e) {
            return 0; // another process deleted it first
        }
    }
}
