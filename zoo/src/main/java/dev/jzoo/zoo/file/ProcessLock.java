package dev.jzoo.zoo.file;

import dev.jzoo.zoo.annotation.Internal;
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
 * Mutual exclusion by a lock file, between processes and between the threads of this process. The operating system releases the
 * lock of a process that dies. The lock file is never deleted, since deletion would let two processes hold the lock.
 */
@Internal
public final class ProcessLock {

    /** An action that runs under the lock. */
    public interface Action<T> {
        T run() throws IOException;
    }

    private static final ConcurrentMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private ProcessLock() {}

    /** Waits for the lock, runs an action, and releases the lock. The lock file's folder must exist; the lock is not reentrant. */
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
                    channel.lock(); // released when the channel is closed
                    return;
                } catch (OverlappingFileLockException e) {
                    // Held by a copy of this class that another class loader of this process loaded.
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
