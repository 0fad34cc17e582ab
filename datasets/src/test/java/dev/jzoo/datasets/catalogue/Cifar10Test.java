package dev.jzoo.datasets.catalogue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.download.Encoding;
import dev.jzoo.zoo.download.Resource;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10Test {

    @TempDir
    Path folder;

    private Path mirror;
    private Store store;

    @BeforeEach
    void openAnEmptyStore() throws IOException {
        mirror = Files.createDirectories(folder.resolve("mirror"));
        store = Store.open(new Settings(folder.resolve("home"), List.of(mirror.toUri()), true));
    }

    @Test
    void planesBecomePixelsInTheOrderOfTheFiles() throws IOException {
        byte[] first = CifarBytes.records(1, 9, 0);
        byte[] second = CifarBytes.records(2, 3);
        LabelledImages images = Cifar10.read(List.of(write("first.bin", first), write("second.bin", second)));
        assertEquals("cifar10-like first.bin: uint8 [3, 32, 32, 3], 10 labels", images.toString());
        assertArrayEquals(new int[] {9, 0, 3}, images.labels());
        assertEquals("truck", images.labelNames().get(images.label(0)));
        for (int row = 0; row < 32; row++) {
            for (int column = 0; column < 32; column++) {
                for (int channel = 0; channel < 3; channel++) {
                    int at = 1 + channel * 1024 + row * 32 + column;
                    int to = (row * 32 + column) * 3 + channel;
                    assertEquals(first[3073 + at], images.image(1)[to]);
                    assertEquals(second[at], images.image(2)[to]);
                }
            }
        }
        byte[] both = Arrays.copyOf(first, 3 * 3073);
        System.arraycopy(second, 0, both, 2 * 3073, 3073);
        assertEquals(Sha256.of(both), images.provenance().sha256());
    }

    @Test
    void aBatchCutShortIsRefusedNamingTheFileTheRecordAndTheByte() throws IOException {
        refused(
                Arrays.copyOf(CifarBytes.records(1, 1, 2, 3), 2 * 3073 + 100),
                "record 2 (byte 6146): expected 3073 bytes, found 100; the file ends at byte 6246");
        refused(new byte[0], "expected records of 3073 bytes, found an empty file");
    }

    @Test
    void aLabelAboveNineIsRefusedNamingItsRecord() throws IOException {
        refused(CifarBytes.records(1, 1, 10), "record 1 (byte 3073): expected a label from 0 to 9, found 10");
        refused(CifarBytes.records(1, 255, 10), "record 0 (byte 0): expected a label from 0 to 9, found 255");
    }

    private void refused(byte[] records, String problem) throws IOException {
        Path file = write("mine.bin", records);
        var e = assertThrows(DataFormatException.class, () -> Cifar10.read(List.of(file)));
        assertEquals(file + ": " + problem, e.getMessage());
    }

    @Test
    void noFilesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Cifar10.read(List.of()));
    }

    @Test
    void theSourceThatTheStoreHasIsTakenAndElseTheFirstThatCanBeFetched() throws IOException {
        List<CifarSource> sources = List.of(source("archive"), source("zip"));
        var e = assertThrows(JZooException.class, () -> available(sources));
        assertEquals(JZooException.Code.NETWORK, e.code());
        assertEquals(2, e.getSuppressed().length);
        write("mirror/zip", "zip".getBytes());
        assertEquals(1, available(sources));
        write("mirror/archive", "archive".getBytes());
        assertEquals(1, available(sources), "what is in the cache needs no fetching");
        store.fetch(sources.get(0).resource(), ProgressListener.NONE);
        assertEquals(0, available(sources));
        assertEquals(
                "archive all: uint8 [1, 32, 32, 3], 10 labels",
                sources.get(0)
                        .part("all", List.of("one"), store, ProgressListener.NONE)
                        .toString());
    }

    @Test
    void aSpoiledArchiveIsNotPassedOverInSilence() throws IOException {
        write("mirror/archive", "something".getBytes());
        write("mirror/zip", "zip".getBytes());
        var e = assertThrows(JZooException.class, () -> available(List.of(source("archive"), source("zip"))));
        assertEquals(JZooException.Code.INTEGRITY, e.code());
    }

    private int available(List<CifarSource> sources) throws IOException {
        return CifarSource.available(sources, store, ProgressListener.NONE);
    }

    /** Returns a source whose file contains its own name. */
    private static CifarSource source(String name) {
        Resource resource = new Resource(name, List.of(), Encoding.IDENTITY, name.length(), Sha256.of(name.getBytes()));
        return new CifarSource(name, resource, (file, batches) -> Map.of("one", CifarBytes.records(1, 7)), "");
    }

    @Test
    void editionsAreFoundByTheNameInTheProvenance() {
        assertSame(Cifar10Edition.ORIGINAL, Cifar10Edition.of("cifar10"));
        assertSame(Cifar10Edition.JPEG, Cifar10Edition.of("cifar10-jpeg"));
        assertThrows(IllegalArgumentException.class, () -> Cifar10Edition.of("cifar100"));
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }
}
