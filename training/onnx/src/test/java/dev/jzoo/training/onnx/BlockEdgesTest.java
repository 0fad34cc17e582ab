package dev.jzoo.training.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Half;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.training.Compute;
import dev.jzoo.training.djl.DjlEngine;
import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What few files have, and what went wrong once. */
class BlockEdgesTest {

    private final Map<String, TensorData> constants = new LinkedHashMap<>();
    private NDManager manager;

    @BeforeEach
    void startEngine() {
        new DjlEngine().start(Compute.standard(), 1);
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void closeArrays() {
        manager.close();
    }

    private static Node node(String opType, List<String> inputs, String output, Map<String, Attribute> attributes) {
        return new Node(opType, "", "", inputs, List.of(output), new TreeMap<>(attributes));
    }

    private static ValueInfo value(String name, long... dims) {
        return new ValueInfo(name, DataType.FLOAT, Dimension.shape(dims));
    }

    private OnnxFile file(ValueInfo input, ValueInfo output, Node... nodes) {
        Graph graph = new Graph("edge", List.of(input), List.of(output), constants, List.of(nodes), List.of());
        SortedMap<String, Long> opsets = new TreeMap<>(Map.of("", 17L));
        return new OnnxFile(8, opsets, new OnnxFile.Producer("a test", ""), graph, new TreeMap<>());
    }

    private String constant(String name, long... dims) {
        int count = 1;
        for (long dim : dims) {
            count *= (int) dim;
        }
        constants.put(name, Passes.floats(count, dims, new Random(name.hashCode())));
        return name;
    }

    private OnnxBlock block(OnnxFile file) {
        return Passes.initialised(OnnxBlock.of(file), manager);
    }

    private double[] descend(OnnxBlock block, TensorData x) {
        return Training.descend(block, manager, List.of(x), y -> y.mul(y).sum(), 0.02f, 4);
    }

    @Test
    void aWeightThatIsGivenOutAsItIsHasAGradient() {
        constant("table", 5, 3);
        OnnxFile file =
                file(value("x", 2, 5), value("table", 5, 3), node("MatMul", List.of("x", "table"), "unused", Map.of()));
        OnnxBlock whole =
                block(file.withGraph(file.graph().withOutputs(List.of(value("table", 5, 3), value("unused", 2, 3)))));
        double[] losses = descend(whole, Passes.floats(10, new long[] {2, 5}, new Random(1)));
        assertTrue(losses[3] < losses[0]);
    }

    @Test
    void aHalfWeightBehindTwoCastsIsOneWeight() throws IOException {
        ByteBuffer halves = ByteBuffer.allocate(2 * 9).order(ByteOrder.LITTLE_ENDIAN);
        Random random = new Random(2);
        for (int i = 0; i < 9; i++) {
            halves.putShort(Half.of(random.nextFloat() - 0.5f));
        }
        constants.put("w", TensorData.of(DataType.FLOAT16, halves.flip(), 3, 3));
        Map<String, Attribute> single = Map.of("to", new Attribute.Int(DataType.FLOAT.code()));
        OnnxFile file = file(
                value("x", 2, 3),
                value("y", 2, 3),
                node("Cast", List.of("w"), "w1", single),
                node("Cast", List.of("w"), "w2", single),
                node("MatMul", List.of("x", "w1"), "h", Map.of()),
                node("MatMul", List.of("h", "w2"), "y", Map.of()));
        OnnxBlock block = block(file);
        assertEquals(1, block.getParameters().size());
        TensorData x = Passes.floats(6, new long[] {2, 3}, new Random(1));
        assertArrayEquals(file.toBytes(), block.written().toBytes());
        double[] losses = descend(block, x);
        assertTrue(losses[3] < losses[0]);
        Passes.assertClose(
                Passes.runtime(block.written(), List.of(x)), Passes.outputs(block, manager, List.of(x)), 1e-4);
    }

    @Test
    void theStatisticsOfABatchNormalizationInHalfPrecisionFollowTheBatches() {
        for (String name : List.of("scale", "shift", "mean", "variance")) {
            ByteBuffer halves = ByteBuffer.allocate(2 * 3).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < 3; i++) {
                halves.putShort(Half.of(0.5f + i));
            }
            constants.put(name, TensorData.of(DataType.FLOAT16, halves.flip(), 3));
        }
        Map<String, Attribute> toHalf = Map.of("to", new Attribute.Int(DataType.FLOAT16.code()));
        Map<String, Attribute> toSingle = Map.of("to", new Attribute.Int(DataType.FLOAT.code()));
        OnnxFile file = file(
                value("x", 8, 3),
                value("y", 8, 3),
                node("Cast", List.of("x"), "h", toHalf),
                node("BatchNormalization", List.of("h", "scale", "shift", "mean", "variance"), "n", Map.of()),
                node("Cast", List.of("n"), "y", toSingle));
        OnnxBlock block = block(file);
        descend(block, Passes.floats(24, new long[] {8, 3}, new Random(4)));
        Map<String, TensorData> after = block.written().graph().initializers();
        constants.forEach((name, value) -> {
            assertFalse(value.equals(after.get(name)), name + " stayed");
            assertEquals(DataType.FLOAT16, after.get(name).type());
        });
    }

