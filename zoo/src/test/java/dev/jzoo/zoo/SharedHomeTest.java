package dev.jzoo.zoo;

import static dev.jzoo.zoo.Fixtures.bytes;
import static dev.jzoo.zoo.Fixtures.filesBelow;
import static dev.jzoo.zoo.Fixtures.resource;
import static dev.jzoo.zoo.Fixtures.store;
import static dev.jzoo.zoo.Fixtures.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.cache.CacheDirectory;
import dev.jzoo.zoo.download.Encoding;
import dev.jzoo.zoo.download.PartialDownload;
import dev.jzoo.zoo.download.Resource;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.Json;
import dev.jzoo.zoo.hub.ModelReference;
import dev.jzoo.zoo.hub.PinnedReferences;
import dev.jzoo.zoo.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cache that other users can write to. Links that they plant never lead to a file outside it. */
class SharedHomeTest {

    @TempDir
    Path folder;

    private Path home;
    private Path mirror;
    private Path outside;
    private final byte[] content = bytes(200_000, 1);
    private final Resource plain = resource("set/a.bin", content, Encoding.IDENTITY);

    @BeforeEach
    void folders() throws Exception {
        home = Files.createDirectories(folder.resolve("home"));
        mirror = folder.resolve("mirror");
        outside = folder.resolve("outside");
        write(mirror.resolve("set/a.bin"), content);
        write(outside.resolve("mine.txt"), "mine".getBytes());
    }

    private void assertOutsideIsUntouched() throws Exception {
        assertEquals(List.of("mine.txt"), filesBelow(outside));
        assertEquals("mine", Files.readString(outside.resolve("mine.txt")));
    }

    private void assertRefused() throws Exception {
        JZooException e = assertThrows(
                JZooException.class, () -> store(home, mirror.toUri()).fetch(plain, ProgressListener.NONE));
        assertEquals(JZooException.Code.FAILED, e.code());
        assertTrue(e.getMessage().contains("is a link, which is not followed here"), e.getMessage());
        assertTrue(e.hint().contains("JZOO_HOME"), e.hint());
        assertOutsideIsUntouched();
    }

    @Test
    void aLinkInPlaceOfTheFolderOfDataIsNotFollowed() throws Exception {
        Files.createSymbolicLink(home.resolve("data"), outside);
        assertRefused();
    }

    @Test
    void aLinkInPlaceOfAFolderInItIsNotFollowed() throws Exception {
        Files.createDirectories(home.resolve("data"));
        Files.createSymbolicLink(home.resolve("data/set"), outside);
        assertRefused();
    }

    @Test
    void aLinkInPlaceOfTheFolderOfPartsDigestsOrLocksIsNotFollowed() throws Exception {
        for (String name : List.of("locks", "partial", "digests")) {
            Path link = Files.createSymbolicLink(home.resolve(name), outside);
            assertRefused();
            Files.delete(link);
        }
    }

    @Test
    void aLinkInPlaceOfAnUnpackedFolderIsReplaced() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("mine.txt"));
            zip.write("theirs".getBytes());
        }
        write(mirror.resolve("set/z.zip"), bytes.toByteArray());
        Resource archive = resource("set/z.zip", bytes.toByteArray(), Encoding.IDENTITY);
        Files.createDirectories(home.resolve("unpacked/set"));
        Files.createSymbolicLink(home.resolve("unpacked/set/z"), outside);
        Path unpacked = store(home, mirror.toUri()).unpack(archive, ProgressListener.NONE);
        assertFalse(Files.isSymbolicLink(unpacked));
        assertEquals("theirs", Files.readString(unpacked.resolve("mine.txt")));
        assertOutsideIsUntouched();
    }

    @Test
    void aLinkInPlaceOfAFileIsReplacedAndNotWrittenThrough() throws Exception {
        write(home.resolve("data/set/x"), new byte[1]);
        Files.createSymbolicLink(home.resolve("data/set/a.bin"), outside.resolve("mine.txt"));
        Path file = store(home, mirror.toUri()).fetch(plain, ProgressListener.NONE);
        assertFalse(Files.isSymbolicLink(file));
        assertArrayEquals(content, Files.readAllBytes(file));
        assertOutsideIsUntouched();
    }

    @Test
    void linksAndSecondNamesInPlaceOfPartsAreNotWrittenTo() throws Exception {
        PartialDownload part = new CacheDirectory(home).part("data/set/a.bin");
        for (boolean hard : List.of(false, true)) {
            for (Path planted : List.of(part.bytes(), part.state(), part.content())) {
                if (hard) {
                    Files.createLink(planted, outside.resolve("mine.txt"));
                } else {
                    Files.createSymbolicLink(planted, outside.resolve("mine.txt"));
                }
            }
            store(home, mirror.toUri()).fetch(plain, ProgressListener.NONE);
            assertOutsideIsUntouched();
            Files.delete(home.resolve("data/set/a.bin"));
            try (FileServer server = new FileServer()) {
                server.files.put("/set/a.bin", content);
                Path file = store(home, server.uri()).fetch(plain, ProgressListener.NONE);
                assertArrayEquals(content, Files.readAllBytes(file));
            }
            assertOutsideIsUntouched();
            store(home).clear();
            assertOutsideIsUntouched();
        }
    }

    @Test
    void aDownloadDoesNotGoOnInAFileThatHasAnotherName() throws Exception {
        try (FileServer server = new FileServer()) {
            URI place = server.uri().resolve("set/a.bin");
            PartialDownload part = new CacheDirectory(home).part("data/set/a.bin");
            Files.createLink(part.bytes(), outside.resolve("mine.txt"));
            Files.writeString(
                    part.state(),
                    Json.compact(new PartialDownload.DownloadOrigin(
                            PartialDownload.source(place, place), "\"tag\"", content.length, List.of())));
            server.files.put("/set/a.bin", content);
            store(home, server.uri()).fetch(plain, ProgressListener.NONE);
            assertNull(server.requests.get(0).getFirst("Range"));
        }
        assertOutsideIsUntouched();
    }

    @Test
    void cleanupsDeleteLinksAndNotWhatTheyName() throws Exception {
        store(home, mirror.toUri()).fetch(plain, ProgressListener.NONE);
        for (String place :
                List.of("partial", "quarantine", "unpacked/x", "computed/features", "references", "data/set")) {
            Files.createDirectories(home.resolve(place));
            Files.createSymbolicLink(home.resolve(place).resolve("planted"), outside);
            Files.createSymbolicLink(
                    home.resolve(place).resolve("f".repeat(64) + ".json"), outside.resolve("mine.txt"));
        }
        store(home).collectGarbage();
        store(home).clear();
        assertOutsideIsUntouched();
        assertFalse(Files.exists(home.resolve("references/planted"), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void aReferenceThatIsALinkIsNotBelieved() throws Exception {
        ModelReference reference = ModelReference.parse("hf:o/n");
        Path note = home.resolve(PinnedReferences.path(reference));
        Path planted = outside.resolve("mine.txt");
        Files.createDirectories(note.getParent());
        Files.createSymbolicLink(note, planted);
        assertTrue(
                new PinnedReferences(new CacheDirectory(home)).find(reference).isEmpty());
        assertOutsideIsUntouched();
    }

    @Test
    void aHomeThatIsItselfALinkIsTheUsersOwnChoice() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), home);
        Path file = store(link, mirror.toUri()).fetch(plain, ProgressListener.NONE);
        assertArrayEquals(content, Files.readAllBytes(file));
        assertEquals(
                content.length, Store.open(new Settings(link, List.of(), true)).clear());
    }
}
