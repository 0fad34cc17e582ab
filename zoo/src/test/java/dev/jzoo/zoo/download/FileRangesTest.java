package dev.jzoo.zoo.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.download.PartialDownload.DownloadOrigin;
import dev.jzoo.zoo.download.PartialDownload.DownloadSegment;
import dev.jzoo.zoo.file.Disk;
import dev.jzoo.zoo.file.Json;
import dev.jzoo.zoo.file.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ranges of one file, without a network. {@link RangedDownloadTest} has servers. */
@Timeout(20)
class FileRangesTest {

    private static final Duration STALL = Duration.ofSeconds(10);
    private static final long MB = 1 << 20;

    @TempDir
    Path folder;

    private final byte[] content = new byte[1000];
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<Long> progress = new ArrayList<>();
    private PartialDownload part;

    @BeforeEach
    void draw() {
        new Random(5).nextBytes(content);
        part = new PartialDownload(folder.resolve("f.part"), folder.resolve("f.json"), new Disk("Make room."));
    }

    @Test
    void eachRangeIsAskedForOnceAndLandsInItsPlace() throws Exception {
        Sha256 digest = download(this::slice, segment(0, 300), segment(300, 600), segment(600, 1000))
                .fetch(null);
        assertEquals(Sha256.of(content), digest);
        assertArrayEquals(content, Files.readAllBytes(part.bytes()));
        assertEquals(
                List.of("0-300", "300-600", "600-1000"), asked.stream().sorted().toList());
        assertEquals(1000, progress.get(progress.size() - 1));
        assertEquals(progress.stream().sorted().distinct().toList(), progress);
        assertEquals(List.of(300L, 600L, 1000L), noted());
    }

    @Test
    void aRangeThatHasBegunIsAskedForTheRest() throws Exception {
        Files.write(part.bytes(), content); // the bytes that are there are not written again
        DownloadSegment begun = new DownloadSegment(0, 500, 200);
        DownloadSegment whole = new DownloadSegment(500, 600, 600);
        assertEquals(
                Sha256.of(content),
                download(this::slice, begun, whole, segment(600, 1000)).fetch(null));
        assertEquals(List.of("200-500", "600-1000"), asked.stream().sorted().toList());
        assertTrue(progress.get(0) > 300, progress.toString());
    }

    @Test
    void theFirstStreamIsReadToTheEndOfItsRangeOnly() throws Exception {
        ClosableStream all = new ClosableStream(content);
        assertEquals(
                Sha256.of(content),
                download(this::slice, segment(0, 400), segment(400, 1000)).fetch(all));
        assertArrayEquals(content, Files.readAllBytes(part.bytes()));
        assertEquals(List.of("400-1000"), asked);
        assertTrue(all.closed);
    }

    /** The second connection fails at once; the first one, which waits for that, fetches the range too. */
    @Test
    void theRangeOfAFailedConnectionIsFetchedByAnotherOne() throws Exception {
        AtomicReference<Thread> failed = new AtomicReference<>();
        CountDownLatch failing = new CountDownLatch(1);
        RangedDownload.Opener opener = (from, to) -> {
            if (from == 500 && failed.compareAndSet(null, Thread.currentThread())) {
                failing.countDown();
                throw new IOException("429");
            }
            if (from == 0) {
                await(failing);
                join(failed.get());
            }
            return slice(from, to);
        };
        assertEquals(
                Sha256.of(content),
                download(opener, segment(0, 500), segment(500, 1000)).fetch(null));
        assertArrayEquals(content, Files.readAllBytes(part.bytes()));
    }

    @Test
    void whatEachRangeHasIsNotedBeforeTheFailureLeaves() throws Exception {
        IOException refused = new IOException("503");
        RangedDownload.Opener opener = (from, to) -> {
            if (from == 700) {
                throw refused;
            }
            return slice(from, to);
        };
        RangedDownload download = download(opener, segment(0, 700), segment(700, 1000));
        assertSame(refused, assertThrows(IOException.class, () -> download.fetch(null)));
        assertEquals(List.of(700L, 700L), noted());
    }

