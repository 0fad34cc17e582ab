package dev.jzoo.export.scratch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.export.SourceNetwork;
import dev.jzoo.export.testing.BetweenLayers;
import dev.jzoo.export.testing.ContractFiles;
import dev.jzoo.export.testing.Coverage;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.SessionSettings;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.GraphChecker;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.DynamicTest;

/**
 * The contract of every layer: with random weights and statistics, each export follows ONNX's rules, and ONNX Runtime returns what the
 * layer returns, within 1e-5 (1e-8 for doubles), with optimisations off and on, at several batch sizes and lengths.
 */
final class ScratchContract {

    static final String SUITE = "From scratch";

    private static final double ALLOWED = 1e-5;
    /** In a file of doubles, where only attributes are floats. */
    private static final double ALLOWED_DOUBLE = 1e-8;

    private static final int SEEDS = 3;
    private static final int[] OPSETS = {13, 17, 23};
    /** Pairs of a batch size and the size of the other symbolic axes. */
    private static final int[][] SIZES = {{1, 5}, {3, 8}, {7, 2}};

    private final List<DynamicTest> tests = new ArrayList<>();
    private static int exports;
    private static long values;
    private static double largest;

    /** Adds a case, which is exported with three seeds at three opsets. */
    ScratchContract with(String name, Function<Random, NeuralLayer> layer, ValueInfo input) {
        tests.add(DynamicTest.dynamicTest(name, () -> {
            for (long seed = 1; seed <= SEEDS; seed++) {
                Random random = new Random(seed);
                NeuralLayer drawn = layer.apply(random);
                RandomLayers.randomise(drawn, random);
                for (int opset : OPSETS) {
                    check(drawn, input, opset, seed);
                }
            }
        }));
        return this;
    }

    List<DynamicTest> tests() {
        return tests;
    }

    /** Returns the number of exports and values that were compared, for people. */
    static String counts() {
        return "%s: %d exports, %d values compared with ONNX Runtime, largest difference %.1e"
                .formatted(SUITE, exports, values, largest);
    }

    private static void check(NeuralLayer layer, ValueInfo input, int opset, long seed) throws IOException {
        String part = layer.getClass().getSimpleName();
        try (SourceNetwork source = new ScratchFrontEnd().open(layer, List.of(input))) {
            GraphBuilder builder = new GraphBuilder(opset);
            builder.input(input);
            ValueInfo output = source.emit(builder, List.of(input.name())).get(0);
            builder.output(output);
            OnnxFile file =
                    OnnxFile.of(opset, new OnnxFile.Producer("contract", "1"), builder.build("contract"), Map.of());
            assertEquals(List.of(), GraphChecker.faults(file));
            for (SessionSettings.Optimisation level : SessionSettings.Optimisation.values()) {
                SessionSettings settings =
                        SessionSettings.standard().withThreads(1).withOptimisation(level);
                try (OnnxModel model = OnnxModel.open(file.toBytes(), "contract.onnx", Device.cpu(), settings)) {
                    compare(source, model, output, new Random(seed));
                }
            }
            exports++;
            if (seed == 1 && opset <= 17) {
                ContractFiles.SMALL.keep("scratch " + part, file);
            }
            if (opset == 17) {
                BetweenLayers.assertAgree(source);
                Coverage.note(SUITE, part, file);
            }
        }
    }

    private static void compare(SourceNetwork source, OnnxModel model, ValueInfo output, Random random) {
        for (int[] sizes : SIZES) {
            ValueInfo input = source.inputs().get(0);
            Tensor given = source.values(input)
                    .draw(
                            input,
                            axis -> axis.fixedSize().orElse(axis.equals(Dimension.BATCH) ? sizes[0] : sizes[1]),
                            random);
            Tensor expected = source.run(List.of(given)).get(0);
            Tensor actual = model.run(Map.of(input.name(), given)).get(output.name());
            assertArrayEquals(expected.shape(), actual.shape(), Arrays.toString(sizes));
            for (int axis = 0; axis < expected.shape().length; axis++) {
                assertTrue(output.shape().get(axis).accepts(actual.shape()[axis]), output.toString());
            }
            double[] ours = expected.numbers();
            double[] theirs = actual.numbers();
            double allowed = output.type() == DataType.DOUBLE ? ALLOWED_DOUBLE : ALLOWED;
            for (int i = 0; i < ours.length; i++) {
                assertEquals(ours[i], theirs[i], allowed, Arrays.toString(sizes) + ", value " + i);
                largest = Math.max(largest, Math.abs(ours[i] - theirs[i]));
            }
            values += ours.length;
        }
    }

    /** Returns an input of floats: a number is a fixed axis, a text a symbolic one. */
    static ValueInfo floats(Object... axes) {
        return input(DataType.FLOAT, axes);
    }

    /** Returns an input of a type: a number is a fixed axis, a text a symbolic one. */
    static ValueInfo input(DataType type, Object... axes) {
        List<Dimension> shape = Arrays.stream(axes)
                .map(axis -> axis instanceof Integer size ? Dimension.of(size) : Dimension.of((String) axis))
                .toList();
        return new ValueInfo("input", type, shape);
    }
}
