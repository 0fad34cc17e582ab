package dev.jzoo.zoo;

import static dev.jzoo.zoo.Fixtures.bytes;
import static dev.jzoo.zoo.Fixtures.filesBelow;
import static dev.jzoo.zoo.Fixtures.gzip;
import static dev.jzoo.zoo.Fixtures.resource;
import static dev.jzoo.zoo.Fixtures.store;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpHandler;
import dev.jzoo.zoo.cache.CacheDirectory;
import dev.jzoo.zoo.download.Encoding;
import dev.jzoo.zoo.download.PartialDownload;
import dev.jzoo.zoo.download.Resource;
import dev.jzoo.zoo.download.RetryPolicy;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.Json;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache with mirrors on the web. */
class DownloadTest {

    @TempDir
    Path home;

    private FileServer server;
    private final byte[] content = bytes(300_000, 7);
    private final Resource plain = resource("set/a.bin", content, Encoding.IDENTITY);
    private final Resource zipped = resource("set/b.bin.gz", content, Encoding.GZIP);

    @BeforeEach
    void start() throws IOException {
        server = new FileServer();
        server.files.put("/set/a.bin", content);
        server.files.put("/set/b.bin.gz", gzip(content));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void fileIsDownloadedWithProgressAndLeavesNoPart() throws Exception {
        List<Long> done = new ArrayList<>();
        Path file = store(home, server.uri()).fetch(plain, (task, bytes, total) -> {
            assertEquals("set/a.bin", task);
            assertEquals(300_000, total);
            done.add(bytes);
        });
        assertArrayEquals(content, Files.readAllBytes(file));
        assertEquals(300_000, done.get(done.size() - 1));
        assertEquals(done.stream().sorted().toList(), done);
        assertEquals(List.of("data/set/a.bin", "digests/data/set/a.bin.sha256"), filesBelow(home));
    }

    @Test
    void compressedFileIsDownloadedAndDecompressed() throws Exception {
        assertArrayEquals(content, fetched(zipped));
        assertEquals(List.of("data/set/b.bin", "digests/data/set/b.bin.sha256"), filesBelow(home));
    }

    @Test
    void brokenConnectionIsResumedWhereItBroke() throws Exception {
        server.next.add(server.breakingAfter(100_000));
        assertArrayEquals(content, fetched(plain));
        assertEquals(2, server.requests.size());
        assertNull(server.requests.get(0).getFirst("Range"));
        String range = server.requests.get(1).getFirst("Range");
        assertTrue(range.matches("bytes=[1-9]\\d*-"), range);
        assertTrue(server.requests.get(1).getFirst("If-Range").startsWith("\""));
    }

    @Test
    void nextProcessResumesWhatThisOneCouldNotFinish() throws Exception {
        breakOff();
        assertTrue(filesBelow(home).stream().allMatch(f -> f.startsWith("partial")), "nothing is visible");
        assertArrayEquals(content, fetched(plain));
        assertTrue(server.requests.get(3).getFirst("Range") != null);
    }

    @Test
    void damagedPartIsDownloadedFromItsFirstByte() throws Exception {
        breakOff();
        Path bytes = new CacheDirectory(home).part("data/set/a.bin").bytes();
        byte[] damaged = Files.readAllBytes(bytes);
        damaged[1000] ^= 1; // as after a power cut
        Files.write(bytes, damaged);
        server.requests.clear();
        assertArrayEquals(content, fetched(plain));
        assertEquals(2, server.requests.size());
        assertTrue(server.requests.get(0).getFirst("Range") != null);
        assertNull(server.requests.get(1).getFirst("Range"));
    }

    @Test
    void fileThatChangedMeanwhileIsDownloadedAnew() throws Exception {
        server.files.put("/set/a.bin", bytes(300_000, 8));
        server.next.add(server.breakingAfter(100_000));
        server.next.add(exchange -> {
            server.files.put("/set/a.bin", content);
            server.breakingAfter(Integer.MAX_VALUE).handle(exchange);
        });
        assertArrayEquals(content, fetched(plain));
        assertTrue(server.requests.get(1).getFirst("If-Range") != null);
    }

    @Test
    void completePartOfAKilledProcessIsNotDownloadedAgain() throws Exception {
        store(home, server.uri()).fetch(plain, ProgressListener.NONE);
        CacheDirectory layout = new CacheDirectory(home);
        URI place = server.uri().resolve("set/a.bin");
        PartialDownload part = layout.part("data/set/a.bin");
        Files.move(home.resolve("data/set/a.bin"), part.bytes());
        Files.writeString(
                part.state(),
                Json.compact(new PartialDownload.DownloadOrigin(
                        PartialDownload.source(place, place), "\"tag\"", 300_000, List.of())));
        server.requests.clear();
        assertArrayEquals(content, fetched(plain));
        assertEquals(0, server.requests.size());
    }

    @Test
    void rangeBeyondAllNumbersIsAskedWhole() throws Exception {
        server.next.add(server.breakingAfter(100_000));
        server.next.add(FileServer.status(206, "Content-Range", "bytes 99999999999999999999-1/2"));
        assertArrayEquals(content, fetched(plain));
        assertNull(server.requests.get(2).getFirst("Range"));
    }

    @Test
    void rangeThatTheServerRefusesIsAskedWhole() throws Exception {
        server.next.add(server.breakingAfter(100_000));
        server.next.add(FileServer.status(416));
        assertArrayEquals(content, fetched(plain));
        assertNull(server.requests.get(2).getFirst("Range"));
    }

    @Test
    void busyServerIsAskedAgain() throws Exception {
        server.next.add(FileServer.status(503));
        server.next.add(FileServer.status(429, "Retry-After", "0"));
        assertArrayEquals(content, fetched(plain));
    }

    @Test
    void missingFileIsAskedForOnceOnly() {
        server.files.clear();
        JZooException e = assertThrows(JZooException.class, () -> fetched(plain));
        assertEquals(JZooException.Code.NETWORK, e.code());
        assertTrue(e.getMessage().contains("HTTP 404"), e.getMessage());
        assertEquals(1, server.requests.size());
    }

    @Test
    void serverThatIsDownAndHostThatDoesNotExistAreNamedWithTheirReasons() throws Exception {
        int port = server.port();
        server.close();
        Resource resource =
                resource("set/a.bin", content, Encoding.IDENTITY, URI.create("http://no-such-host.invalid/a"));
        JZooException e = assertThrows(
                JZooException.class, () -> store(home, URI.create("http://user:secret@127.0.0.1:" + port + "/"))
                        .fetch(resource, ProgressListener.NONE));
        assertEquals(JZooException.Code.NETWORK, e.code());
        assertTrue(e.getMessage().contains("127.0.0.1:" + port + "/set/a.bin: "), e.getMessage());
        assertTrue(e.getMessage().contains("http://no-such-host.invalid/a: no such host"), e.getMessage());
        assertTrue(!e.getMessage().contains("secret"), e.getMessage());
    }

    @Test
    void wrongBytesAreQuarantinedAndTheNextMirrorIsTried() throws Exception {
        try (FileServer wrong = new FileServer()) {
            wrong.files.put("/set/a.bin", bytes(300_000, 9));
            Path file = store(home, wrong.uri(), server.uri()).fetch(plain, ProgressListener.NONE);
            assertArrayEquals(content, Files.readAllBytes(file));
            server.files.clear();
            JZooException e =
                    assertThrows(JZooException.class, () -> store(home.resolve("other"), wrong.uri(), server.uri())
                            .fetch(plain, ProgressListener.NONE));
            assertEquals(JZooException.Code.INTEGRITY, e.code());
            assertTrue(e.hint().contains("'quarantine'"), e.hint());
            assertFalse((e.getMessage() + e.hint()).contains(home.toString()), e.hint());
            List<String> kept = filesBelow(home.resolve("other"));
            assertEquals(1, kept.size(), kept.toString());
            assertArrayEquals(
                    bytes(300_000, 9), Files.readAllBytes(home.resolve("other").resolve(kept.get(0))));
            assertEquals(300_000, store(home.resolve("other")).collectGarbage());
            assertEquals(List.of(), filesBelow(home.resolve("other")));
        }
    }

    @Test
    void serverThatSendsMoreThanExpectedIsCutOff() {
        server.next.add(FileServer.chunked(bytes(20_000_000, 1)));
        long[] most = {0};
        JZooException e = assertThrows(JZooException.class, () -> store(home, server.uri())
                .fetch(plain, (t, done, total) -> most[0] = Math.max(most[0], done)));
        assertEquals(JZooException.Code.INTEGRITY, e.code());
        assertTrue(most[0] <= 300_000, "heard " + most[0]);
    }

    @Test
    void announcedSizeThatIsTooLargeIsNotDownloaded() {
        server.files.put("/set/a.bin", ("<html>" + "x".repeat(1_000_000)).getBytes());
        List<Long> heard = new ArrayList<>();
        JZooException e = assertThrows(
                JZooException.class, () -> store(home, server.uri()).fetch(plain, (t, done, total) -> heard.add(done)));
        assertTrue(e.getMessage().contains("HTML page"), e.getMessage());
        assertEquals(List.of(), heard);
    }

    @Test
    void lengthThatIsNotAnnouncedIsToldAtTheEnd() throws Exception {
        server.next.add(FileServer.chunked(content));
        List<String> heard = new ArrayList<>();
        store(home, server.uri()).fetch(plain, (t, done, total) -> heard.add(done + "/" + total));
        assertTrue(heard.contains("300000/-1"), heard.toString());
        assertEquals("300000/300000", heard.get(heard.size() - 1));
    }

    @Test
    void silentServerIsGivenUp() {
        HttpHandler silent = exchange -> {
            exchange.sendResponseHeaders(200, 300_000);
            exchange.getResponseBody().write(content, 0, 1000);
            exchange.getResponseBody().flush();
            sleep(5_000);
        };
        server.next.add(silent);
        RetryPolicy brief = new RetryPolicy(Duration.ofSeconds(2), Duration.ofMillis(300), 1, Duration.ZERO);
        Settings settings = new Settings(home, List.of(server.uri()), false);
        JZooException e = assertThrows(
                JZooException.class, () -> Store.open(settings, brief).fetch(plain, ProgressListener.NONE));
        assertTrue(e.getMessage().contains("no bytes arrived for 0.3 s"), e.getMessage());
    }

    @Test
    void redirectsAreFollowed() throws Exception {
        server.next.add(FileServer.status(302, "Location", "/set/a.bin"));
        assertArrayEquals(content, fetched(resource("elsewhere/a.bin", content, Encoding.IDENTITY)));
    }

    @Test
    void proxyOfTheJvmIsUsed() throws Exception {
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(ProxySelector.of(new InetSocketAddress("127.0.0.1", server.port())));
        try {
            Path file =
                    store(home, URI.create("http://behind-the-proxy.invalid/")).fetch(plain, ProgressListener.NONE);
            assertArrayEquals(content, Files.readAllBytes(file));
            assertEquals(
                    "http://behind-the-proxy.invalid/set/a.bin",
                    server.requests.get(0).getFirst("path"));
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    @Test
    void anInterruptWhileTheServerIsSilentEndsTheDownloadAtOnce() throws Exception {
        CompletableFuture<Thread> reading = new CompletableFuture<>();
        server.next.add(exchange -> {
            exchange.sendResponseHeaders(200, 300_000);
            exchange.getResponseBody().write(content, 0, 1000);
            exchange.getResponseBody().flush();
            reading.join();
            sleep(5_000);
        });
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                fetched(plain);
                ended.complete(false);
            } catch (InterruptedIOException e) {
                ended.complete(Thread.currentThread().isInterrupted());
            } catch (Exception | AssertionError e) {
                ended.completeExceptionally(e);
            }
        });
        thread.start();
        while (Arrays.stream(thread.getStackTrace())
                .noneMatch(frame -> frame.getClassName().endsWith("ResponseBody"))) {
            Thread.sleep(5);
        }
        long start = System.nanoTime();
        thread.interrupt();
        reading.complete(thread);
        assertTrue(ended.get(), "the thread keeps its flag");
        assertTrue(System.nanoTime() - start < 4_000_000_000L, "it waited for the server");
    }

