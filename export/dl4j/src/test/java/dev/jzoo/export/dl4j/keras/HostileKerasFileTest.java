package dev.jzoo.export.dl4j.keras;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.dl4j.keras.model.RandomModels;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests damaged and forged files: they must fail clearly, within limits of time and memory, and never with an Error.
 */
class HostileKerasFileTest {

    @TempDir
    private Path folder;

    private static byte[] bytes(String name) throws IOException, URISyntaxException {
        return Files.readAllBytes(
                Path.of(Objects.requireNonNull(HostileKerasFileTest.class.getResource("/keras/" + name))
                        .toURI()));
    }

    /** Reads a file, and exports it in memory if it can be read. Any other exception fails the test. */
    private void tryToExport(byte[] content, String said) throws IOException {
        Path file = Files.write(folder.resolve("hostile.h5"), content);
        try {
            KerasFile.exporter(file).report();
        } catch (IOException | JZooException | IllegalArgumentException e) {
            assertTrue(e.getMessage() != null && !e.getMessage().isBlank(), said);
        } catch (Throwable e) {
            fail(said, e);
        }
    }

    private void mutate(int count, long seed) throws Exception {
        Random random = new Random(seed);
        List<String> names = List.of("images.h5", "branches.h5", "words.h5", "layers/masked_concatenate.h5");
        for (int i = 0; i < count; i++) {
            String name = names.get(i % names.size());
            byte[] content = bytes(name);
            for (int k = 0; k <= random.nextInt(4); k++) {
                int at = random.nextInt(random.nextBoolean() ? content.length : Math.min(content.length, 4096));
                content[at] = (byte) (random.nextInt(3) == 0 ? 0xff : random.nextInt(256));
            }
            tryToExport(content, "mutation " + i + " of seed " + seed + " in " + name);
        }
    }

    @Test
    void mutatedFilesFailClearly() throws Exception {
        mutate(600, 15);
    }

    /** The tree of the root group is replaced by a chain of nodes, each the only child of the one before. */
    @Test
    void aGroupOfAHundredThousandLevelsIsRefused() throws Exception {
        byte[] content = bytes("images.h5");
        int tree = indexOf(content, "TREE".getBytes(StandardCharsets.US_ASCII));
        int levels = 100_000;
        ByteBuffer file = ByteBuffer.allocate(content.length + 48 * levels).order(ByteOrder.LITTLE_ENDIAN);
        file.put(content);
        for (int i = 0; i + Long.BYTES <= content.length; i++) {
            if (file.getLong(i) == tree) {
                file.putLong(i, content.length);
            }
        }
        for (int level = 1; level <= levels; level++) {
            file.put("TREE".getBytes(StandardCharsets.US_ASCII))
                    .putShort((short) 0)
                    .putShort((short) 1);
            file.putLong(-1)
                    .putLong(-1)
                    .putLong(0)
                    .putLong(content.length + 48L * level)
                    .putLong(0);
        }
        Path deep = Files.write(folder.resolve("deep.h5"), file.array());
        DataFormatException e = assertThrows(DataFormatException.class, () -> KerasFile.network(deep));
        assertTrue(e.getMessage().contains("too deep"), e.getMessage());
    }

    private static int indexOf(byte[] content, byte[] wanted) {
        return new String(content, StandardCharsets.ISO_8859_1)
                .indexOf(new String(wanted, StandardCharsets.ISO_8859_1));
    }

    /** A seed with which the layout of a dataset was cut short in mutation 122. */
    @Test
    void aLayoutThatIsCutShortFailsClearly() throws Exception {
        mutate(123, 25287276955729L);
    }

    @Test
    @Tag("acceptance")
    void manyMutatedFilesFailClearly() throws Exception {
        long seed = Long.getLong("fuzz.seed", 20_261_130);
        System.out.println("Keras mutations of seed " + seed);
        mutate(Integer.getInteger("fuzz.rounds", 20_000), seed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"images.h5", "words.h5"})
    void truncatedFilesFailClearly(String name) throws Exception {
        byte[] whole = bytes(name);
        for (int length = 0; length < whole.length; length += 97) {
            Path file = Files.write(folder.resolve("cut.h5"), Arrays.copyOf(whole, length));
            assertThrows(DataFormatException.class, () -> KerasFile.network(file), "cut at " + length);
        }
    }

