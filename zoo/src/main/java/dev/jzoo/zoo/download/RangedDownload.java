package dev.jzoo.zoo.download;

import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The download of a large file over several connections. Each connection fetches one range after the other, starting at the front
 * of the file, so that the digest can be computed meanwhile. The progress of each range is saved regularly, so that an
 * interrupted download resumes where it stopped. A connection that fails returns its range; the download fails when all
 * connections have failed.
 */
public final class RangedDownload {

    /** The size from which a file is worth several connections. */
    public static final long LARGE = 64L << 20;

    private static final int CONNECTIONS = 4;

    /** The minimum size of a range, large enough that the cost of a request does not matter. */
    private static final long LEAST = 16L << 20;

    /** The maximum number of ranges, small enough that the saved progress of all of them is short. */
    private static final int MOST = 256;

    /** The number of bytes between two saves of the progress. */
    private static final long NOTED = 32L << 20;

    private static final int BUFFER = 1 << 17;

    /** An opener of ranges of a file. */
    interface Opener {
        /** Opens the file from one byte up to another. Fails if the server has another file now, or does not serve the range. */
        InputStream open(long from, long to) throws IOException;
    }

    /** A range that is being fetched. */
    private static final class ByteRange {
        private final long from;
        private final long to;
        private long at;

        ByteRange(PartialDownload.DownloadSegment segment) {
            this.from = segment.from();
            this.to = segment.to();
            this.at = segment.at();
        }

        PartialDownload.DownloadSegment segment() {
            return new PartialDownload.DownloadSegment(from, to, at);
        }
    }

    private final PartialDownload part;
    private final PartialDownload.DownloadOrigin origin;
    private final Opener opener;
    private final HttpDownloader.ByteProgress progress;
    private final Duration stall;

    private final List<ByteRange> ranges = new ArrayList<>();
    private final Deque<ByteRange> waiting = new ArrayDeque<>();
    private final List<InputStream> streams = new ArrayList<>();
    private @Nullable IOException failure;
    private @Nullable RuntimeException broken;
    private boolean stopped;
    private long done;
    private long noted;
    private @Nullable FollowingDigest follower;
    private int whole;

    RangedDownload(
            PartialDownload part,
            PartialDownload.DownloadOrigin origin,
            Opener opener,
            HttpDownloader.ByteProgress progress,
            Duration stall) {
        this.part = part;
        this.origin = origin;
        this.opener = opener;
        this.progress = progress;
        this.stall = stall;
        for (PartialDownload.DownloadSegment segment : origin.segments()) {
            ByteRange range = new ByteRange(segment);
            ranges.add(range);
            done += segment.at() - segment.from();
            if (segment.at() < segment.to()) {
                waiting.add(range);
            }
        }
        noted = done;
    }

    /** Splits a file of this size into ranges. */
    static List<PartialDownload.DownloadSegment> split(long total) {
        List<PartialDownload.DownloadSegment> segments = new ArrayList<>();
        long size = Math.max(LEAST, (total + MOST - 1) / MOST);
        for (long from = 0; from < total; from += size) {
            segments.add(new PartialDownload.DownloadSegment(from, Math.min(total, from + size), from));
        }
        return segments;
    }