    @Test
    void aStreamThatEndsEarlyIsAFailure() throws Exception {
        RangedDownload download = download((from, to) -> slice(from, to - 1), segment(0, 1000));
        assertEquals(
                "ended after 999 of 1000 bytes",
                assertThrows(IOException.class, () -> download.fetch(null)).getMessage());
        assertEquals(List.of(999L), noted());
    }

    @Test
    void aFullDiskEndsTheOtherConnections() throws Exception {
        IllegalStateException full = new IllegalStateException("full");
        BlockingStream other = new BlockingStream();
        RangedDownload.Opener opener = (from, to) -> {
            if (from == 0) {
                return other;
            }
            await(other.reading);
            throw full;
        };
        RangedDownload download = download(opener, segment(0, 500), segment(500, 1000));
        assertSame(full, assertThrows(IllegalStateException.class, () -> download.fetch(null)));
        assertEquals(0, other.closed.getCount());
    }

    @Test
    void anInterruptEndsAllConnectionsAndIsKept() throws Exception {
        BlockingStream one = new BlockingStream();
        BlockingStream other = new BlockingStream();
        RangedDownload download = download((from, to) -> from == 0 ? one : other, segment(0, 500), segment(500, 1000));
        Thread caller = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            await(one.reading);
            await(other.reading);
            caller.interrupt();
        });
        interrupter.start();
        assertThrows(InterruptedIOException.class, () -> download.fetch(null));
        assertTrue(Thread.interrupted());
        assertEquals(0, one.closed.getCount() + other.closed.getCount());
        assertEquals(List.of(0L, 500L), noted());
    }

    /** A killed process loses at most 32 MB. */
    @Test
    void progressIsNotedEach32Megabytes() throws Exception {
        long total = 40 * MB;
        List<Long> notes = new ArrayList<>();
        InputStream zeros = new InputStream() {
            private long given;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] buffer, int from, int most) throws IOException {
                notes.add(Files.exists(part.state()) ? noted().get(0) : 0);
                int n = (int) Math.min(Math.min(most, MB), total - given);
                given += n;
                return n == 0 ? -1 : n;
            }
        };
        new RangedDownload(part, origin(total, segment(0, total)), (from, to) -> zeros, (done, all) -> {}, STALL)
                .fetch(null);
        assertEquals(List.of(0L, 32 * MB), notes.stream().distinct().toList());
        assertEquals(List.of(total), noted());
    }

    @Test
    void aFileIsSplitIntoAtMost256RangesOfAtLeast16Megabytes() {
        assertEquals(List.of(segment(0, 5)), RangedDownload.split(5));
        assertEquals(List.of(segment(0, 16 * MB), segment(16 * MB, 16 * MB + 1)), RangedDownload.split(16 * MB + 1));
        List<DownloadSegment> many = RangedDownload.split(256 * 17 * MB);
        assertEquals(256, many.size());
        assertEquals(segment(0, 17 * MB), many.get(0));
        assertEquals(segment(255 * 17 * MB, 256 * 17 * MB), many.get(255));
        assertEquals(256, RangedDownload.split(256 * 17 * MB - 1).size());
    }

    private RangedDownload download(RangedDownload.Opener opener, DownloadSegment... segments) {
        return new RangedDownload(
                part, origin(content.length, segments), opener, (done, total) -> progress.add(done), STALL);
    }

    private static DownloadOrigin origin(long total, DownloadSegment... segments) {
        return new DownloadOrigin("source", "\"tag\"", total, List.of(segments));
    }

    private static DownloadSegment segment(long from, long to) {
        return new DownloadSegment(from, to, from);
    }

    private InputStream slice(long from, long to) {
        asked.add(from + "-" + to);
        return new ByteArrayInputStream(Arrays.copyOfRange(content, (int) from, (int) to));
    }

    /** The next byte of each range, as the note says. */
    private List<Long> noted() throws IOException {
        return Json.read(part.state(), DownloadOrigin.class).segments().stream()
                .map(DownloadSegment::at)
                .toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class ClosableStream extends ByteArrayInputStream {
        private boolean closed;

        ClosableStream(byte[] bytes) {
            super(bytes);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** A server that is silent until the stream is closed. */
    private static final class BlockingStream extends InputStream {
        private final CountDownLatch reading = new CountDownLatch(1);
        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public int read() throws IOException {
            reading.countDown();
            FileRangesTest.await(closed);
            throw new IOException("closed");
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
