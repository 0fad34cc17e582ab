package dev.jzoo.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests of every opset with the same code: the builder writes the opset's form, and ONNX Runtime computes the same as plain
 * loops.
 */
class OpsetTest {

    private static final int ROWS = 4;
    private static final int COLUMNS = 6;
    private static final double SQRT_2 = Math.sqrt(2);

    /** x: [4, 6]. */
    private final float[] x = random();

    private static float[] random() {
        Random random = new Random(3);
        float[] values = new float[ROWS * COLUMNS];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private interface Formula {
        double of(double value);
    }

    private void assertEach(Map<String, Tensor> results, String name, Formula formula) {
        float[] actual = results.get(name).floats();
        for (int i = 0; i < x.length; i++) {
            assertEquals(formula.of(x[i]), actual[i], 1e-5, name + " of " + x[i]);
        }
    }

    private static void output(GraphBuilder graph, String value, String name, int rank) {
        DataType type = name.equals("columns") ? DataType.INT64 : DataType.FLOAT;
        graph.output(new ValueInfo(
                graph.rename(value, name), type, Collections.nCopies(rank, new Dimension.UnknownDimension())));
    }

    private static OnnxFile file(GraphBuilder graph) {
        OnnxFile file =
                OnnxFile.of(graph.opset(), new OnnxFile.Producer("test", ""), graph.build("g"), new TreeMap<>());
        assertEquals(List.of(), GraphChecker.faults(file));
        return file;
    }

    private Map<String, Tensor> run(GraphBuilder graph) throws IOException {
        try (OnnxModel model = OnnxModel.open(file(graph).toBytes(), "opset " + graph.opset(), Device.cpu())) {
            return model.run(Map.of("x", Tensor.of(x, ROWS, COLUMNS)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23})
    void everyActivationComputesItsFormula(int opset) throws IOException {
        GraphBuilder graph = new GraphBuilder(opset);
        graph.input(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(COLUMNS)));
        graph.scope("act");
        output(graph, graph.op("Gelu", "x").emit(), "gelu", 2);
        output(graph, graph.op("Gelu", "x").text("approximate", "tanh").emit(), "gelu_tanh", 2);
        output(graph, graph.op("Mish", "x").emit(), "mish", 2);
        output(graph, graph.op("HardSwish", "x").emit(), "hard_swish", 2);
        Map<String, Tensor> results = run(graph);
        assertEach(
                results,
                "gelu_tanh",
                v -> v / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v * v * v))));
        assertEach(results, "mish", v -> v * Math.tanh(Math.log1p(Math.exp(v))));
        assertEach(results, "hard_swish", v -> v * Math.max(0, Math.min(1, v / 6 + 0.5)));
        assertEach(results, "gelu", v -> v / 2 * (1 + erf(v / SQRT_2)));
    }

    /** The integral of the bell curve, by Simpson's rule. */
    private static double erf(double z) {
        int steps = 400;
        double h = z / steps;
        double sum = 1 + Math.exp(-z * z);
        for (int i = 1; i < steps; i++) {
            sum += (i % 2 == 0 ? 2 : 4) * Math.exp(-(i * h) * (i * h));
        }
        return 2 / Math.sqrt(Math.PI) * sum * h / 3;
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23})
    void layerNormalizationIsOverTheLastAxis(int opset) throws IOException {
        GraphBuilder graph = new GraphBuilder(opset);
        graph.input(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(COLUMNS)));
        graph.weight("scale", TensorData.of(new float[] {1, 2, 3, 4, 5, 6}, COLUMNS));
        graph.weight("bias", TensorData.of(new float[] {6, 5, 4, 3, 2, 1}, COLUMNS));
        output(
                graph,
                graph.op("LayerNormalization", "x", "scale", "bias")
                        .real("epsilon", 1e-3)
                        .emit(),
                "y",
                2);
        output(graph, graph.op("LayerNormalization", "x", "scale").emit(), "z", 2);
        float[] actual = run(graph).get("y").floats();
        for (int row = 0; row < ROWS; row++) {
            double mean = 0;
            double square = 0;
            for (int i = 0; i < COLUMNS; i++) {
                mean += x[row * COLUMNS + i] / (double) COLUMNS;
            }
            for (int i = 0; i < COLUMNS; i++) {
                square += Math.pow(x[row * COLUMNS + i] - mean, 2) / COLUMNS;
            }
            for (int i = 0; i < COLUMNS; i++) {
                double normal = (x[row * COLUMNS + i] - mean) / Math.sqrt(square + 1e-3);
                assertEquals(normal * (i + 1) + 6 - i, actual[row * COLUMNS + i], 1e-4);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23})
    void axesAndPartsMayBeWrittenAsAttributesOrAsInputs(int opset) throws IOException {
        GraphBuilder graph = new GraphBuilder(opset);
        graph.input(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(COLUMNS)));
        output(
                graph,
                graph.op("ReduceMax", "x")
                        .ints("axes", 1)
                        .integer("keepdims", 0)
                        .emit(),
                "max",
                1);
        output(
                graph,
                graph.op("ReduceMean", "x", graph.constant(1L))
                        .integer("keepdims", 0)
                        .emit(),
                "mean",
                1);
        output(
                graph,
                graph.op("ReduceSum", "x")
                        .ints("axes", 1)
                        .integer("keepdims", 0)
                        .emit(),
                "sum",
                1);
        output(graph, graph.op("Split", "x").integer("axis", 1).emit(3).get(1), "part", 2);
        output(
                graph,
                graph.op("Split", "x")
                        .ints("split", 1, 5)
                        .integer("axis", 1)
                        .emit(2)
                        .get(0),
                "first",
                2);
        output(graph, graph.op("Pad", "x", graph.constant(0, 1, 0, 0)).emit(), "padded", 2);
        output(
                graph,
                graph.op("Squeeze", graph.op("Unsqueeze", "x").ints("axes", 0).emit())
                        .ints("axes", 0)
                        .emit(),
                "same",
                2);
        output(graph, graph.op("Shape", "x").integer("start", 1).emit(), "columns", 1);
        Map<String, Tensor> results = run(graph);
        assertArrayEquals(new long[] {COLUMNS}, results.get("columns").longs());
        assertArrayEquals(x, results.get("same").floats());
        assertArrayEquals(new long[] {ROWS, COLUMNS + 1}, results.get("padded").shape());
        for (int row = 0; row < ROWS; row++) {
            double sum = 0;
            double max = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < COLUMNS; i++) {
                sum += x[row * COLUMNS + i];
                max = Math.max(max, x[row * COLUMNS + i]);
            }
            assertEquals(max, results.get("max").floats()[row]);
            assertEquals(sum, results.get("sum").floats()[row], 1e-5);
            assertEquals(sum / COLUMNS, results.get("mean").floats()[row], 1e-5);
            assertEquals(x[row * COLUMNS + 3], results.get("part").floats()[row * 2 + 1]);
            assertEquals(x[row * COLUMNS], results.get("first").floats()[row]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23})
    void settingsAtTheirDefaultMayBeWrittenBeforeOnnxHadThem(int opset) throws IOException {
        GraphBuilder graph = new GraphBuilder(opset);
        graph.input(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(COLUMNS)));
        String image = graph.op("Reshape", "x", graph.constant(1, 1, -1, COLUMNS))
                .integer("allowzero", 0)
                .emit();
        String pooled = graph.op("AveragePool", image)
                .ints("kernel_shape", 2, 2)
                .ints("strides", 2, 2)
                .ints("dilations", 1, 1)
                .emit();
        String scales = graph.constant(TensorData.of(new float[] {1, 1, 2, 2}, 4));
        String large = graph.op("Resize", pooled, "", scales)
                .text("mode", "nearest")
                .text("coordinate_transformation_mode", "asymmetric")
                .text("nearest_mode", "floor")
                .integer("antialias", 0)
                .emit();
        output(graph, large, "y", 4);
        float[] actual = run(graph).get("y").floats();
        for (int i = 0; i < x.length; i++) {
            int corner = i / COLUMNS / 2 * 2 * COLUMNS + i % COLUMNS / 2 * 2;
            float sum = x[corner] + x[corner + 1] + x[corner + COLUMNS] + x[corner + COLUMNS + 1];
            assertEquals(sum / 4, actual[i], 1e-6);
        }
    }

    @Test
    void whatAnOpsetCannotSayIsRefused() {
        GraphBuilder old = new GraphBuilder(18);
        old.input(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(1, 8, 8)));
        assertFalse(old.supports("AveragePool", "dilations"));
        assertTrue(new GraphBuilder(19).supports("AveragePool", "dilations"));
        assertTrue(old.supports("Gelu"));
        assertFalse(old.supports("AffineGrid"));
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> old.op("AveragePool", "x")
                .ints("kernel_shape", 2, 2)
                .ints("dilations", 2, 2)
                .emit());
        assertTrue(e.getMessage().contains("version 11 has no attribute 'dilations'"), e.getMessage());
    }

    @Test
    void compositesAreNamedUnderTheOperatorThatTheyStandFor() {
        GraphBuilder graph = new GraphBuilder(17);
        graph.input(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(3)));
        assertEquals(
                "/head/act/Mish_output_0",
                graph.scope("head/act").op("Mish", "x").emit());
        assertEquals(
                List.of("/head/act/Mish/Softplus", "/head/act/Mish/Tanh", "/head/act/Mish/Mul"),
                graph.build("g").nodes().stream().map(Node::name).toList());
        assertEquals("/head/act/Relu", graph.op("Relu", "x").emit().replace("_output_0", ""));
    }

    @Test
    void eachOpsetHasTheFileFormatOfItsRelease() {
        List<Long> versions = List.of(13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23).stream()
                .map(OnnxFile::irVersion)
                .toList();
        assertEquals(List.of(7L, 7L, 8L, 8L, 8L, 8L, 9L, 9L, 10L, 10L, 11L), versions);
        assertThrows(IllegalArgumentException.class, () -> new GraphBuilder(12));
        assertThrows(IllegalArgumentException.class, () -> new GraphBuilder(24));
    }
}