    @Test
    void aNodeThatLeavesAnOutputOutIsNotNeededByWhoeverLeavesAnInputOut() throws IOException {
        constant("w", 3, 3);
        constants.put("least", TensorData.scalar(-1f));
        constants.put("splits", TensorData.vector(1, 2));
        Node unknown = new Node("Unique", "", "", List.of("x"), List.of("u", ""), new TreeMap<>());
        OnnxFile file = file(
                value("x", 2, 3),
                value("y", 2, 3),
                unknown,
                node("MatMul", List.of("x", "w"), "h", Map.of()),
                node("Clip", List.of("h", "", "least"), "y", Map.of()));
        TensorData x = Passes.floats(6, new long[] {2, 3}, new Random(1));
        Passes.assertClose(Passes.runtime(file, List.of(x)), Passes.outputs(block(file), manager, List.of(x)), 1e-5);
    }

    @Test
    void branchesWithoutDeclaredTypesAreComputedAndTrained() throws IOException {
        OnnxFile file = Cases.file("if_untyped");
        TensorData x = Passes.floats(8, new long[] {2, 4}, new Random(3));
        for (byte condition : new byte[] {0, 1}) {
            TensorData holds = TensorData.of(DataType.BOOL, ByteBuffer.wrap(new byte[] {condition}));
            OnnxBlock block = block(file);
            double[] losses = Training.descend(
                    block, manager, List.of(x, holds), y -> y.mul(y).sum(), 0.02f, 4);
            assertTrue(losses[3] < losses[0]);
            Passes.assertClose(
                    Passes.runtime(block.written(), List.of(x, holds)),
                    Passes.outputs(block, manager, List.of(x, holds)),
                    1e-4);
        }
    }

    @Test
    void aWeightThatAFileStoresSparselyLearns() throws IOException {
        OnnxFile file = Cases.file("g_sparse");
        TensorData x = Passes.floats(2 * 3 * 32 * 32, new long[] {2, 3, 32, 32}, new Random(3));
        OnnxBlock block = block(file);
        float[] before = block.getParameters().get("K2").getArray().toFloatArray();
        double[] losses = descend(block, x);
        assertTrue(losses[3] < losses[0]);
        assertFalse(java.util.Arrays.equals(
                before, block.getParameters().get("K2").getArray().toFloatArray()));
        Passes.assertClose(
                Passes.runtime(block.written(), List.of(x)), Passes.outputs(block, manager, List.of(x)), 1e-3);
    }

    /** The engine has no function for these, and ends the process. */
    @Test
    void windowsOfFourAxesAndRecurrentWeightsOfOtherShapesAreRefused() {
        constant("kernel", 1, 1, 2, 2, 2, 2);
        OnnxFile four = file(
                value("x", 1, 1, 3, 3, 3, 3),
                value("y", 1, 1, 2, 2, 2, 2),
                node("Conv", List.of("x", "kernel"), "y", Map.of()));
        TensorData x = Passes.floats(81, new long[] {1, 1, 3, 3, 3, 3}, new Random(1));
        OnnxBlock windows = block(four);
        assertThrows(UnsupportedGraphException.class, () -> Passes.outputs(windows, manager, List.of(x)));
        constants.clear();
        constant("w", 1, 8, 3);
        constant("r", 1, 8, 2);
        constant("b", 16, 1);
        OnnxFile turned = file(
                value("x", 4, 1, 3),
                value("y", 4, 1, 1, 2),
                node("LSTM", List.of("x", "w", "r", "b"), "y", Map.of("hidden_size", new Attribute.Int(2))));
        UnsupportedGraphException refused = assertThrows(UnsupportedGraphException.class, () -> block(turned));
        assertTrue(
                refused.getMessage().contains("B 'b' has the shape [16, 1]; expected [1, 16]"), refused.getMessage());
    }
}
