package dev.jzoo.zoo.download;

import dev.jzoo.zoo.error.IoErrors;
import dev.jzoo.zoo.file.Sha256;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The SHA-256 of a file that is still being written. A separate thread reads the bytes soon after they are written, while they
 * are still in memory, so that a download of half a gigabyte need not be read again at the end.
 */
final class FollowingDigest implements Closeable {

    /** The minimum number of new bytes that wakes the thread. */
    private static final int WORTHWHILE = 1 << 20;

    private final Path file;
    private final FutureTask<Sha256> result = new FutureTask<>(this::follow);
    private long written;
    private boolean complete;

    /** Starts a thread that reads the file as bytes are reported by {@link #written}. */
    FollowingDigest(Path file) {
        this.file = file;
        Thread thread = new Thread(result, "jzoo-digest");
        thread.setDaemon(true);
        thread.start();
    }

    /** Reports that the file's first bytes, this many, are final. */
    synchronized void written(long bytes) {
        written = bytes;
        notifyAll();
    }

    /** Waits for the digest of all reported bytes and returns it. */
    Sha256 finish() throws IOException {
        synchronized (this) {
            complete = true;
            notifyAll();
        }
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while computing the digest of " + file);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw new IOException("'" + file + "' could not be read again: " + IoErrors.of(cause), cause);
            }
            throw new IllegalStateException("The digest of " + file + " could not be computed.", e.getCause());
        }
    }

    private Sha256 follow() throws IOException, InterruptedException {
        MessageDigest digest = Sha256.newDigest();
        ByteBuffer buffer = ByteBuffer.allocate(1 << 17);
        long done = 0;
        long end = awaitMoreThan(done);
        try (FileChannel in = FileChannel.open(file)) {
            for (; done < end; end = awaitMoreThan(done)) {
                while (done < end) {
                    buffer.clear().limit((int) Math.min(buffer.capacity(), end - done));
                    int n = in.read(buffer, done);
                    if (n < 0) {
                        throw new IOException(file + " has become shorter");
                    }
                    digest.update(buffer.flip());
                    done += n;
                }
            }
        }
        return Sha256.finish(digest.digest());
    }

    /** Waits until enough new bytes are final or the file is complete, and returns the number of final bytes. */
    private synchronized long awaitMoreThan(long done) throws InterruptedException {
        while (!complete && written - done < WORTHWHILE) {
            wait();
        }
        return written;
    }

    /** Ends the thread, whether or not it has a result. */
    @Override
    public void close() {
        result.cancel(true);
    }
}
