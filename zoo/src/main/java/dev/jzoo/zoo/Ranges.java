package dev.jzoo.zoo;

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

/**
 * A large file over several connections at once, each of which fetches one range of it after the other. How far each range is is
 * written down now and then, so that a download that is broken off goes on where it was. A connection that fails gives its range
 * back; the download fails where all have failed.
 */
final class Ranges {

    /** From this size on it is worth more than one connection. */
    static final long LARGE = 64L << 20;

    private static final int CONNECTIONS = 4;

    /** So many bytes come between two notes. */
    private static final long NOTED = 32L << 20;

    private static final int BUFFER = 1 << 17;

    /** Asks for a file from one of its bytes on. */
    interface Opener {
        /** The stream from that byte on; fails where the server has another file now, or will not give a range of it. */
        InputStream open(long from) throws IOException;
    }

    /** A range that is being fetched. */
    private static final class Range {
        private final long from;
        private final long to;
        private long at;

        Range(Part.Segment segment) {
            this.from = segment.from();
            this.to = segment.to();
            this.at = segment.at();
        }

        Part.Segment segment() {
            return new Part.Segment(from, to, at);
        }
    }

    private final Part part;
    private final Part.Origin origin;
    private final Opener opener;
    private final Web.Progress progress;
    private final Duration stall;

    private final List<Range> ranges = new ArrayList<>();
    private final Deque<Range> waiting = new ArrayDeque<>();
    private final List<InputStream> streams = new ArrayList<>();
    private IOException failure;
    private RuntimeException broken;
    private boolean stopped;
    private long done;
    private long noted;

    Ranges(Part part, Part.Origin origin, Opener opener, Web.Progress progress, Duration stall) {
        this.part = part;
        this.origin = origin;
        this.opener = opener;
        this.progress = progress;
        this.stall = stall;
        for (Part.Segment segment : origin.segments()) {
            Range range = new Range(segment);
            ranges.add(range);
            done += segment.at() - segment.from();
            if (segment.at() < segment.to()) {
                waiting.add(range);
            }
        }
        noted = done;
    }

    /** The ranges of a file of this size, none of which has begun. */
    static List<Part.Segment> split(long total) {
        List<Part.Segment> segments = new ArrayList<>();
        long size = (total + CONNECTIONS - 1) / CONNECTIONS;
        for (long from = 0; from < total; from += size) {
            segments.add(new Part.Segment(from, Math.min(total, from + size), from));
        }
        return segments;
    }

    /**
     * Fetches what is left.
     *
     * @param first a stream that begins where the first range goes on, or null; it is closed
     */
    void fetch(InputStream first) throws IOException {
        List<Thread> threads = new ArrayList<>();
        try (FileChannel file = part.open()) {
            Range begun = first == null ? null : waiting.poll();
            for (int i = 0; i < Math.min(CONNECTIONS, ranges.size()); i++) {
                Runnable work =
                        i == 0 && begun != null ? () -> work(file, begun, first) : () -> work(file, next(), null);
                Thread thread = new Thread(work, "jzoo-range-" + i);
                thread.setDaemon(true);
                thread.start();
                threads.add(thread);
            }
            try {
                for (Thread thread : threads) {
                    thread.join();
                }
            } catch (InterruptedException e) {
                stop();
                threads.forEach(Ranges::joinAnyway);
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("Interrupted while downloading " + origin.uri());
            } finally {
                note();
            }
            part.disk().call(part.bytes(), () -> {
                file.force(true);
                return file;
            });
        }
        if (broken != null) {
            throw broken;
        }
        if (ranges.stream().anyMatch(range -> range.at < range.to)) {
            throw failure == null
                    ? new IOException("ended after " + done + " of " + origin.total() + " bytes")
                    : failure;
        }
    }

    private static void joinAnyway(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Fetches a range, and others until none is waiting; the stream of the first may be open already. */
    private void work(FileChannel file, Range first, InputStream opened) {
        InputStream body = opened;
        for (Range range = first; range != null; range = next()) {
            try {
                fetch(range, file, body == null ? opener.open(range.at) : body);
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

    private synchronized Range next() {
        return stopped ? null : waiting.poll();
    }

    private synchronized void giveBack(Range range, IOException why) {
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
                body.close(); // wakes whoever reads it
            } catch (IOException e) {
                // it is no longer read
            }
        }
    }

    private void fetch(Range range, FileChannel file, InputStream body) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (body;
                StallGuard guard = new StallGuard(body, stall)) {
            if (!opened(body)) {
                return;
            }
            while (range.at < range.to) {
                int n = Web.read(body, buffer, guard);
                if (n < 0) {
                    throw new IOException("ended after " + range.at + " of " + origin.total() + " bytes");
                }
                guard.heard();
                ByteBuffer fitting = ByteBuffer.wrap(buffer, 0, (int) Math.min(n, range.to - range.at));
                long at = range.at;
                part.disk().call(part.bytes(), () -> {
                    for (long place = at; fitting.hasRemaining(); ) {
                        place += file.write(fitting, place);
                    }
                    return file;
                });
                came(range, fitting.limit());
            }
        }
    }

    private synchronized void came(Range range, int bytes) throws IOException {
        range.at += bytes;
        done += bytes;
        progress.at(done, origin.total());
        if (done - noted >= NOTED) {
            note();
        }
    }

    /** The bytes are in the file before the note says so; after a power cut the digest finds what is missing. */
    private synchronized void note() throws IOException {
        noted = done;
        part.note(new Part.Origin(
                origin.uri(),
                origin.validator(),
                origin.total(),
                ranges.stream().map(Range::segment).toList()));
    }
}