    @Test
    void shapeOfMoreElementsThanTheFileHoldsIsRefused() throws Exception {
        byte[] content = bytes("images.h5");
        ByteBuffer dims = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(60)
                .putLong(4);
        int at = new String(content, StandardCharsets.ISO_8859_1)
                .indexOf(new String(dims.array(), StandardCharsets.ISO_8859_1));
        ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putLong(at, 1L << 28);
        Path file = Files.write(folder.resolve("large.h5"), content);
        var failure = assertThrows(DataFormatException.class, () -> KerasFile.network(file));
        assertTrue(failure.getMessage().contains("/dense"), failure::getMessage);
    }

    @Test
    void deepConfigurationIsRefused() throws Exception {
        String text = new String(bytes("images.h5"), StandardCharsets.ISO_8859_1);
        int begin = text.indexOf("{\"class_name\"");
        String deep = text.substring(0, begin) + "[".repeat(500) + text.substring(begin + 500);
        Path file = Files.write(folder.resolve("deep.h5"), deep.getBytes(StandardCharsets.ISO_8859_1));
        var failure = assertThrows(DataFormatException.class, () -> KerasFile.network(file));
        assertTrue(failure.getMessage().contains("expected at most 100 levels"), failure::getMessage);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"class_name\": \"UpSampling2D\", \"config\": {\"name\": \"a\", \"size\": [9999, 9999]}}",
                "{\"class_name\": \"UpSampling2D\", \"config\": {\"name\": \"a\", \"size\": [9, 9, 9]}}",
                "{\"class_name\": \"ZeroPadding2D\", \"config\": {\"name\": \"a\", \"padding\": [[9999999, 9], [9999999, 9]]}}",
                "{\"class_name\": \"Cropping2D\", \"config\": {\"name\": \"a\", \"cropping\": [[3, 3], [0, 0]]}}",
                "{\"class_name\": \"Cropping2D\", \"config\": {\"name\": \"a\", \"cropping\": [[-3, 3], [0, 0]]}}",
                "{\"class_name\": \"Reshape\", \"config\": {\"name\": \"a\", \"target_shape\": [-1, -1]}}",
                "{\"class_name\": \"Reshape\", \"config\": {\"name\": \"a\", \"target_shape\": [7, 7]}}",
                "{\"class_name\": \"Permute\", \"config\": {\"name\": \"a\", \"dims\": [1, 1, 2]}}",
                "{\"class_name\": \"MaxPooling2D\", \"config\": {\"name\": \"a\", \"pool_size\": [0, 2]}}",
                "{\"class_name\": \"MaxPooling2D\", \"config\": {\"name\": \"a\", \"pool_size\": [9, 9]}}",
                "{\"class_name\": \"MaxPooling2D\", \"config\": {\"name\": \"a\", \"pool_size\": [2]}}",
                "{\"class_name\": \"Softmax\", \"config\": {\"name\": \"a\", \"axis\": 9}}",
                "{\"class_name\": \"Softmax\", \"config\": {\"name\": \"a\", \"axis\": [1, 2]}}",
                "{\"class_name\": \"MaxPooling2D\", \"config\": {\"name\": \"a\", \"pool_size\": [[2], [2]]}}",
                "{\"class_name\": \"ZeroPadding2D\", \"config\": {\"name\": \"a\", \"padding\": [1, 2, 3]}}",
                "{\"class_name\": \"ZeroPadding2D\", \"config\": {\"name\": \"a\", \"padding\": [[1, 2, 3], [1, 2]]}}",
                "{\"class_name\": \"ELU\", \"config\": {\"name\": \"a\", \"alpha\": [1]}}",
                "{\"class_name\": \"Dropout\", \"config\": [1]}",
                "{\"class_name\": \"TimeDistributed\", \"config\": {\"name\": \"a\"}}",
                "{\"class_name\": \"Bidirectional\", \"config\": {\"name\": \"a\", \"layer\": 3, \"merge_mode\": \"sum\"}}",
                "{\"class_name\": \"Functional\", \"config\": {\"name\": \"a\", \"layers\": []}}",
                "{\"class_name\": \"Sequential\", \"config\": []}"
            })
    void settingsThatCannotBeAreRefusedNamingTheLayer(String layer) {
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            var failure = assertThrows(Exception.class, () -> OnnxExporter.of(
                            RandomModels.read(RandomModels.sequential(new int[] {4, 5, 6}, layer)))
                    .report());
            assertTrue(failure instanceof JZooException || failure instanceof DataFormatException, failure::toString);
            assertTrue(
                    failure.getMessage().contains("a") && !failure.getMessage().contains("Exception"),
                    failure::getMessage);
        });
    }
}
