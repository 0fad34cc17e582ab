package dev.jzoo.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.passes.GraphPass;
import dev.jzoo.onnx.proto.GraphProto;
import dev.jzoo.onnx.proto.ModelProto;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tests of peculiarities in other programs' files. */
class ForeignFilesTest {

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = ForeignFilesTest.class.getResourceAsStream("/cases/" + name + ".onnx")) {
            return in.readAllBytes();
        }
    }

    private static OnnxFile file(String name) throws IOException {
        return OnnxFile.read(name, bytes(name));
    }

    private static Map<String, Tensor> run(OnnxFile file, String input, float[] values, long... shape)
            throws IOException {
        try (OnnxModel model = OnnxModel.open(file.toBytes(), "test", Device.cpu())) {
            return model.run(Map.of(input, Tensor.of(values, shape)));
        }
    }

    private static float[] random(int count) {
        Random random = new Random(5);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    @Test
    void descriptionsAndMetadataOfModelGraphNodesAndTensorsAreWrittenAsTheyWereRead() throws IOException {
        ModelProto before = ModelProto.parseFrom(bytes("meta_all"));
        ModelProto after = ModelProto.parseFrom(file("meta_all").toBytes());
        assertEquals(before.getDomain(), after.getDomain());
        assertEquals(before.getModelVersion(), after.getModelVersion());
        assertEquals(before.getDocString(), after.getDocString());
        GraphProto graph = before.getGraph();
        GraphProto written = after.getGraph();
        assertEquals("graph doc", written.getDocString());
        assertEquals(graph.getUnknownFields(), written.getUnknownFields());
        assertEquals(graph.getNodeList(), written.getNodeList());
        assertEquals(graph.getInputList(), written.getInputList());
        assertEquals(graph.getOutputList(), written.getOutputList());
        assertEquals(
                graph.getInitializer(0).getUnknownFields(),
                written.getInitializer(0).getUnknownFields());
        assertEquals(before.getMetadataPropsList(), after.getMetadataPropsList());
        assertEquals(file("meta_all"), OnnxFile.read("again", file("meta_all").toBytes()));
    }

    @Test
    void annotationsStayWithTheirNodesWhenAGraphIsRewritten() throws IOException {
        OnnxFile file = file("meta_all");
        List<Node> nodes = new ArrayList<>(file.graph().nodes());
        Graph shorter = file.graph()
                .withOutputs(List.of(new ValueInfo(
                        "r", DataType.FLOAT, file.graph().inputs().get(0).shape())));
        OnnxFile cut = file.withGraph(GraphPass.pruning().apply(shorter));
        ModelProto written = ModelProto.parseFrom(cut.toBytes());
        assertEquals(2, written.getGraph().getNodeCount());
        assertEquals("node doc", written.getGraph().getNode(0).getDocString());
        assertEquals("conv1", nodes.get(0).name());
    }

    @Test
    void aFileOfAFormatWhoseInitializersWereInputsIsWrittenInOneThatLoads() throws IOException {
        OnnxFile file = file("ir3_unused");
        assertEquals(3, file.irVersion());
        assertEquals(4, OnnxFile.read("written", file.toBytes()).irVersion());
        float[] picture = random(3 * 32 * 32);
        assertEquals(4, run(file, "x", picture, 1, 3, 32, 32).get("y").floats().length);
    }

    @Test
    void nodesInAnyOrderAreSortedAndSortedOnesStayAsTheyAre() throws IOException {
        OnnxFile file = file("meta_all");
        Graph graph = file.graph();
        assertSame(graph, GraphPass.topologicalOrder().apply(graph));
        List<Node> nodes = new ArrayList<>(graph.nodes());
        Collections.reverse(nodes);
        Graph reversed =
                new Graph(graph.name(), graph.inputs(), graph.outputs(), graph.initializers(), nodes, graph.values());
        assertFalse(GraphChecker.faults(file.withGraph(reversed)).isEmpty());
        assertEquals(graph, GraphPass.topologicalOrder().apply(reversed));
    }

    @Test
    void whatABodyReadsIsWrittenBeforeItsNode() throws IOException {
        Graph graph = file("g_loop").graph();
        List<Node> nodes = new ArrayList<>(graph.nodes());
        Node loop = nodes.remove(4);
        nodes.add(0, loop);
        Graph moved =
                new Graph(graph.name(), graph.inputs(), graph.outputs(), graph.initializers(), nodes, graph.values());
        assertEquals(graph, GraphPass.topologicalOrder().apply(moved));
    }

    @Test
    void namesInsideBodiesAreTaken() throws IOException {
        assertTrue(file("g_loop").graph().names().containsAll(List.of("image", "image_out", "c_out", "t4b", "K1")));
    }
}
