package dev.jzoo.datasets.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarJpegsTest {

    private static final Sha256 UNKNOWN = Sha256.of(new byte[0]);

    @TempDir
    Path folder;

    /** Compression hardly changes a single-colour picture. */
    @Test
    void picturesAreDecodedToRecords() throws IOException {
        Map<Integer, Integer> colours = new LinkedHashMap<>();
        colours.put(4, 0xff8000);
        colours.put(2, 0x102030);
        Path zip = zip(CifarBytes.jpegs(32, colours));
        Sha256 digest = found(assertThrows(JZooException.class, () -> read(zip, UNKNOWN)));
        byte[] records = read(zip, digest);
        assertEquals(2 * 3073, records.length);
        assertEquals(4, records[0]);
        assertEquals(2, records[3073]);
        int[] expected = {0xff, 0x80, 0, 0x10, 0x20, 0x30};
        for (int plane = 0; plane < 6; plane++) {
            for (int p = 0; p < 1024; p++) {
                int value = records[plane / 3 * 3073 + 1 + plane % 3 * 1024 + p] & 255;
                assertEquals(expected[plane], value, 4, "plane " + plane);
            }
        }
    }

    @Test
    void otherPixelsThanThoseOfTheDigestAreRefused() throws IOException {
        Path zip = zip(CifarBytes.jpegs(32, Map.of(4, 0xff8000)));
        var e = assertThrows(JZooException.class, () -> read(zip, UNKNOWN));
        assertEquals(JZooException.Code.INTEGRITY, e.code());
        assertTrue(
                e.getMessage().startsWith("Cannot use the pictures of test_batch.bin: they were decoded to" + " bytes"),
                e.getMessage());
    }

    @Test
    void anEntryCutShortIsRefusedNamingThePictureAndTheByte() throws IOException {
        byte[] entry = CifarBytes.jpegs(32, Map.of(4, 0xff8000));
        byte[] two = Arrays.copyOf(entry, entry.length + 2);
        Path zip = zip(two);
        var e = assertThrows(DataFormatException.class, () -> read(zip, UNKNOWN));
        assertEquals(
                zip + "!test_batch.jpgs: picture 1 (byte " + entry.length + "): expected a label, a length and a JPEG"
                        + " file, found the end after 2 bytes",
                e.getMessage());
        Path shorter = zip(Arrays.copyOf(entry, entry.length - 1));
        assertThrows(DataFormatException.class, () -> read(shorter, UNKNOWN));
    }

    @Test
    void whatIsNoPictureOf32PixelsIsRefusedNamingIt() throws IOException {
        Path large = zip(CifarBytes.jpegs(33, Map.of(4, 0xff8000)));
        var e = assertThrows(DataFormatException.class, () -> read(large, UNKNOWN));
        assertTrue(
                e.getMessage().contains("picture 0 (byte 0)") && e.getMessage().contains("33 x 33"), e.getMessage());
        Path noise = zip(new byte[] {1, 0, 2, 77, 77});
        assertThrows(DataFormatException.class, () -> read(noise, UNKNOWN));
    }

    @Test
    void aMissingEntryIsNamed() throws IOException {
        Path zip = CifarBytes.zip(folder.resolve("b.zip"), "something", new byte[1]);
        var e = assertThrows(DataFormatException.class, () -> read(zip, UNKNOWN));
        assertEquals(zip + ": expected an entry test_batch.jpgs, found none", e.getMessage());
    }

    private Path zip(byte[] entry) throws IOException {
        return CifarBytes.zip(folder.resolve("a.zip"), "test_batch.jpgs", entry);
    }

    private static byte[] read(Path zip, Sha256 digest) throws IOException {
        return CifarJpegs.read(zip, Map.of("test_batch.bin", digest)).get("test_batch.bin");
    }

    private static Sha256 found(JZooException e) {
        Matcher digest = Pattern.compile("SHA-256 ([0-9a-f]{64})").matcher(e.getMessage());
        assertTrue(digest.find(), e.getMessage());
        return new Sha256(digest.group(1));
    }
}
