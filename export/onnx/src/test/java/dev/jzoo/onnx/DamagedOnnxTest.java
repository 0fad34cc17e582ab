package dev.jzoo.onnx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.onnx.passes.GraphCost;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests that damaged ONNX files are read, shown, counted and checked, or rejected with a DataFormatException and nothing
 * else.
 */
class DamagedOnnxTest {

    private static final byte[] EDGES = {0, 1, -1, 127, -128, 8, 16, 26, 58, 64};

    private static List<byte[]> files() throws IOException {
        List<byte[]> files = new ArrayList<>();
        try (Stream<Path> cases = Files.list(Path.of("src/test/resources/cases/onnx"))) {
            for (Path file : cases.filter(file -> file.toString().endsWith(".onnx"))
                    // a million nodes are rejected, but only after some time
                    .filter(file -> !file.endsWith("functions-bomb.onnx"))
                    .sorted()
                    .toList()) {
                files.add(Files.readAllBytes(file));
            }
        }
        return files;
    }

    @Test
    void aFewThousandDamagesAreReadOrRefused() throws IOException {
        damage(1, 6_000);
    }

    @Test
    @Tag("acceptance")
    void manyDamagesAreReadOrRefused() throws IOException {
        damage(Long.getLong("fuzz.seed", 20_261_130), Long.getLong("fuzz.rounds", 100_000));
    }

    private static void damage(long seed, long rounds) throws IOException {
        System.out.println("Damages of ONNX files from seed " + seed);
        List<byte[]> files = files();
        Random random = new Random(seed);
        long refused = 0;
        long read = 0;
        for (long i = 0; i < rounds; i++) {
            byte[] damaged = files.get(random.nextInt(files.size())).clone();
            for (int damages = 1 + random.nextInt(3); damages > 0; damages--) {
                damaged = damaged(damaged, random);
            }
            try {
                look(damaged);
                read++;
            } catch (DataFormatException e) {
                assertTrue(e.getMessage().startsWith("damaged: "), e.getMessage());
                refused++;
            } catch (IOException | RuntimeException | Error e) {
                throw new AssertionError("round " + i + " of seed " + seed, e);
            }
        }
        assertTrue(refused > 0 && read > 0, read + " read, " + refused + " refused");
    }

    private static void look(byte[] damaged) throws IOException {
        OnnxOutline outline = OnnxOutline.read("damaged", damaged);
        GraphCost.of(outline.file().graph());
        GraphChecker.faults(outline.file());
        OnnxFile.read("damaged", damaged);
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        int length = 1 + random.nextInt(Math.min(16, bytes.length - at));
        byte[] changed = bytes.clone();
        switch (random.nextInt(5)) {
            case 0 -> changed[at] = EDGES[random.nextInt(EDGES.length)];
            case 1 -> changed[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> changed[at] += (byte) (random.nextBoolean() ? 1 : -1);
            case 3 -> System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), changed, at, length);
            default -> changed = Arrays.copyOf(bytes, Math.max(1, at));
        }
        return changed;
    }
}
