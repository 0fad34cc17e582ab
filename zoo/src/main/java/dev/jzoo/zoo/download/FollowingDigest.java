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
 * The SHA-256 of a file that is still being written: a thread of its own reads behind the writer, while the bytes are in
 * memory anyway, so that a download of half a gigabyte is not read once more when it is there.
 */
final class FollowingDigest implements Closeable {

    /** It is not woken for less. */
    private static final int WORTHWHILE = 1 << 20;

    private final Path file;
    private final FutureTask<Sha256> result = new FutureTask<>(this::follow);
    private long written;
    private boolean complete;

    /** Reads the file once something was {@link #written}. */
    FollowingDigest(Path file) {
        this.file = file;
        Thread thread = new Thread(result, "jzoo-digest");
        thread.setDaemon(true);
        thread.start();
    }

    /** The file has this many bytes from its beginning on that will not change. */
    synchronized void written(long bytes) {
        written = bytes;
        notifyAll();
    }

    /** The digest of all bytes that were said to be written; waits for it. */
    Sha256 finish() throws IOException {
        synchronized (this) {
            complete = true;
            notifyAll();
        }
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while taking the digest of " + file);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw new IOException("'" + file + "' could not be read again: " + IoErrors.of(cause), cause);
            }
            throw new IllegalStateException("The digest of " + file + " was not taken.", e.getCause());
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

    /** How far the file is written, once that is worth reading or all there will be. */
    private synchronized long awaitMoreThan(long done) throws InterruptedException {
        while (!complete && written - done < WORTHWHILE) {
            wait();
        }
        return written;
    }

    /** Ends the thread, whether it has a result or not. */
    @Override
    public void close() {
        result.cancel(true);
    }
}
