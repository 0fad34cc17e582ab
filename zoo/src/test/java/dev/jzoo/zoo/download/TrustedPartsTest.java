package dev.jzoo.zoo.download;

import static dev.jzoo.zoo.Fixtures.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.jzoo.zoo.FileServer;
import dev.jzoo.zoo.Fixtures;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.Zoo;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.hub.ModelReference;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interrupted downloads without a digest. A part of another file is never appended to the first one. */
class TrustedPartsTest {

    private static final int BROKEN_AT = 100_000;

    @TempDir
    Path folder;

    private FileServer server;
    private final byte[] content = bytes(300_000, 1);
    private final byte[] other = bytes(300_000, 2);

    @BeforeEach
    void start() throws IOException {
        server = new FileServer();
        server.files.put("/m.onnx", content);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private byte[] trusted(RetryPolicy retries) throws IOException {
        Store store = Store.open(new Settings(folder.resolve("home"), List.of(), false), retries);
        return Files.readAllBytes(new Zoo(store)
                .fetch(ModelReference.parse(server.uri() + "m.onnx"), Zoo.Trust.FIRST, ProgressListener.NONE)
                .model());
    }

    private byte[] trusted() throws IOException {
        return trusted(Fixtures.QUICK);
    }

    /** Returns a response with the rest of another file. */
    private HttpHandler rest(String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(206, other.length - BROKEN_AT);
            exchange.getResponseBody().write(other, BROKEN_AT, other.length - BROKEN_AT);
        };
    }

    private static String contentRange(long from, long to, Object total) {
        return "bytes " + from + "-" + (to - 1) + "/" + total;
    }

    /**
     * Interrupts a download and gives this response for the rest. The download must be complete after a third request, without a
     * range.
     */
    private void assertAskedWholeAfter(HttpHandler answer) throws IOException {
        server.next.add(server.breakingAfter(BROKEN_AT));
        server.next.add(answer);
        assertArrayEquals(content, trusted());
        assertEquals(3, server.requests.size());
        assertEquals("bytes=" + BROKEN_AT + "-", server.requests.get(1).getFirst("Range"));
        assertNull(server.requests.get(2).getFirst("Range"));
    }

    @Test
    void aPartWithAnotherTagIsOfAnotherFile() throws Exception {
        assertAskedWholeAfter(
                rest("ETag", "\"another\"", "Content-Range", contentRange(BROKEN_AT, other.length, other.length)));
    }

    @Test
    void aPartWithoutATagMayBeOfAnotherFile() throws Exception {
        assertAskedWholeAfter(rest("Content-Range", contentRange(BROKEN_AT, other.length, other.length)));
    }

    @Test
    void aPartOfAFileOfAnotherSizeIsOfAnotherFile() throws Exception {
        assertAskedWholeAfter(
                rest("ETag", tag(), "Content-Range", contentRange(BROKEN_AT, other.length, other.length + 1)));
    }

    @Test
    void aPartThatEndsEarlyIsNotTheRest() throws Exception {
        assertAskedWholeAfter(
                rest("ETag", tag(), "Content-Range", contentRange(BROKEN_AT, other.length - 1, other.length)));
    }

    @Test
    void aPartFromAnotherServerIsOfAnotherFileWhateverItsTag() throws Exception {
        try (FileServer elsewhere = new FileServer()) {
            String tag = tag();
            elsewhere.answers.put(
                    "/m.onnx", rest("ETag", tag, "Content-Range", contentRange(BROKEN_AT, other.length, other.length)));
            assertAskedWholeAfter(FileServer.status(302, "Location", elsewhere.uri() + "m.onnx"));
            assertEquals(1, elsewhere.requests.size());
        }
    }

    @Test
    void aServerThatForbidsPartsIsAskedForTheWhole() throws Exception {
        assertAskedWholeAfter(FileServer.status(403));
    }

    @Test
    void aPartOfTheSameFileFromTheSameServerIsTaken() throws Exception {
        server.next.add(server.breakingAfter(BROKEN_AT));
        assertArrayEquals(content, trusted());
        assertEquals(2, server.requests.size());
    }

    private String tag() throws IOException {
        HttpExchangeTag seen = new HttpExchangeTag();
        server.next.add(seen);
        new HttpDownloader(Fixtures.QUICK)
                .text(new Location.WebLocation(server.uri().resolve("m.onnx")), 1 << 20);
        server.requests.clear();
        return seen.tag;
    }

    /** Serves the file and records its tag. */
    private final class HttpExchangeTag implements HttpHandler {
        private String tag = "";

        @Override
        public void handle(HttpExchange exchange) throws IOException {
            server.breakingAfter(Integer.MAX_VALUE).handle(exchange);
            tag = exchange.getResponseHeaders().getFirst("ETag");
        }
    }

    @Test
    void aLargeFileWhoseServerForbidsPartsIsDownloadedWhole() throws Exception {
        byte[] large = bytes((int) RangedDownload.LARGE + 1, 3);
        server.answers.put("/m.onnx", exchange -> {
            if (exchange.getRequestHeaders().containsKey("Range")) {
                exchange.sendResponseHeaders(403, -1);
                return;
            }
            exchange.getResponseHeaders().set("ETag", "\"large\"");
            exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
            exchange.sendResponseHeaders(200, large.length);
            exchange.getResponseBody().write(large);
        });
        assertTrue(Arrays.equals(large, trusted()));
    }

    @Test
    void aServerThatSendsAByteNowAndThenIsGivenUp() {
        server.answers.put("/m.onnx", exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            for (int i = 0; i < 1_000; i++) {
                exchange.getResponseBody().write(content[i]);
                exchange.getResponseBody().flush();
                pause();
            }
        });
        RetryPolicy impatient = new RetryPolicy(Duration.ofSeconds(5), Duration.ofMillis(400), 1, Duration.ZERO);
        JZooException e = assertThrows(JZooException.class, () -> trusted(impatient));
        assertEquals(JZooException.Code.NETWORK, e.code());
        assertTrue(e.getMessage().contains("bytes arrived in 0.4 s"), e.getMessage());
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void whatIsPlainlyNoModelIsRefused() throws Exception {
        for (String text : List.of(
                "{\"error\": \"not found\"}",
                "[1, 2]",
                "<?xml version=\"1.0\"?><Error/>",
                "Not found\n",
                "\u0089PNG\r\n\u001a\n",
                "PK\u0003\u0004 a checkpoint of PyTorch",
                "",
                "<!DOCTYPE html>")) {
            server.files.put("/m.onnx", text.getBytes(StandardCharsets.ISO_8859_1));
            JZooException e = assertThrows(JZooException.class, this::trusted, text);
            assertEquals(JZooException.Code.INTEGRITY, e.code(), text);
        }
        assertEquals(
                List.of(),
                Store.open(new Settings(folder.resolve("home"), List.of(), true))
                        .list());
        URI address = server.uri().resolve("m.onnx");
        assertThrows(JZooException.class, () -> new Zoo(
                        Store.open(new Settings(folder.resolve("home"), List.of(), true), Fixtures.QUICK))
                .fetch(address.toString(), ProgressListener.NONE));
    }
}
