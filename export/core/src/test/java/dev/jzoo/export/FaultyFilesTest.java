package dev.jzoo.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.export.verification.CheckResult;
import dev.jzoo.export.verification.ModelCheck;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares and verifies files that ONNX Runtime cannot or must not run. Nothing crashes, and no message names a
 * temporary path.
 */
class FaultyFilesTest {

    @TempDir
    Path folder;

    /** A reference whose output y is a function of input x. */
    private record FunctionReference(UnaryOperator<Tensor> function) implements Reference {

        @Override
        public Difference.Sides sides() {
            return Difference.Sides.FRAMEWORK;
        }

        @Override
        public Graph exposed(Graph graph) {
            return graph;
        }

        @Override
        public Map<String, Tensor> outputs(Map<String, Tensor> given, Map<String, Tensor> results) {
            return Map.of("y", function.apply(given.get("x")));
        }

        @Override
        public Map<String, Tensor> intermediates(Map<String, Tensor> given, Map<String, Tensor> results) {
            return Map.of();
        }
    }

    private static OnnxFile file(ValueInfo x, ValueInfo y, Map<String, TensorData> constants, Node node) {
        Graph graph = new Graph("g", List.of(x), List.of(y), constants, List.of(node), List.of());
        return OnnxFile.of(17, new OnnxFile.Producer("somebody", "1"), graph, Map.of());
    }

    private static OnnxFile recurrent(String operator, int gates, String... inputs) {
        Map<String, TensorData> weights = new LinkedHashMap<>();
        weights.put("W", TensorData.of(new float[gates * 3 * 5], 1, gates * 3, 5));
        weights.put("R", TensorData.of(new float[gates * 3 * 3], 1, gates * 3, 3));
        weights.put("B", TensorData.of(new float[2 * gates * 3], 1, 2 * gates * 3));
        ValueInfo x =
                new ValueInfo("x", DataType.FLOAT, List.of(Dimension.of("time"), Dimension.BATCH, Dimension.of(5)));
        ValueInfo y = new ValueInfo(
                "y", DataType.FLOAT, List.of(Dimension.of("time"), Dimension.of(1), Dimension.BATCH, Dimension.of(3)));
        Node node = new Node(
                operator,
                "",
                "layer",
                List.of(inputs),
                List.of("y"),
                new TreeMap<>(Map.of("hidden_size", new Attribute.Int(3))));
        return file(x, y, weights, node);
    }

    private static Parity parity(OnnxFile file, UnaryOperator<Tensor> function) throws IOException {
        ParityInputs examples = new ParityInputs(file.graph().inputs(), Map.of());
        return new ParityCheck(file, new FunctionReference(function), examples, Tolerance.strict()).run();
    }

    @ParameterizedTest
    @CsvSource({"RNN, 1", "GRU, 3", "LSTM, 4"})
    void swappedRecurrentWeightsAreRefusedBeforeTheRuntimeSeesThem(String operator, int gates) throws IOException {
        OnnxFile swapped = recurrent(operator, gates, "x", "B", "R", "W");
        Path path = folder.resolve("swapped.onnx");
        swapped.write(path);
        for (CheckResult check : ModelCheck.of(path)) {
            assertEquals(check.name().equals("card"), check.ok(), check.toString());
            assertTrue(
                    check.ok() || check.detail().contains(operator + " 'layer': W 'B' has the shape "), check.detail());
        }
        Parity parity = parity(swapped, x -> x);
        assertFalse(parity.agrees());
        assertTrue(
                parity.toString().contains("ONNX Runtime fails: the network: " + operator + " 'layer': W 'B' has the"),
                parity.toString());
        assertThrows(
                DataFormatException.class,
                () -> IntermediateValues.run(swapped, Map.of("x", Tensor.of(new float[5], 1, 1, 5)), Map.of()));
    }

    @Test
    void rightRecurrentWeightsAreRun() throws IOException {
        OnnxFile right = recurrent("LSTM", 4, "x", "W", "R", "B");
        Path path = folder.resolve("right.onnx");
        right.write(path);
        assertTrue(
                ModelCheck.of(path).stream().allMatch(CheckResult::ok),
                ModelCheck.of(path).toString());
    }

    @Test
    void whatCannotBeLoadedOrRunIsNamedByNoPathOfOurs() throws IOException {
        ValueInfo x = new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(2));
        Node untyped = new Node("Relu", "", "act", List.of("x"), List.of("y"), new TreeMap<>());
        OnnxFile wrongType = file(x, new ValueInfo("y", DataType.INT64, Dimension.batchOf(2)), Map.of(), untyped);
        Node product = new Node("MatMul", "", "mm", List.of("x", "x"), List.of("y"), new TreeMap<>());
        ValueInfo open = new ValueInfo("x", DataType.FLOAT, List.of(Dimension.BATCH, Dimension.of("n")));
        OnnxFile wrongShape = file(open, open.named("y"), Map.of(), product);
        for (OnnxFile file : List.of(wrongType, wrongShape)) {
            ParityInputs examples = new ParityInputs(file.graph().inputs(), Map.of());
            String said = parity(file, given -> given) + "\n"
                    + new FirstDifference(file, new FunctionReference(given -> given), examples, Tolerance.strict())
                            .find()
                            .orElse("");
            assertTrue(said.contains("ONNX Runtime fails: the network"), said);
            assertTrue(said.contains("The first node that differs could not be found: the network"), said);
            assertFalse(said.contains("jzoo-export") || said.contains(".onnx") || said.contains(".."), said);
        }
    }

    /** The file computes x + 1 in doubles. The reference adds a little less, which single precision cannot show. */
    @Test
    void theFirstDifferenceOfDoublesIsFoundWithTheirOwnTolerance() throws IOException {
        ValueInfo x = new ValueInfo("x", DataType.DOUBLE, Dimension.batchOf(2));
        ByteBuffer one =
                ByteBuffer.allocateDirect(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(0, 1);
        Node add = new Node("Add", "", "add", List.of("x", "one"), List.of("y"), new TreeMap<>());
        OnnxFile file = file(x, x.named("y"), Map.of("one", TensorData.of(DataType.DOUBLE, one)), add);
        UnaryOperator<Tensor> less = given -> {
            double[] values = given.doubles();
            for (int i = 0; i < values.length; i++) {
                values[i] += 1 - 1e-6;
            }
            return Tensor.ofDoubles(values, given.shape());
        };
        assertFalse(parity(file, less).agrees());
        ParityInputs examples = new ParityInputs(file.graph().inputs(), Map.of());
        Optional<String> first =
                new FirstDifference(file, new FunctionReference(less), examples, Tolerance.strict()).find();
        assertTrue(first.orElse("").contains("is written by Add 'add'"), first.toString());
    }
}
