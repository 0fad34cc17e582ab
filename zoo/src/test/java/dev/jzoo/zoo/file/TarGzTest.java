package dev.jzoo.zoo.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarGzTest {

    private static final byte[] SMALL = "small".getBytes();
    private static final byte[] BLOCK = new byte[512];
    private static final byte[] LARGE = new byte[9219];

    static {
        new Random(3).nextBytes(LARGE);
    }

    @TempDir
    Path folder;

    private Path archive() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("small", SMALL);
        files.put("block", BLOCK);
        files.put("large", LARGE);
        return tar(folder.resolve("a.tar.gz"), files);
    }

    @Test
    void filesComeInTheOrderAskedForWhateverTheirOrderInTheArchive() throws IOException {
        Map<String, byte[]> files = TarGz.read(archive(), List.of("large", "small"));
        assertEquals(List.of("large", "small"), List.copyOf(files.keySet()));
        assertArrayEquals(LARGE, files.get("large"));
        assertArrayEquals(SMALL, files.get("small"));
        assertArrayEquals(BLOCK, TarGz.read(archive(), List.of("block")).get("block"));
    }

    @Test
    void aFileThatIsNotThereIsNamed() throws IOException {
        Path archive = archive();
        var e = assertThrows(DataFormatException.class, () -> TarGz.read(archive, List.of("small", "medium")));
        assertEquals(archive + ": expected a file medium, found none", e.getMessage());
    }

    @Test
    void anArchiveThatEndsWithinAFileIsRefused() throws IOException {
        Path archive = altered(bytes -> Arrays.copyOf(bytes, 5 * 512 + 1024));
        var e = assertThrows(DataFormatException.class, () -> TarGz.read(archive, List.of("large")));
        assertEquals(archive + ": batches/large: the archive ends after 512 of 9219 bytes", e.getMessage());
    }

    @Test
    void aDamagedHeaderIsRefused() throws IOException {
        Path sum = altered(bytes -> {
            bytes[512]++;
            return bytes;
        });
        var e = assertThrows(DataFormatException.class, () -> TarGz.read(sum, List.of("small")));
        assertTrue(e.getMessage().contains("expected a tar header with the sum "), e.getMessage());
        Path digits = altered(bytes -> {
            bytes[512 + 124] = '8';
            bytes[512 + 125]--;
            return bytes;
        });
        assertThrows(DataFormatException.class, () -> TarGz.read(digits, List.of("small")));
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        Path small = Files.write(folder.resolve("s"), SMALL);
        Path large = Files.write(folder.resolve("l"), LARGE);
        Path archive = folder.resolve("b.tar.gz");
        TarGz.write(new TreeMap<>(Map.of("größe", small, "set/large", large)), Files.newOutputStream(archive));
        Map<String, byte[]> files = TarGz.read(archive, List.of("large", "größe"));
        assertArrayEquals(LARGE, files.get("large"));
        assertArrayEquals(SMALL, files.get("größe"));
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

    /** Writes an archive with these files in a folder, following the description in POSIX. */
    private static Path tar(Path file, Map<String, byte[]> files) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(header("batches/", 0));
            for (Map.Entry<String, byte[]> entry : files.entrySet()) {
                out.write(header("batches/" + entry.getKey(), entry.getValue().length));
                out.write(entry.getValue());
                out.write(new byte[(512 - entry.getValue().length % 512) % 512]);
            }
            out.write(new byte[1024]);
        }
        return file;
    }

    private static byte[] header(String name, int size) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 124, "%011o".formatted(size));
        put(header, 148, "        ");
        int sum = 0;
        for (byte b : header) {
            sum += b & 255;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
