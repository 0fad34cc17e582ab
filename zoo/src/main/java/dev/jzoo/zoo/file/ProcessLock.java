package dev.jzoo.zoo.file;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Mutual exclusion by a lock file: between processes, for which the operating system ends the lock of one that dies, and
 * between the threads of this one, for which it does nothing. The lock file stays, since deleting it would let two in.
 */
public final class ProcessLock {

    /** What to do under the lock. */
    public interface Action<T> {
        T run() throws IOException;
    }

    private static final ConcurrentMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private ProcessLock() {}

    /** Waits for the lock, acts, and lets go. The folder of the lock file exists; the lock is not taken twice. */
    public static <T> T holding(Path file, Disk disk, Action<T> action) throws IOException {
        ReentrantLock threads = THREADS.computeIfAbsent(file.toAbsolutePath().normalize(), f -> new ReentrantLock());
        try {
            threads.lockInterruptibly();
        } catch (InterruptedException e) {
            throw interrupted();
        }
        try (FileChannel channel = disk.call(
                file,
                () -> FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
            lock(channel);
            return action.run();
        } finally {
            threads.unlock();
        }
    }

    private static void lock(FileChannel channel) throws IOException {
        try {
            while (true) {
                try {
                    channel.lock(); // ends with the channel
                    return;
                } catch (OverlappingFileLockException e) {
                    // Held by a second copy of this class in the same process, loaded by another class loader.
                    Thread.sleep(20);
                }
            }
        } catch (InterruptedException | FileLockInterruptionException e) {
            throw interrupted();
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("Interrupted while waiting for another process that uses the same folder");
    }
}
