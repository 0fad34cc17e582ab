package dev.jzoo.zoo.cache;

import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.Disk;
import dev.jzoo.zoo.file.ProcessLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What processes use of a home, so that no cleanup deletes a file of a job that runs. Each process has a file of paths
 * ({@code locks/in-use-ID.lock}), which it keeps locked until it ends; so the list of one that was killed is known to be void.
 *
 * <p>A path is written down under the gate before anything is looked up; a cleanup holds the gate while it works. Of its own process a
 * cleanup spares only what is being fetched at that moment: what was fetched, the program itself has to know.
 */
final class CacheUses {

    private static final String PREFIX = "in-use-";
    private static final String ENDING = ".lock";

    /** A region beyond all text, since some systems let nobody read what is locked. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    /** A program has one home or two; tests have thousands, and each takes a file descriptor. */
    private static final int MOST_HOMES = 16;

    private static final Map<Path, CacheUses> HOMES = new LinkedHashMap<>();

    private final Path folder;
    private final Disk disk;
    private final Set<String> written = new HashSet<>();
    private final List<String> running = new ArrayList<>();
    private Path file;
    private FileChannel channel;

    private CacheUses(Path folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /** The uses of this process. */
    static CacheUses of(Path root, Disk disk) {
        synchronized (HOMES) {
            CacheUses uses = HOMES.computeIfAbsent(root, home -> new CacheUses(root.resolve("locks"), disk));
            for (Iterator<CacheUses> all = HOMES.values().iterator(); HOMES.size() > MOST_HOMES; ) {
                all.next().end();
                all.remove();
            }
            return uses;
        }
    }

    /** Acts on a file or folder while no cleanup deletes it; those of other processes spare it until this one ends. */
    <T> T during(String path, ProcessLock.Action<T> action) throws IOException {
        tell(path);
        try {
            return action.run();
        } finally {
            synchronized (this) {
                running.remove(path);
            }
        }
    }

    /** Makes other processes spare a file, or a folder whose path ends in '/', until this one ends. */
    void keep(String path) throws IOException {
        tell(path);
        synchronized (this) {
            running.remove(path);
        }
    }

    private void tell(String path) throws IOException {
        synchronized (this) {
            running.add(path);
            if (written.contains(path)) {
                return;
            }
        }
        try {
            gate(() -> {
                append(path);
                return path;
            });
        } catch (JZooException e) {
            // The home cannot be written, so this user's cleanups cannot delete anything either.
        }
    }

    private synchronized void append(String path) throws IOException {
        if (channel == null) {
            file = folder.resolve(PREFIX + UUID.randomUUID() + ENDING);
            channel = disk.call(
                    file, () -> FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
            channel.lock(LOCKED_BYTE, 1, false);
            file.toFile().deleteOnExit();
        }
        channel.write(ByteBuffer.wrap((path + "\n").getBytes(StandardCharsets.UTF_8)));
        written.add(path);
    }

    /** Cleans up, while nobody begins to use anything. */
    <T> T cleaning(Cleaning<T> cleaning) throws IOException {
        return gate(() -> {
            Set<String> used = ofOthers();
            synchronized (this) {
                used.addAll(running);
            }
            return cleaning.run(used);
        });
    }

    /** What to do under the gate, given the paths that are in use. */
    interface Cleaning<T> {
        T run(Set<String> used) throws IOException;
    }

    private <T> T gate(ProcessLock.Action<T> action) throws IOException {
        disk.createFolders(folder);
        return ProcessLock.holding(folder.resolve("in-use.lock"), disk, action);
    }

    private Set<String> ofOthers() throws IOException {
        Set<String> used = new HashSet<>();
        try (DirectoryStream<Path> lists = Files.newDirectoryStream(folder, PREFIX + "*" + ENDING)) {
            for (Path list : lists) {
                // Opening its own list would end the lock on it: a process's locks end with the first close of the
                // file.
                try {
                    if (!list.equals(file) && Disk.isSingle(list) && isHeld(list)) {
                        used.addAll(Files.readAllLines(list));
                    }
                } catch (NoSuchFileException e) {
                    // its process has ended meanwhile
                }
            }
        }
        return used;
    }

    /** Whether the process is alive; the list of a dead one is deleted. */
    private boolean isHeld(Path list) throws IOException {
        try (FileChannel other = FileChannel.open(list, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock lock = other.tryLock(LOCKED_BYTE, 1, false)) {
            if (lock == null) {
                return true;
            }
        } catch (OverlappingFileLockException e) {
            return true; // another class loader of this process
        }
        disk.delete(list);
        return false;
    }

    private synchronized void end() {
        try {
            if (channel != null) {
                channel.close();
                disk.delete(file);
            }
        } catch (IOException | JZooException e) {
            // the list is void without its lock
        }
        channel = null;
        written.clear();
    }
}
