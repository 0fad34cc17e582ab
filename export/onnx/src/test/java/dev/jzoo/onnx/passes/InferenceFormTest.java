package dev.jzoo.onnx.passes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.GraphChecker;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class InferenceFormTest {

    private static final List<String> STATISTICS = List.of("x", "scale", "shift", "mean", "variance");

    private final Map<String, TensorData> constants = new TreeMap<>();
    private final List<Node> nodes = new ArrayList<>();

    @Test
    void aBatchNormalizationInTrainingModeUsesItsStatistics() {
        add("BatchNormalization", STATISTICS, List.of("y", "m", "v"), Map.of("training_mode", new Attribute.Int(1)));
        Node node = inferring("y").nodes().get(0);
        assertEquals(List.of("y"), node.outputs());
        assertEquals(Map.of(), node.attributes());
    }

    @Test
    void theFiveOutputsThatMeantTrainingBeforeOpset14BecomeOne() {
        add("BatchNormalization", STATISTICS, List.of("y", "m", "v", "sm", "sv"), Map.of());
        assertEquals(List.of("y"), inferring("y").nodes().get(0).outputs());
    }

    @Test
    void statisticsThatAreReadStayAsTheyWere() {
        add("BatchNormalization", STATISTICS, List.of("y", "m", "v"), Map.of("training_mode", new Attribute.Int(1)));
        add("Add", List.of("y", "v"), List.of("z"), Map.of());
        List<Node> after = inferring("z").nodes();
        assertEquals(
                List.of("BatchNormalization", "Identity", "Add"),
                after.stream().map(Node::opType).toList());
        assertEquals(List.of("variance"), after.get(1).inputs());
        assertEquals(List.of("v"), after.get(1).outputs());
    }

    @Test
    void aDropoutThatDropsInInferenceDropsNothingAndKeepsItsRatio() {
        constants.put("yes", TensorData.of(DataType.BOOL, ByteBuffer.wrap(new byte[] {1})));
        add("Dropout", List.of("x", "ratio", "yes"), List.of("y"), Map.of());
        assertEquals(List.of("x", "ratio"), inferring("y").nodes().get(0).inputs());
    }

    @Test
    void aDropoutWhoseModeACallerMayChooseDropsNothing() {
        add("Dropout", List.of("x", "", "training"), List.of("y"), Map.of());
        assertEquals(List.of("x", ""), inferring("y").nodes().get(0).inputs());
    }

    @Test
    void aModeThatIsAnInputOfTheGraphStaysOneThatNothingReads() {
        add("Dropout", List.of("x", "", "training"), List.of("y"), Map.of());
        Graph graph = graph("y");
        ValueInfo mode = new ValueInfo("training", DataType.BOOL, List.of());
        List<ValueInfo> inputs = List.of(graph.inputs().get(0), mode);
        Graph asked = new Graph("test", inputs, graph.outputs(), constants, nodes, List.of());
        Graph inferring = GraphPass.inferenceForm().apply(asked);
        assertEquals(inputs, inferring.inputs());
        assertEquals(List.of("x", ""), inferring.nodes().get(0).inputs());
        assertEquals(List.of(), GraphChecker.unusable(inferring, 17));
    }

    @Test
    void whatInfersAlreadyIsTheVerySameGraph() {
        add("BatchNormalization", STATISTICS, List.of("b"), Map.of("training_mode", new Attribute.Int(0)));
        TensorData no = TensorData.of(DataType.BOOL, ByteBuffer.wrap(new byte[] {0}));
        add("Constant", List.of(), List.of("no"), Map.of("value", new Attribute.TensorValue(no)));
        add("Dropout", List.of("b", "", "no"), List.of("d", "mask"), Map.of());
        add("Dropout", List.of("d"), List.of("y"), Map.of());
        Graph before = graph("y");
        assertSame(before, GraphPass.inferenceForm().apply(before));
    }

    @Test
    void bodiesOfControlFlowInferToo() {
        add("BatchNormalization", STATISTICS, List.of("y"), Map.of("training_mode", new Attribute.Int(1)));
        Graph body = graph("y");
        nodes.clear();
        add("If", List.of("c"), List.of("z"), Map.of("then_branch", new Attribute.Subgraph(body)));
        Attribute then = inferring("z").nodes().get(0).attributes().get("then_branch");
        Node inner = ((Attribute.Subgraph) then).value().nodes().get(0);
        assertFalse(inner.attributes().containsKey("training_mode"));
    }

    private void add(String opType, List<String> inputs, List<String> outputs, Map<String, Attribute> attributes) {
        nodes.add(new Node(opType, "", "", inputs, outputs, new TreeMap<>(attributes)));
    }

    private Graph inferring(String output) {
        return GraphPass.inferenceForm().apply(graph(output));
    }

    private Graph graph(String output) {
        ValueInfo x = new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(3, 4, 4));
        ValueInfo y = new ValueInfo(output, DataType.FLOAT, Dimension.batchOf(3, 4, 4));
        return new Graph("test", List.of(x), List.of(y), constants, nodes, List.of());
    }
}
