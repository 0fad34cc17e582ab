package dev.jzoo.zoo.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.FileServer;
import dev.jzoo.zoo.Fixtures;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large files, over several connections at once. */
class RangedDownloadTest {

    private static final String PATH = "/large.bin";
    private static final int RANGE = 16 << 20;

    private static byte[] content;
    private static Resource resource;

    @TempDir
    Path folder;

    private FileServer server;

    @BeforeAll
    static void content() {
        content = Fixtures.bytes((int) RangedDownload.LARGE + 12_345, 4);
        resource = Fixtures.resource("large.bin", content, Encoding.IDENTITY);
    }

    @BeforeEach
    void start() throws IOException {
        server = new FileServer();
        server.files.put(PATH, content);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Path fetched(ProgressListener listener) throws IOException {
        return Fixtures.store(folder.resolve("home"), server.uri()).fetch(resource, listener);
    }

    private List<String> asked() {
        return server.requests.stream()
                .map(request -> request.getFirst("Range"))
                .map(range -> range == null ? "" : range)
                .sorted()
                .toList();
    }

    @Test
    void largeFileComesOverFourConnectionsAndProgressOnlyGrows() throws Exception {
        List<Long> heard = new ArrayList<>();
        assertArrayEquals(content, Files.readAllBytes(fetched((task, done, total) -> heard.add(done))));
        assertEquals(
                List.of(
                        "",
                        "bytes=16777216-33554431",
                        "bytes=33554432-50331647",
                        "bytes=50331648-67108863",
                        "bytes=67108864-67121208"),
                asked());
        assertEquals(heard.stream().sorted().toList(), heard);
        assertEquals(content.length, heard.get(heard.size() - 1));
        assertEquals(
                List.of("data/large.bin", "digests/data/large.bin.sha256"),
                Fixtures.filesBelow(folder.resolve("home")));
    }

    @Test
    void everyConnectionThatBreaksIsGoneOnWithWhereItBroke() throws Exception {
        for (int i = 0; i < 4; i++) {
            server.next.add(server.breakingAfter(5_000_000));
        }
        assertArrayEquals(content, Files.readAllBytes(fetched(ProgressListener.NONE)));
        assertEquals(9, server.requests.size());
        long again = asked().stream()
                .filter(range -> !range.isEmpty())
                .mapToLong(range -> Long.parseLong(range.replaceAll("bytes=|-.*", "")))
                .filter(from -> from % RANGE >= 4_000_000)
                .count();
        assertEquals(4, again, asked().toString());
    }

    @Test
    void serverThatAllowsOneConnectionOnlyIsAskedOverOne() throws Exception {
        server.next.add(exchange -> server.breakingAfter(Integer.MAX_VALUE).handle(exchange));
        for (int i = 0; i < 3; i++) {
            server.next.add(FileServer.status(429));
        }
        assertArrayEquals(content, Files.readAllBytes(fetched(ProgressListener.NONE)));
        assertEquals(8, server.requests.size(), asked().toString());
    }

    @Test
    void downloadThatEndedIsGoneOnWithByTheNext() throws Exception {
        for (int i = 0; i < 4; i++) {
            server.next.add(server.breakingAfter(9_000_000));
        }
        for (int i = 0; i < 8; i++) {
            server.next.add(FileServer.status(503));
        }
        JZooException e = assertThrows(JZooException.class, () -> fetched(ProgressListener.NONE));
        assertEquals(JZooException.Code.NETWORK, e.code());
        int before = server.requests.size();
        List<Long> heard = new ArrayList<>();
        assertArrayEquals(content, Files.readAllBytes(fetched((task, done, total) -> heard.add(done))));
        assertEquals(5, server.requests.size() - before);
        assertTrue(heard.get(0) > 30_000_000, "began at " + heard.get(0));
    }

    @Test
    void fileThatChangedMeanwhileIsDownloadedAnew() throws Exception {
        byte[] older = Fixtures.bytes(content.length, 9);
        server.files.put(PATH, older);
        server.next.add(server.breakingAfter(1_000_000));
        for (int i = 0; i < 3; i++) {
            server.next.add(exchange -> {
                server.files.put(PATH, content);
                server.breakingAfter(Integer.MAX_VALUE).handle(exchange);
            });
        }
        assertArrayEquals(content, Files.readAllBytes(fetched(ProgressListener.NONE)));
    }

    @Test
    void serverThatOnlySaysThatItHasRangesIsReadThrough() throws Exception {
        server.answers.put(PATH, exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"tag\"");
            exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        });
        assertArrayEquals(content, Files.readAllBytes(fetched(ProgressListener.NONE)));
    }

    @Test
    void segmentsThatMakeNoWholeAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new PartialDownload.DownloadOrigin(
                        "u",
                        "v",
                        10,
                        List.of(
                                new PartialDownload.DownloadSegment(0, 4, 0),
                                new PartialDownload.DownloadSegment(5, 10, 5))));
        assertThrows(
                IllegalArgumentException.class,
                () -> new PartialDownload.DownloadOrigin(
                        "u", "v", 10, List.of(new PartialDownload.DownloadSegment(0, 10, 11))));
    }

    @Test
    void rangesAreOfAUsefulSizeAndNotTooMany() {
        assertEquals(5, RangedDownload.split(content.length).size());
        assertEquals(RANGE, RangedDownload.split(content.length).get(1).from());
        assertEquals(content.length, RangedDownload.split(content.length).get(4).to());
        assertEquals(256, RangedDownload.split(1L << 40).size());
    }
}
