package dev.jzoo.zoo.download;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Closes a stream from which nothing came for a while, or next to nothing, since reading from the JDK's HTTP client waits without end for
 * a server that has gone silent, and a server that sends a byte now and then would hold a download for ever.
 */
final class StallGuard implements Closeable {

    /** What the slowest line sends in a second. */
    private static final long LEAST_BYTES_PER_SECOND = 512;

    private final InputStream in;
    private final Duration patience;
    private final Thread thread;
    private volatile long lastByte = System.nanoTime();
    private volatile boolean closed;
    private volatile String stalled = "";
    private final AtomicLong came = new AtomicLong();

    StallGuard(InputStream in, Duration patience) {
        this.in = in;
        this.patience = patience;
        thread = new Thread(this::watch, "jzoo-stall-guard");
        thread.setDaemon(true);
        thread.start();
    }

    void heard(int bytes) {
        lastByte = System.nanoTime();
        came.addAndGet(bytes);
    }

    /** Fails if the stream ended because of this guard. */
    void check() throws IOException {
        if (!stalled.isEmpty()) {
            throw new IOException(stalled);
        }
    }

    private void watch() {
        long windowBegan = System.nanoTime();
        double seconds = patience.toNanos() / 1e9;
        while (!closed) {
            long now = System.nanoTime();
            if (now - lastByte >= patience.toNanos()) {
                stalled = "nothing came for " + seconds + " s";
                closeQuietly();
                return;
            }
            if (now - windowBegan >= patience.toNanos()) {
                long bytes = came.getAndSet(0);
                if (bytes < LEAST_BYTES_PER_SECOND * seconds) {
                    stalled = "no more than " + bytes + " bytes came in " + seconds + " s";
                    closeQuietly();
                    return;
                }
                windowBegan = now;
            }
            long left = patience.toNanos() - (now - Math.min(lastByte, windowBegan));
            try {
                Thread.sleep(left / 1_000_000 + 1);
            } catch (InterruptedException e) {
                return; // closed
            }
        }
    }

    private void closeQuietly() {
        try {
            in.close();
        } catch (IOException e) {
            // the reader sees the end all the same
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
