package dev.jzoo.training.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.training.Compute;
import dev.jzoo.training.djl.DjlEngine;
import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An If whose condition follows from the sizes of its inputs, as PyTorch writes a squeeze of an axis that may be longer. */
class BranchesTest {

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

    private static Node node(String opType, String output, String... inputs) {
        return new Node(opType, "", "", List.of(inputs), List.of(output), new TreeMap<>());
    }

    private static ValueInfo value(String name, int rank) {
        List<Dimension> open = Arrays.asList(new Dimension[rank]);
        open.replaceAll(dim -> new Dimension.UnknownDimension());
        return new ValueInfo(name, DataType.FLOAT, open);
    }

    /** x [N, T, 4]: of one step through a layer of its own, of several their sum through another. */
    private static OnnxFile file(String second) {
        Random random = new Random(3);
        Map<String, TensorData> ones = new LinkedHashMap<>();
        ones.put("one.weight", Passes.floats(12, new long[] {4, 3}, random));
        ones.put("one.axes", TensorData.vector(1));
        Graph single = new Graph(
                "then",
                List.of(),
                List.of(value("result", 2)),
                ones,
                List.of(node("Squeeze", "flat", "x", "one.axes"), node("MatMul", "result", "flat", "one.weight")),
                List.of());
        Map<String, TensorData> many = new LinkedHashMap<>();
        many.put(second, Passes.floats(12, new long[] {4, 3}, random));
        Graph several = new Graph(
                "else",
                List.of(),
                List.of(value("result", 2)),
                many,
                List.of(
                        new Node(
                                "ReduceMax",
                                "",
                                "",
                                List.of("x"),
                                List.of("flat"),
                                new TreeMap<>(Map.of("axes", Attribute.ints(1), "keepdims", new Attribute.Int(0)))),
                        node("MatMul", "result", "flat", second)),
                List.of());
        SortedMap<String, Attribute> branches = new TreeMap<>(
                Map.of("then_branch", new Attribute.Subgraph(single), "else_branch", new Attribute.Subgraph(several)));
        Map<String, TensorData> constants = new LinkedHashMap<>();
        constants.put("first", TensorData.scalar(1L));
        constants.put("scale", Passes.floats(3, new long[] {3}, random));
        Graph graph = new Graph(
                "branches",
                List.of(value("x", 3)),
                List.of(value("y", 2)),
                constants,
                List.of(
                        node("Shape", "sizes", "x"),
                        node("Gather", "steps", "sizes", "first"),
                        node("Equal", "alone", "steps", "first"),
                        new Node("If", "", "", List.of("alone"), List.of("chosen"), branches),
                        node("Add", "y", "chosen", "scale")),
                List.of());
        return new OnnxFile(
                8, new TreeMap<>(Map.of("", 17L)), new OnnxFile.Producer("a test", ""), graph, new TreeMap<>());
    }

    @Test
    void theBlockComputesAndTrainsTheBranchThatTheSizesChoose() throws IOException {
        OnnxFile file = file("many.weight");
        OnnxBlock block = Passes.initialised(OnnxBlock.of(file), manager);
        assertArrayEquals(file.toBytes(), block.written().toBytes());
        assertTrue(block.getParameters().keys().containsAll(List.of("one.weight", "many.weight", "scale")));
        for (int steps : new int[] {1, 3}) {
            List<TensorData> x = List.of(Passes.floats(8 * steps, new long[] {2, steps, 4}, new Random(steps)));
            Passes.assertClose(Passes.runtime(file, x), Passes.outputs(block, manager, x), 1e-5);
        }
        List<TensorData> three = List.of(Passes.floats(24, new long[] {2, 3, 4}, new Random(5)));
        block.getParameters().get("one.weight").freeze(true);
        double[] losses = Training.descend(block, manager, three, y -> y.mul(y).sum(), 0.05f, 5);
        assertTrue(losses[4] < losses[0], Arrays.toString(losses));
        OnnxFile written = block.written();
        Passes.assertClose(Passes.runtime(written, three), Passes.outputs(block, manager, three), 1e-4);
        assertNotEquals(file, written);
        Node before = file.graph().nodes().get(3);
        Node after = written.graph().nodes().get(3);
        assertEquals(before.bodies().get(1), after.bodies().get(1), "the branch that was not taken");
        assertNotEquals(before.bodies().get(0), after.bodies().get(0));
    }

    @Test
    void constantsOfOneNameInBothBranchesAreRefused() {
        UnsupportedGraphException refused =
                assertThrows(UnsupportedGraphException.class, () -> OnnxBlock.of(file("one.weight")));
        assertTrue(refused.getMessage().contains("'one.weight'"), refused.getMessage());
    }
}
