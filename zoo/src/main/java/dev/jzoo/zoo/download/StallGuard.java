package dev.jzoo.zoo.download;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Closes a stream from which nothing came for a while, since reading from the JDK's HTTP client waits without end for a
 * server that has gone silent.
 */
final class StallGuard implements Closeable {

    private final InputStream in;
    private final Duration patience;
    private final Thread thread;
    private volatile long lastByte = System.nanoTime();
    private volatile boolean closed;
    private volatile boolean stalled;

    StallGuard(InputStream in, Duration patience) {
        this.in = in;
        this.patience = patience;
        thread = new Thread(this::watch, "jzoo-stall-guard");
        thread.setDaemon(true);
        thread.start();
    }

    void heard() {
        lastByte = System.nanoTime();
    }

    /** Fails if the stream ended because of this guard. */
    void check() throws IOException {
        if (stalled) {
            throw new IOException("nothing came for " + patience.toMillis() / 1000.0 + " s");
        }
    }

    private void watch() {
        while (!closed) {
            long left = patience.toNanos() - (System.nanoTime() - lastByte);
            if (left <= 0) {
                stalled = true;
                closeQuietly();
                return;
            }
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
