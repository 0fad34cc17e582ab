package dev.jzoo.zoo.download;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A guard that closes a stream if no bytes, or almost none, arrive for a while. Without it, a read from the JDK's HTTP client
 * waits forever for a silent server, and a server that sends a byte now and then would hold a download open forever.
 */
final class StallGuard implements Closeable {

    /** The speed of the slowest supported connection. */
    private static final long LEAST_BYTES_PER_SECOND = 512;

    private final InputStream in;
    private final Duration timeout;
    private final Thread thread;
    private volatile long lastByte = System.nanoTime();
    private volatile boolean closed;
    private volatile String stalled = "";
    private final AtomicLong came = new AtomicLong();

    StallGuard(InputStream in, Duration timeout) {
        this.in = in;
        this.timeout = timeout;
        thread = new Thread(this::watch, "jzoo-stall-guard");
        thread.setDaemon(true);
        thread.start();
    }

    void heard(int bytes) {
        lastByte = System.nanoTime();
        came.addAndGet(bytes);
    }

    /** Fails if this guard closed the stream. */
    void check() throws IOException {
        if (!stalled.isEmpty()) {
            throw new IOException(stalled);
        }
    }

    private void watch() {
        long windowBegan = System.nanoTime();
        double seconds = timeout.toNanos() / 1e9;
        while (!closed) {
            long now = System.nanoTime();
            if (now - lastByte >= timeout.toNanos()) {
                stalled = "no bytes arrived for " + seconds + " s";
                closeQuietly();
                return;
            }
            if (now - windowBegan >= timeout.toNanos()) {
                long bytes = came.getAndSet(0);
                if (bytes < LEAST_BYTES_PER_SECOND * seconds) {
                    stalled = "only " + bytes + " bytes arrived in " + seconds + " s";
                    closeQuietly();
                    return;
                }
                windowBegan = now;
            }
            long left = timeout.toNanos() - (now - Math.min(lastByte, windowBegan));
            try {
                Thread.sleep(left / 1_000_000 + 1);
            } catch (InterruptedException e) {
                return; // the guard was closed
            }
        }
    }

    private void closeQuietly() {
        try {
            in.close();
        } catch (IOException e) {
            // the reader's next read fails anyway
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