    @Test
    void interruptedDownloadEndsAsInterrupted() {
        Thread fetching = Thread.currentThread();
        server.next.add(exchange -> {
            exchange.sendResponseHeaders(200, 300_000);
            exchange.getResponseBody().write(content, 0, 1000);
            exchange.getResponseBody().flush();
            fetching.interrupt();
            sleep(2_000);
        });
        try {
            assertThrows(InterruptedIOException.class, () -> fetched(plain));
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void clearSparesARunningDownload() throws Exception {
        CompletableFuture<byte[]> fetch = new CompletableFuture<>();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        server.next.add(exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, 100_000);
            exchange.getResponseBody().flush();
            sleep(300);
            exchange.getResponseBody().write(content, 100_000, 200_000);
        });
        Thread thread = new Thread(() -> {
            try {
                fetch.complete(Files.readAllBytes(
                        store(home, server.uri()).fetch(plain, (t, done, total) -> begun.complete(null))));
            } catch (IOException | RuntimeException e) {
                fetch.completeExceptionally(e);
            }
        });
        thread.start();
        begun.get();
        assertEquals(0, store(home).clear());
        thread.join();
        assertArrayEquals(content, fetch.get());
        assertEquals(300_000, store(home).clear());
    }

    /** Leaves a partial download of the plain file. */
    private void breakOff() {
        for (int i = 0; i < Fixtures.QUICK.attempts(); i++) {
            server.next.add(server.breakingAfter(50_000));
        }
        JZooException e = assertThrows(JZooException.class, () -> fetched(plain));
        assertEquals(JZooException.Code.NETWORK, e.code());
    }

    private byte[] fetched(Resource resource) throws IOException {
        return Files.readAllBytes(store(home, server.uri()).fetch(resource, ProgressListener.NONE));
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
