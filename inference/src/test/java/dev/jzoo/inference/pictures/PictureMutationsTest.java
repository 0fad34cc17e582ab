package dev.jzoo.inference.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.inference.Fixtures;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that randomly changed files are read or rejected with their fault, in bounded time. */
class PictureMutationsTest {

    private static final long[] EDGES = {
        0, 1, 2, 127, 128, 255, 256, 32767, 65535, 1 << 16, Integer.MAX_VALUE, 1L << 31, -1
    };

    /** Time for the largest accepted picture on a busy machine, in seconds. */
    private static final long MOST_SECONDS = 30;

    private static List<byte[]> seeds(String ending) throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (Path folder : List.of(
                Path.of("src/test/resources/cases/pictures/odd"),
                Fixtures.file("pictures/rgb.png").getParent())) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(f -> f.toString().endsWith("." + ending))
                        .sorted()
                        .toList()) {
                    seeds.add(Files.readAllBytes(file));
                }
            }
        }
        assertTrue(seeds.size() > 2, "files to change");
        return seeds;
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png", "gif", "bmp", "tif"})
    void changedFilesAreReadOrRefused(String ending) throws Exception {
        List<byte[]> seeds = seeds(ending);
        for (long number = 0; number < 600; number++) {
            requireReadOrRefused(ending, seeds, number);
        }
    }

    @Test
    @Tag("acceptance")
    void manyChangedFilesAreReadOrRefused() throws Exception {
        long first = Long.getLong("fuzz.seed", 20_261_130);
        long rounds = Long.getLong("fuzz.rounds", 20_000);
        System.out.println("first mutation: " + first);
        List<String> endings = List.of("jpg", "png", "gif", "bmp", "tif");
        List<List<byte[]>> seeds = new ArrayList<>();
        for (String ending : endings) {
            seeds.add(seeds(ending));
        }
        for (long number = first; number < first + rounds; number++) {
            int format = (int) (number % endings.size());
            requireReadOrRefused(endings.get(format), seeds.get(format), number);
        }
        System.out.println(rounds + " changed pictures");
    }

    private static void requireReadOrRefused(String ending, List<byte[]> seeds, long number) {
        byte[] file = changed(seeds, number);
        String what = ending + " " + number + ", " + HexFormat.of().formatHex(file, 0, Math.min(file.length, 200));
        long start = System.nanoTime();
        try {
            Picture picture = Picture.decode(file, "fuzzed");
            assertTrue(picture.height() > 0 && picture.width() > 0, what);
        } catch (DataFormatException e) {
            assertTrue(!e.getMessage().contains("structure cannot be read"), what + " " + e.getMessage());
            assertTrue(e.getMessage().startsWith("fuzzed: ") && e.getMessage().length() < 1000, e.getMessage());
        } catch (IOException | RuntimeException | Error e) {
            throw new AssertionError(what, e);
        }
        assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(MOST_SECONDS), what + " takes too long");
    }

    private static byte[] changed(List<byte[]> seeds, long number) {
        Random random = new Random(number * 31 + 7);
        byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            bytes = changed(bytes, random);
        }
        if (bytes.length > 8 && bytes[1] == 'P' && random.nextInt(4) > 0) {
            repairChecksums(bytes);
        }
        return bytes;
    }

    /** Changes random bytes. Half of them are near the start, where headers are. */
    private static byte[] changed(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return bytes;
        }
        int at = random.nextInt(random.nextBoolean() ? bytes.length : Math.min(bytes.length, 200));
        int length = 1 + random.nextInt(Math.min(40, bytes.length - at));
        switch (random.nextInt(6)) {
            case 0:
                return Arrays.copyOf(bytes, at);
            case 1:
                return joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + length, bytes.length));
            case 2:
                return joined(Arrays.copyOf(bytes, at + length), Arrays.copyOfRange(bytes, at, bytes.length));
            case 3:
                byte[] noise = new byte[length];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, bytes, at, length);
                return bytes;
            case 4:
                ByteBuffer edge = ByteBuffer.allocate(8)
                        .order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
                        .putLong(EDGES[random.nextInt(EDGES.length)]);
                int width = Math.min(1 << random.nextInt(3), bytes.length - at);
                int from = edge.order() == ByteOrder.BIG_ENDIAN ? 8 - width : 0;
                System.arraycopy(edge.array(), from, bytes, at, width);
                return bytes;
            default:
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                return bytes;
        }
    }

    private static byte[] joined(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length)
                .put(one)
                .put(other)
                .array();
    }

    private static void repairChecksums(byte[] png) {
        ByteBuffer file = ByteBuffer.wrap(png);
        for (int at = 8; at + 12 <= png.length; ) {
            int length = file.getInt(at);
            if (length < 0 || length > png.length - at - 12) {
                return;
            }
            CRC32 crc = new CRC32();
            crc.update(png, at + 4, length + 4);
            file.putInt(at + 8 + length, (int) crc.getValue());
            at += 12 + length;
        }
    }

    @Test
    void theSameNumberChangesAFileInTheSameWay() throws Exception {
        List<byte[]> seeds = seeds("png");
        assertEquals(HexFormat.of().formatHex(changed(seeds, 5)), HexFormat.of().formatHex(changed(seeds, 5)));
    }
}
