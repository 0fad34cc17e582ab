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
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The paths in a cache that processes use, so that no cleanup deletes a file of a running job. Each process lists its paths in a
 * file ({@code locks/in-use-ID.lock}) and keeps that file locked until it ends. The list of a killed process is unlocked, hence
 * void.
 *
 * <p>A process lists a path before it looks the path up, while it holds the gate lock. A cleanup holds the gate lock while it
 * runs. Within its own process, a cleanup spares only the files being fetched at that moment; the program itself must know which
 * fetched files it still uses.
 */
final class CacheUses {

    private static final String PREFIX = "in-use-";
    private static final String ENDING = ".lock";

    /** The locked byte, far beyond the text, because on some systems other processes cannot read a locked region. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    /** The limit on open homes. A program has one or two, but tests have thousands, and each takes a file descriptor. */
    private static final int MOST_HOMES = 16;

    private static final Map<Path, CacheUses> HOMES = new LinkedHashMap<>();

    private final Path folder;
    private final Disk disk;
    private final Set<String> written = new HashSet<>();
    private final List<String> running = new ArrayList<>();
    private @Nullable OwnUses own;

    /** Held for writing while a cleanup of this process runs, so that no thread starts to use a path that the cleanup does not know. */
    private final ReadWriteLock cleanup = new ReentrantReadWriteLock();

    /** The list of this process, locked while it runs. */
    private record OwnUses(Path file, FileChannel channel) {}

    private CacheUses(Path folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /** Returns the uses of this process. */
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

    /** Runs an action on a file or folder while no cleanup deletes it. Other processes spare it until this process ends. */
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

    /** Makes other processes spare a file, or a folder whose path ends in '/', until this process ends. */
    void keep(String path) throws IOException {
        tell(path);
        synchronized (this) {
            running.remove(path);
        }
    }

    private void tell(String path) throws IOException {
        cleanup.readLock().lock();
        try {
            synchronized (this) {
                running.add(path);
                if (written.contains(path)) {
                    return;
                }
            }
        } finally {
            cleanup.readLock().unlock();
        }
        try {
            gate(() -> {
                append(path);
                return path;
            });
        } catch (JZooException e) {
            // The cache is not writable, so cleanups of this user cannot delete anything in it either.
        }
    }

    private synchronized void append(String path) throws IOException {
        OwnUses list = own == null ? begin() : own;
        own = list;
        list.channel().write(ByteBuffer.wrap((path + "\n").getBytes(StandardCharsets.UTF_8)));
        written.add(path);
    }

    private OwnUses begin() throws IOException {
        Path file = folder.resolve(PREFIX + UUID.randomUUID() + ENDING);
        FileChannel channel =
                disk.call(file, () -> FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        channel.lock(LOCKED_BYTE, 1, false);
        file.toFile().deleteOnExit();
        return new OwnUses(file, channel);
    }

    /** Runs a cleanup while no process starts to use a path. */
    <T> T cleaning(Cleaning<T> cleaning) throws IOException {
        return gate(() -> {
            cleanup.writeLock().lock();
            try {
                Set<String> used = ofOthers();
                synchronized (this) {
                    used.addAll(running);
                }
                return cleaning.run(used);
            } finally {
                cleanup.writeLock().unlock();
            }
        });
    }

    /** A cleanup that runs under the gate lock. It receives the paths in use. */
    interface Cleaning<T> {
        T run(Set<String> used) throws IOException;
    }

    private <T> T gate(ProcessLock.Action<T> action) throws IOException {
        disk.createFolders(folder);
        return ProcessLock.holding(folder.resolve("in-use.lock"), disk, action);
    }

    private Set<String> ofOthers() throws IOException {
        Set<String> used = new HashSet<>();
        OwnUses mine = own;
        try (DirectoryStream<Path> lists = Files.newDirectoryStream(folder, PREFIX + "*" + ENDING)) {
            for (Path list : lists) {
                // Do not open this process's own list: closing any channel of a file releases all locks of the process
                // on it.
                try {
                    if ((mine == null || !list.equals(mine.file())) && Disk.isSingle(list) && isHeld(list)) {
                        used.addAll(Files.readAllLines(list));
                    }
                } catch (NoSuchFileException e) {
                    // its process has just ended
                }
            }
        }
        return used;
    }

    /** Returns whether the list's process is alive. Deletes the list of a dead process. */
    private boolean isHeld(Path list) throws IOException {
        try (FileChannel other = FileChannel.open(list, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock lock = other.tryLock(LOCKED_BYTE, 1, false)) {
            if (lock == null) {
                return true;
            }
        } catch (OverlappingFileLockException e) {
            return true; // held by another class loader of this process
        }
        disk.delete(list);
        return false;
    }

    private synchronized void end() {
        try {
            if (own != null) {
                own.channel().close();
                disk.delete(own.file());
            }
        } catch (IOException | JZooException e) {
            // without its lock, the list is void anyway
        }
        own = null;
        written.clear();
    }
}
