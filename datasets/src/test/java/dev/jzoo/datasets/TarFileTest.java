package dev.jzoo.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.DataFormatException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarFileTest {

    private static final byte[] SMALL = "small".getBytes();
    private static final byte[] BLOCK = new byte[512];
    private static final byte[] LARGE = CifarBytes.records(3, 1, 2, 3);

    @TempDir
    Path folder;

    private Path archive() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("small", SMALL);
        files.put("block", BLOCK);
        files.put("large", LARGE);
        return CifarBytes.tar(folder.resolve("a.tar.gz"), files);
    }

    @Test
    void filesComeInTheOrderAskedForWhateverTheirOrderInTheArchive() throws IOException {
        Map<String, byte[]> files = TarFile.read(archive(), List.of("large", "small"));
        assertEquals(List.of("large", "small"), List.copyOf(files.keySet()));
        assertArrayEquals(LARGE, files.get("large"));
        assertArrayEquals(SMALL, files.get("small"));
        assertArrayEquals(BLOCK, TarFile.read(archive(), List.of("block")).get("block"));
    }

    @Test
    void aFileThatIsNotThereIsNamed() throws IOException {
        Path archive = archive();
        var e = assertThrows(DataFormatException.class, () -> TarFile.read(archive, List.of("small", "medium")));
        assertEquals(archive + ": expected a file medium, found none", e.getMessage());
    }

    @Test
    void anArchiveThatEndsWithinAFileIsRefused() throws IOException {
        Path archive = altered(bytes -> Arrays.copyOf(bytes, 5 * 512 + 1024));
        var e = assertThrows(DataFormatException.class, () -> TarFile.read(archive, List.of("large")));
        assertEquals(archive + ": batches/large: the archive ends after 512 of 9219 bytes", e.getMessage());
    }

    @Test
    void aDamagedHeaderIsRefused() throws IOException {
        Path sum = altered(bytes -> {
            bytes[512]++;
            return bytes;
        });
        var e = assertThrows(DataFormatException.class, () -> TarFile.read(sum, List.of("small")));
        assertTrue(e.getMessage().contains("expected a tar header with the sum "), e.getMessage());
        Path digits = altered(bytes -> {
            bytes[512 + 124] = '8';
            bytes[512 + 125]--;
            return bytes;
        });
        assertThrows(DataFormatException.class, () -> TarFile.read(digits, List.of("small")));
    }

    @FunctionalInterface
    private interface Change {
        byte[] apply(byte[] bytes);
    }

    private Path altered(Change change) throws IOException {
        Path file = archive();
        byte[] bytes;
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            bytes = in.readAllBytes();
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(change.apply(bytes));
        }
        return file;
    }
}
