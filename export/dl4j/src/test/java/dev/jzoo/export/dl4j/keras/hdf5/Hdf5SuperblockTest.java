package dev.jzoo.export.dl4j.keras.hdf5;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests superblocks written byte by byte from the specification. */
class Hdf5SuperblockTest {

    @TempDir
    private Path folder;

    /** Writes a file of {@code size} bytes whose superblock claims {@code end}. */
    private Path file(int version, int sizeOfOffsets, int at, int size, long end) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(at, "\u0089HDF\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
        bytes.put(at + 8, (byte) version);
        bytes.put(at + (version < 2 ? 13 : 9), (byte) sizeOfOffsets);
        // Version 1 has 4 bytes more than version 0 before the addresses; 2 and 3 are the same here.
        int addresses = version == 0 ? 24 : version == 1 ? 28 : 12;
        bytes.putLong(at + addresses + 16, end);
        return Files.write(folder.resolve("x.h5"), bytes.array());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "2, 0", "3, 0", "0, 512", "3, 2048"})
    void lengthIsThatOfTheSuperblock(int version, int at) throws IOException {
        Path file = file(version, 8, at, at + 100, at + 100);
        assertEquals(Optional.of(new Hdf5Superblock(0, at + 100, 0)), Hdf5Superblock.find(file));
        Hdf5Superblock.find(file).orElseThrow().requireWhole(file);
        Path cut = file(version, 8, at, at + 100, at + 101);
        var failure = assertThrows(
                DataFormatException.class,
                () -> Hdf5Superblock.find(cut).orElseThrow().requireWhole(cut));
        assertTrue(
                failure.getMessage()
                        .contains("expected " + (at + 101) + " bytes from its HDF5 superblock, found " + (at + 100)),
                failure::getMessage);
    }

    @Test
    void superblockThatIsNotUnderstoodIsLeftToTheLibrary() throws IOException {
        assertEquals(Optional.of(new Hdf5Superblock(0, 0, -1)), Hdf5Superblock.find(file(9, 8, 0, 100, 1000)));
        assertEquals(Optional.of(new Hdf5Superblock(0, 0, -1)), Hdf5Superblock.find(file(0, 4, 0, 100, 1000)));
    }

    @Test
    void signatureElsewhereIsNone() throws IOException {
        assertEquals(Optional.empty(), Hdf5Superblock.find(file(0, 8, 256, 400, 400)));
        assertEquals(Optional.empty(), Hdf5Superblock.find(Files.write(folder.resolve("empty"), new byte[0])));
    }
}
