package dev.jzoo.onnx.passes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.GraphChecker;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that ONNX Runtime computes the same from a node of an old opset and from its converted form. */
class CanonicalFormTest {

    private static final long[] SHAPE = {2, 3, 4, 6};

    private static Arguments old(long opset, String opType, int rank, Object... attributes) {
        SortedMap<String, Attribute> settings = new TreeMap<>();
        for (int i = 0; i < attributes.length; i += 2) {
            settings.put((String) attributes[i], (Attribute) attributes[i + 1]);
        }
        return Arguments.of(opset, new Node(opType, "", opType, List.of("x"), List.of("y"), settings), rank);
    }

    static Stream<Arguments> nodes() {
        return Stream.of(
                old(7, "Clip", 4, "min", new Attribute.Real(-0.5f), "max", new Attribute.Real(0.25f)),
                old(7, "Clip", 4, "max", new Attribute.Real(0.25f)),
                old(
                        7,
                        "Slice",
                        4,
                        "starts",
                        Attribute.ints(1, 0),
                        "ends",
                        Attribute.ints(9, -2),
                        "axes",
                        Attribute.ints(1, 3)),
                old(7, "Slice", 4, "starts", Attribute.ints(1), "ends", Attribute.ints(2)),
                old(9, "Pad", 4, "pads", Attribute.ints(0, 0, 1, 2, 0, 1, 0, 1), "value", new Attribute.Real(3)),
                old(9, "Pad", 4, "pads", Attribute.ints(0, 0, 1, 2, 0, 0, 0, 1), "mode", new Attribute.Text("reflect")),
                old(9, "Unsqueeze", 6, "axes", Attribute.ints(0, 3)),
                old(9, "Softmax", 4),
                old(9, "Softmax", 4, "axis", new Attribute.Int(2)),
                old(11, "LogSoftmax", 4, "axis", new Attribute.Int(-1)),
                old(12, "Hardmax", 4, "axis", new Attribute.Int(3)),
                old(9, "ReduceSum", 2, "axes", Attribute.ints(1, 3), "keepdims", new Attribute.Int(0)),
                old(13, "ReduceMean", 4, "axes", Attribute.ints(2)),
                old(17, "ReduceMax", 3, "axes", Attribute.ints(-1), "keepdims", new Attribute.Int(0)),
                old(9, "ReduceL2", 4),
                old(7, "Upsample", 4, "scales", new Attribute.Reals(List.of(1f, 1f, 2f, 3f))),
                old(
                        7,
                        "Upsample",
                        4,
                        "scales",
                        new Attribute.Reals(List.of(1f, 1f, 2f, 2f)),
                        "mode",
                        new Attribute.Text("linear")));
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void theNewFormComputesTheSameAndKeepsTheRules(long opset, Node node, int rank) throws IOException {
        List<Dimension> open = Stream.generate(Dimension.UnknownDimension::new)
                .limit(rank)
                .map(Dimension.class::cast)
                .toList();
        Graph graph = new Graph(
                "old",
                List.of(new ValueInfo("x", DataType.FLOAT, Dimension.shape(SHAPE))),
                List.of(new ValueInfo("y", DataType.FLOAT, open)),
                Map.of(),
                List.of(node),
                List.of());
        OnnxFile before = file(opset, graph);
        OnnxFile after = file(21, GraphPass.canonicalForm(opset).apply(graph));
        assertEquals(List.of(), GraphChecker.faults(after));
        Tensor expected = output(before);
        assertArrayEquals(expected.shape(), output(after).shape());
        assertArrayEquals(expected.floats(), output(after).floats(), 1e-6f);
    }

    private static OnnxFile file(long opset, Graph graph) {
        return new OnnxFile(
                opset < 21 ? 7 : 10,
                new TreeMap<>(Map.of("", opset)),
                new OnnxFile.Producer("a test", "1"),
                graph,
                new TreeMap<>());
    }

    private static Tensor output(OnnxFile file) throws IOException {
        float[] values = new float[2 * 3 * 4 * 6];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i * 7.1);
        }
        try (OnnxModel model = OnnxModel.open(file.toBytes(), "test", Device.cpu())) {
            return model.run(Map.of("x", Tensor.of(values, SHAPE))).get("y");
        }
    }

    @Test
    void constantsThatNodesWriteBecomeInitializers() {
        SortedMap<String, Attribute> five =
                new TreeMap<>(Map.of("value", new Attribute.TensorValue(TensorData.of(new float[] {5}, 1))));
        Graph graph = new Graph(
                "constants",
                List.of(),
                List.of(new ValueInfo("y", DataType.FLOAT, List.of())),
                Map.of("shape", TensorData.vector(2, 3)),
                List.of(
                        new Node("ConstantOfShape", "", "a", List.of("shape"), List.of("x"), five),
                        new Node(
                                "Constant",
                                "",
                                "b",
                                List.of(),
                                List.of("one"),
                                new TreeMap<>(Map.of("value_float", new Attribute.Real(1)))),
                        new Node("Add", "", "c", List.of("x", "one"), List.of("y"), new TreeMap<>())),
                List.of());
        Graph after = GraphPass.canonicalForm(13).apply(graph);
        assertEquals(List.of("Add"), after.nodes().stream().map(Node::opType).toList());
        assertArrayEquals(
                new float[] {5, 5, 5, 5, 5, 5}, after.initializers().get("x").floats());
        assertEquals(TensorData.scalar(1f), after.initializers().get("one"));
        assertSame(after, GraphPass.canonicalForm(13).apply(after));
    }
}
