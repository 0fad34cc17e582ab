package dev.jzoo.zoo.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.Fixtures;
import dev.jzoo.zoo.download.PartialDownload.DownloadOrigin;
import dev.jzoo.zoo.download.PartialDownload.DownloadSegment;
import dev.jzoo.zoo.file.Disk;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an interrupted download leaves, and when the next one may use it. */
class PartialDownloadTest {

    private static final URI PLACE = URI.create("https://example.org/a.bin");
    private static final String SOURCE = PartialDownload.source(PLACE, PLACE);

    @TempDir
    Path folder;

    private PartialDownload part;

    @BeforeEach
    void create() {
        part = new PartialDownload(folder.resolve("f.part"), folder.resolve("f.json"), new Disk("Make room."));
    }

    @Test
    void theBytesInTheFileAreKept() throws Exception {
        leave(new DownloadOrigin(SOURCE, "\"tag\"", 10, List.of()), 4);
        PartialDownload.Resume resume = part.resume(PLACE);
        assertEquals(4, resume.bytes());
        assertTrue(resume.possible());
        assertFalse(resume.complete());
        assertFalse(resume.inRanges());
        try (OutputStream rest = part.proceed()) {
            rest.write(new byte[6]);
        }
        assertTrue(part.resume(PLACE).complete());
    }

    @Test
    void theBytesOfAllRangesAreKept() throws Exception {
        leave(
                new DownloadOrigin(
                        SOURCE, "\"tag\"", 10, List.of(new DownloadSegment(0, 5, 2), new DownloadSegment(5, 10, 8))),
                8);
        PartialDownload.Resume resume = part.resume(PLACE);
        assertEquals(2 + 3, resume.bytes());
        assertTrue(resume.inRanges());
    }

    @Test
    void nothingIsKeptOfAnotherAddress() throws Exception {
        leave(new DownloadOrigin(SOURCE, "\"tag\"", 10, List.of()), 4);
        assertFalse(part.resume(URI.create("https://example.org/b.bin")).possible());
    }

    @Test
    void nothingIsKeptWithoutAValidator() throws Exception {
        leave(new DownloadOrigin(SOURCE, "", 10, List.of()), 4);
        assertFalse(part.resume(PLACE).possible());
    }

    @Test
    void nothingIsKeptWhereTheNoteIsHalfWritten() throws Exception {
        leave(new DownloadOrigin(SOURCE, "\"tag\"", 10, List.of()), 4);
        Files.writeString(part.state(), "{\"source\":");
        assertFalse(part.resume(PLACE).possible());
    }

    @Test
    void nothingIsKeptWhereAFileIsMissing() throws Exception {
        assertFalse(part.resume(PLACE).possible());
        leave(new DownloadOrigin(SOURCE, "\"tag\"", 10, List.of()), 4);
        Files.delete(part.state());
        assertFalse(part.resume(PLACE).possible());
    }

    @Test
    void deletingLeavesNothing() throws Exception {
        leave(new DownloadOrigin(SOURCE, "\"tag\"", 10, List.of()), 4);
        try (OutputStream content = part.beginContent()) {
            content.write(1);
        }
        assertEquals(List.of("f.content", "f.json", "f.part"), Fixtures.filesBelow(folder));
        part.delete();
        assertEquals(List.of(), Fixtures.filesBelow(folder));
    }

    /** A redirect's query is a signature for one request; another server is another source. */
    @Test
    void aSourceIsAnAddressAndTheServerThatAnswered() {
        URI asked = URI.create("https://example.org/a.bin?token=1");
        String source = PartialDownload.source(asked, URI.create("https://cdn.example.org/a.bin?signature=2"));
        assertEquals(source, PartialDownload.source(asked, URI.create("https://cdn.example.org/a.bin?signature=3")));
        assertNotEquals(source, PartialDownload.source(asked, URI.create("https://cdn2.example.org/a.bin")));
        assertNotEquals(source, PartialDownload.source(PLACE, URI.create("https://cdn.example.org/a.bin")));
        assertFalse(source.contains("token"), source);
    }

    @Test
    void rangesWithAGapOrPastTheirEndAreRefused() {
        List<List<DownloadSegment>> wrong = List.of(
                List.of(new DownloadSegment(1, 10, 1)),
                List.of(new DownloadSegment(0, 4, 0), new DownloadSegment(5, 10, 5)),
                List.of(new DownloadSegment(0, 10, 11)),
                List.of(new DownloadSegment(0, 5, 0), new DownloadSegment(5, 10, 4)),
                List.of(new DownloadSegment(0, 9, 0)));
        for (List<DownloadSegment> segments : wrong) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new DownloadOrigin(SOURCE, "\"tag\"", 10, segments),
                    segments.toString());
        }
    }

    @Test
    void theHeaderContentRangeIsRead() {
        assertEquals(Optional.of(new ContentRange(5, 10, 20)), range("bytes 5-9/20"));
        assertEquals(Optional.of(new ContentRange(0, 1, -1)), range("bytes 0-0/*"));
        assertEquals(Optional.empty(), range("bytes */20"));
        assertEquals(Optional.empty(), range("bytes 5-9/2000000000000000000"));
        assertEquals(Optional.empty(), ContentRange.of(HttpHeaders.of(Map.of(), (name, value) -> true)));
    }

    private static Optional<ContentRange> range(String header) {
        return ContentRange.of(HttpHeaders.of(Map.of("Content-Range", List.of(header)), (name, value) -> true));
    }

    private void leave(DownloadOrigin origin, int bytes) throws Exception {
        try (OutputStream out = part.begin(origin)) {
            out.write(new byte[bytes]);
        }
    }
}
