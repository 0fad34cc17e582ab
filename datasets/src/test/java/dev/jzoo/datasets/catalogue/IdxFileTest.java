package dev.jzoo.datasets.catalogue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {

    private static final byte[] SIX = IdxBytes.of(8, new int[] {1, 2, 3}, new byte[] {0, 1, 2, 3, 127, -1});

    @TempDir
    Path folder;

    @Test
    void shapeAndValuesComeOutAsTheyWentIn() throws IOException {
        IdxFile file = IdxFile.read(IdxBytes.write(folder, "six.idx", SIX));
        assertEquals(List.of(1, 2, 3), file.shape());
        assertEquals(16, file.headerBytes());
        assertArrayEquals(new byte[] {0, 1, 2, 3, 127, -1}, file.values());
        assertEquals(folder.resolve("six.idx"), file.file());
    }

    @Test
    void aFileWithoutValuesIsReadIfItSaysSo() throws IOException {
        IdxFile file = IdxFile.read(IdxBytes.write(folder, "none.idx", IdxBytes.of(8, new int[] {0, 28})));
        assertEquals(List.of(0, 28), file.shape());
        assertEquals(0, file.values().length);
    }

    @Test
    void truncatedIdxFileIsRefusedNamingTheMissingByte() throws IOException {
        refused(
                Arrays.copyOf(SIX, 20),
                "byte 20: the file ends, expected 22 bytes: values [1, 2, 3] after a header of 16 bytes");
        refused(Arrays.copyOf(SIX, 15), "byte 15: the file ends, expected 16 bytes: a header for 3 dimensions");
        refused(
                Arrays.copyOf(SIX, 3),
                "byte 3: the file ends, expected 4 bytes: the four bytes at the start of an IDX file");
        refused(new byte[0], "byte 0: the file ends, expected 4 bytes: the four bytes at the start of an IDX file");
    }

    @Test
    void everyProperBeginningOfAFileIsRefusedNamingItsEnd() throws IOException {
        for (int length = 0; length < SIX.length; length++) {
            Path file = IdxBytes.write(folder, "cut.idx", Arrays.copyOf(SIX, length));
            String message = assertThrows(DataFormatException.class, () -> IdxFile.read(file))
                    .getMessage();
            assertEquals(file + ": byte " + length + ": the file ends", message.split(",")[0]);
        }
    }

    @Test
    void bytesBehindTheValuesAreRefused() throws IOException {
        refused(
                Arrays.copyOf(SIX, 25),
                "byte 22: expected the end of the file after values [1, 2, 3], found 3 more bytes");
    }

    @Test
    void aWrongBeginningIsRefused() throws IOException {
        byte[] wrong = SIX.clone();
        wrong[0] = 'P';
        refused(wrong, "byte 0: expected 00 00, the start of an IDX file, found 5000");
    }

    @Test
    void compressedFilesAreRefusedWithAdvice() throws IOException {
        refused(
                new byte[] {0x1f, (byte) 0x8b, 8, 0, 0},
                "byte 0: expected an IDX file, found gzip; decompress it first");
    }

    @Test
    void otherTypesThanUnsignedByteAreRefused() throws IOException {
        refused(IdxBytes.of(0x0d, new int[] {1}, new byte[4]), "byte 2: expected type 08 (unsigned byte), found 0d");
    }

    @Test
    void aFileWithoutDimensionsIsRefused() throws IOException {
        refused(IdxBytes.of(8, new int[0]), "byte 3: expected 1 or more dimensions, found 0");
    }

    @Test
    void sizesWhoseProductOverflowsAreRefusedNamingTheSize() throws IOException {
        // 65536 x 65536 is 0 in 32 bits, and 2^21 x 2^21 x 2^22 is 0 in 64
        refused(
                IdxBytes.of(8, new int[] {65536, 65536}),
                "byte 8: expected sizes that fit into an array, found [65536, 65536]");
        refused(
                IdxBytes.of(8, new int[] {1 << 21, 1 << 21, 1 << 22}),
                "byte 8: expected sizes that fit into an array, found [2097152, 2097152, 4194304]");
        refused(IdxBytes.of(8, new int[] {-1}), "byte 4: expected a size up to 2147483647, found 4294967295");
    }

    @Test
    void aHugeSizeInASmallFileIsRefusedWithoutTakingTheMemory() throws IOException {
        refused(
                IdxBytes.of(8, new int[] {2_000_000_000}),
                "byte 8: the file ends, expected 2000000008 bytes: values [2000000000] after a header of 8 bytes");
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = folder.resolve("missing.idx");
        var e = assertThrows(NoSuchFileException.class, () -> IdxFile.read(missing));
        assertEquals(missing.toString(), e.getFile());
    }

    private void refused(byte[] bytes, String problem) throws IOException {
        Path file = IdxBytes.write(folder, "wrong.idx", bytes);
        var e = assertThrows(DataFormatException.class, () -> IdxFile.read(file));
        assertEquals(file + ": " + problem, e.getMessage());
    }
}
