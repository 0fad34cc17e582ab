package dev.jzoo.export.dl4j.keras;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.dl4j.keras.reference.ReferenceModel;
import dev.jzoo.export.dl4j.keras.reference.ReferenceValue;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests files that DL4J's import misread or refused, each with an input and the result of Keras's definitions. */
class KerasCasesTest {

    /** An input and an output with their shapes, one line each. */
    record Expected(int[] inputShape, float[] input, int[] outputShape, float[] output) {
        static Expected read(Path file) throws IOException {
            List<String> lines = Files.readAllLines(file);
            return new Expected(ints(lines.get(0)), floats(lines.get(1)), ints(lines.get(2)), floats(lines.get(3)));
        }

        private static int[] ints(String line) {
            return Stream.of(line.trim().split(" ")).mapToInt(Integer::parseInt).toArray();
        }

        private static float[] floats(String line) {
            String[] words = line.trim().split(" ");
            float[] values = new float[words.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = Float.parseFloat(words[i]);
            }
            return values;
        }
    }

    private static Path folder() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(KerasCasesTest.class.getResource("/cases/keras"))
                .toURI());
    }

    static List<String> cases() throws Exception {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".txt"))
                    .map(name -> name.substring(0, name.length() - 4))
                    .sorted()
                    .toList();
        }
    }

    static void requireEqual(Path h5, Path txt) throws IOException {
        Expected expected = Expected.read(txt);
        ReferenceValue reference = ReferenceModel.outputs(
                        KerasFile.network(h5), List.of(ReferenceValue.of(expected.input(), expected.inputShape())))
                .get(0);
        assertArrayEquals(expected.outputShape(), reference.dims(), "the shape of the reference");
        assertArrayEquals(expected.output(), reference.data(), 2e-5f, "the reference");
        OnnxExporter.Exported exported = KerasFile.exporter(h5).export();
        assertTrue(exported.report().parity().agrees());
        try (OnnxModel model = OnnxModel.open(exported.file().toBytes(), "keras.onnx", Device.cpu())) {
            String input = exported.file().graph().inputs().get(0).name();
            long[] shape = Arrays.stream(expected.inputShape()).asLongStream().toArray();
            Tensor given = exported.file().graph().inputs().get(0).type() == DataType.INT32
                    ? Tensor.ofInts(ints(expected.input()), shape)
                    : Tensor.of(expected.input(), shape);
            Tensor result = model.run(Map.of(input, given))
                    .get(exported.file().graph().outputs().get(0).name());
            assertArrayEquals(
                    Arrays.stream(expected.outputShape()).asLongStream().toArray(), result.shape(), "the file's shape");
            assertArrayEquals(expected.output(), result.floats(), 2e-5f, "the file");
        }
    }

    private static int[] ints(float[] values) {
        int[] integers = new int[values.length];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = Math.round(values[i]);
        }
        return integers;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void fileAndReferenceGiveWhatKerasGives(String name) throws Exception {
        requireEqual(folder().resolve(name + ".h5"), folder().resolve(name + ".txt"));
    }

    @Test
    void convolutionAndBatchNormalisationOfSequencesAreExported() throws Exception {
        OnnxExporter.Exported exported =
                KerasFile.exporter(folder().resolve("conv1d_bn.h5")).export();
        assertTrue(exported.report().parity().agrees());
        assertEquals(
                "[batch, 24, 10]",
                Dimension.format(exported.file().graph().outputs().get(0).shape()));
    }

    @Test
    void largeRecurrentModelTakesSeconds() throws Exception {
        Instant begin = Instant.now();
        assertTrue(KerasFile.exporter(folder().resolve("lstm_50.h5"))
                .export()
                .report()
                .parity()
                .agrees());
        assertTrue(Duration.between(begin, Instant.now()).toSeconds() < 10);
    }
}