    /**
     * Fetches the missing bytes.
     *
     * @param first an open stream that starts where the first range continues and may reach past the range's end, or null; it is
     *     closed
     * @return the digest of the whole file
     */
    Sha256 fetch(@Nullable InputStream first) throws IOException {
        List<Thread> threads = new ArrayList<>();
        try (FileChannel file = part.open();
                FollowingDigest digest = new FollowingDigest(part.bytes())) {
            follower = digest;
            tellFollower();
            ByteRange begun = first == null ? null : waiting.poll();
            for (int i = 0; i < Math.min(CONNECTIONS, ranges.size()); i++) {
                Runnable work =
                        i == 0 && begun != null ? () -> work(file, begun, first) : () -> work(file, next(), null);
                Thread thread = new Thread(work, "jzoo-range-" + i);
                thread.setDaemon(true);
                thread.start();
                threads.add(thread);
            }
            boolean interrupted = false;
            try {
                for (Thread thread : threads) {
                    thread.join();
                }
            } catch (InterruptedException e) {
                interrupted = true;
                stop();
                threads.forEach(Thread::interrupt); // one may still wait for an answer and have no stream to close
                threads.forEach(RangedDownload::joinAnyway);
            }
            note(); // an interrupted thread could not write it
            if (interrupted) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("Interrupted while downloading");
            }
            if (broken != null) {
                throw broken;
            }
            if (done < origin.total()) {
                throw failure == null
                        ? new IOException("ended after " + done + " of " + origin.total() + " bytes")
                        : failure;
            }
            return digest.finish();
        }
    }

    /** Waits for a thread that is ending, and ignores further interrupts: the caller keeps the first. */
    private static void joinAnyway(Thread thread) {
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                // it ends soon
            }
        }
    }

    /** Fetches a range, and then others until none is left. The stream of the first range may already be open. */
    private void work(FileChannel file, @Nullable ByteRange first, @Nullable InputStream opened) {
        InputStream body = opened;
        for (ByteRange range = first; range != null; range = next()) {
            try {
                fetch(range, file, body == null ? opener.open(range.at, range.to) : body);
                body = null;
            } catch (IOException e) {
                giveBack(range, e);
                return;
            } catch (RuntimeException e) {
                synchronized (this) {
                    broken = e; // the disk is full
                }
                stop();
                return;
            }
        }
    }

    private synchronized @Nullable ByteRange next() {
        return stopped ? null : waiting.poll();
    }

    private synchronized void giveBack(ByteRange range, IOException why) {
        waiting.addFirst(range);
        failure = why;
    }

    private synchronized boolean opened(InputStream body) {
        streams.add(body);
        return !stopped;
    }

    private void stop() {
        List<InputStream> open;
        synchronized (this) {
            stopped = true;
            open = List.copyOf(streams);
        }
        for (InputStream body : open) {
            try {
                body.close(); // wakes the thread that reads it
            } catch (IOException e) {
                // nothing reads it any longer
            }
        }
    }

    private void fetch(ByteRange range, FileChannel file, InputStream body) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (body;
                StallGuard guard = new StallGuard(body, stall)) {
            if (!opened(body)) {
                return;
            }
            // Read to the very end of the stream, so that its connection can be reused.
            for (int n = HttpDownloader.read(body, buffer, guard);
                    n >= 0;
                    n = HttpDownloader.read(body, buffer, guard)) {
                guard.heard(n);
                ByteBuffer fitting = ByteBuffer.wrap(buffer, 0, (int) Math.min(n, range.to - range.at));
                long at = range.at;
                part.disk().call(part.bytes(), () -> {
                    for (long place = at; fitting.hasRemaining(); ) {
                        place += file.write(fitting, place);
                    }
                    return file;
                });
                came(range, fitting.limit());
                if (fitting.limit() < n) {
                    return; // the first stream may reach past its range
                }
            }
            if (range.at < range.to) {
                throw new IOException("ended after " + range.at + " of " + origin.total() + " bytes");
            }
        }
    }

    private synchronized void came(ByteRange range, int bytes) throws IOException {
        range.at += bytes;
        done += bytes;
        tellFollower();
        progress.at(done, origin.total());
        if (done - noted >= NOTED) {
            note();
        }
    }

    /** Reports to the digest how far the file has no gap. */
    private synchronized void tellFollower() {
        while (whole < ranges.size() && ranges.get(whole).at == ranges.get(whole).to) {
            whole++;
        }
        Objects.requireNonNull(follower).written(whole < ranges.size() ? ranges.get(whole).at : origin.total());
    }

    /** Saves the progress, after the bytes that it counts are in the file. */
    private synchronized void note() throws IOException {
        noted = done;
        part.note(new PartialDownload.DownloadOrigin(
                origin.source(),
                origin.validator(),
                origin.total(),
                ranges.stream().map(ByteRange::segment).toList()));
    }
}
