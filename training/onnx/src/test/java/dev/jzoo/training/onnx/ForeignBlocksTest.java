package dev.jzoo.training.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.GraphBuilder;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with the habits of other programs are trained as a whole, and deployed in inference mode. */
class ForeignBlocksTest {

    private static final float RATE = 0.05f;

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

    private OnnxBlock block(OnnxFile file) {
        return Passes.initialised(OnnxBlock.of(file), manager);
    }

    private static TensorData halves(int count, long[] dims, Random random) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            bytes.putShort(Half.of(random.nextFloat() * 2 - 1));
        }
        return TensorData.of(DataType.FLOAT16, bytes.flip(), dims);
    }

    private static TensorData pictures(int count, DataType type) {
        Random random = new Random(8);
        long[] dims = {count, 3, 32, 32};
        return type == DataType.FLOAT16
                ? halves(count * 3 * 32 * 32, dims, random)
                : Passes.floats(count * 3 * 32 * 32, dims, random);
    }

    /** Half the sum of the squares of what a block gives. */
    private static NDArray squares(NDArray output) {
        NDArray wide = dev.jzoo.training.onnx.operators.OperatorInputs.copy(output);
        return wide.mul(wide).sum().div(2);
    }

    private double[] trained(OnnxBlock block, TensorData input, float rate, int steps) {
        return Training.descend(block, manager, List.of(input), ForeignBlocksTest::squares, rate, steps);
    }

    private float[] weight(OnnxBlock block, String name) {
        return block.getParameters().get(name).getArray().toFloatArray();
    }

    /** Every weight must have moved after a few steps, and the loss fallen. */
    private OnnxBlock assertLearns(OnnxFile file, TensorData input) {
        OnnxBlock block = block(file);
        Map<String, float[]> before = new TreeMap<>();
        block.getParameters().forEach(pair -> before.put(pair.getKey(), weight(block, pair.getKey())));
        double[] losses = trained(block, input, RATE, 5);
        assertTrue(losses[4] < losses[0], Arrays.toString(losses));
        before.forEach((name, value) -> assertFalse(Arrays.equals(value, weight(block, name)), name + " stayed"));
        assertFalse(before.isEmpty());
        return block;
    }

    @Test
    void aGradientPassesCastsBetweenSingleAndDoublePrecision() throws IOException {
        OnnxFile file = Cases.file("cast_double_mid");
        TensorData x = Passes.floats(4 * 6, new long[] {4, 6}, new Random(1));
        float[] before = file.graph().initializers().get("w1").floats();
        OnnxBlock block = assertLearns(file, x);
        OnnxBlock once = block(file);
        trained(once, x, RATE, 1);
        float[] after = weight(once, "w1");
        for (int i = 0; i < before.length; i += 7) {
            double gradient = (before[i] - after[i]) / RATE;
            double slope = (loss(file, x, "w1", i, 1e-2f) - loss(file, x, "w1", i, -1e-2f)) / 2e-2;
            assertEquals(slope, gradient, 1e-2 * Math.max(1, Math.abs(slope)), "weight " + i);
        }
        List<TensorData> inputs = List.of(x);
        Passes.assertClose(Passes.runtime(block.written(), inputs), Passes.outputs(block, manager, inputs), 1e-4);
    }

    /** By ONNX Runtime, whose numbers no gradient of ours touches. */
    private static double loss(OnnxFile file, TensorData x, String name, int place, float more) throws IOException {
        TensorData before = file.graph().initializers().get(name);
        float[] values = before.floats();
        values[place] += more;
        OnnxFile moved = WrittenFile.of(file, Map.of(name, TensorData.of(values, before.dims())), List.of());
        double sum = 0;
        for (float y : Passes.runtime(moved, List.of(x)).get(0).floats()) {
            sum += y * (double) y / 2;
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama_rmsnorm_fp16", "fp16_io32", "g_half"})
    void networksInHalfPrecisionLearnAndAreWrittenInHalfPrecision(String name) throws IOException {
        OnnxFile file = Cases.file(name);
        TensorData x = name.startsWith("llama")
                ? halves(4 * 8, new long[] {4, 8}, new Random(2))
                : pictures(4, file.graph().inputs().get(0).type());
        Passes.assertClose(Passes.runtime(file, List.of(x)), Passes.outputs(block(file), manager, List.of(x)), 2e-2);
        assertArrayEquals(file.toBytes(), block(file).written().toBytes());
        OnnxBlock block = assertLearns(file, x);
        OnnxFile written = block.written();
        file.graph()
                .initializers()
                .forEach((key, value) -> assertEquals(
                        value.type(), written.graph().initializers().get(key).type(), key));
        List<TensorData> runtime = Passes.runtime(written, List.of(x));
        List<TensorData> here = Passes.outputs(block, manager, List.of(x));
        double[] expected = dev.jzoo.training.onnx.operators.HostTensors.reals(runtime.get(0));
        double[] found = dev.jzoo.training.onnx.operators.HostTensors.reals(here.get(0));
        assertArrayEquals(expected, found, 1e-2);
    }

    @Test
    void aWeightThatHalfPrecisionCannotHoldIsNotWrittenAsInfinity() throws IOException {
        OnnxBlock block = block(Cases.file("g_half"));
        NDArray bias = block.getParameters().get("B3").getArray();
        bias.setRequiresGradient(false);
        bias.addi(1e6f);
        UnsupportedGraphException refused = assertThrows(UnsupportedGraphException.class, block::written);
        assertTrue(refused.getMessage().contains("'B3'") && refused.getMessage().contains("65504"));
        assertTrue(refused.hint().contains("lower learning rate"), refused.hint());
    }

    @ParameterizedTest
    @ValueSource(strings = {"torch-untrained-shared-bias", "torch-preact-untrained"})
    void constantsThatAnExporterMergedLearnEachOnItsOwn(String name) throws IOException {
        OnnxFile file = Cases.file(name);
        TensorData x = pictures(4, DataType.FLOAT);
        assertArrayEquals(file.toBytes(), block(file).written().toBytes());
        OnnxBlock block = assertLearns(file, x);
        OnnxFile written = block.written();
        Passes.assertClose(Passes.runtime(written, List.of(x)), Passes.outputs(block, manager, List.of(x)), 1e-3);
        Map<String, TensorData> after = written.graph().initializers();
        List<String> apart = name.endsWith("bias")
                ? List.of("onnx::Conv_36", "onnx::Conv_39")
                : List.of("b1.weight", "b2.weight", "b1.running_var", "b2.running_var");
        for (int i = 0; i < apart.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertNotEquals(after.get(apart.get(i)), after.get(apart.get(j)), apart.get(i));
            }
        }
    }

    /** Two layers, one constant, no Identity between: what optimisers make of equal biases. */
    private static OnnxFile sharing(float[] bias) {
        GraphBuilder graph = new GraphBuilder(17);
        Random random = new Random(4);
        String x = graph.input(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(3)));
        String shared = graph.weight("shared", TensorData.of(bias, 3));
        String first = graph.op("Gemm", x, PictureNetwork.weight(graph, "w1", random, 3, 3), shared)
                .emit();
        String bent = graph.op("Tanh", first).emit();
        graph.op("Gemm", bent, PictureNetwork.weight(graph, "w2", random, 3, 3), shared)
                .emitAs("y");
        graph.output(new ValueInfo("y", DataType.FLOAT, Dimension.batchOf(3)));
        return OnnxFile.of(17, new OnnxFile.Producer("a test", "1"), graph.build("sharing"), Map.of());
    }

    @Test
    void oneConstantOfEqualValuesInTwoLayersIsTwoBiases() throws IOException {
        OnnxFile file = sharing(new float[3]);
        TensorData x = Passes.floats(12, new long[] {4, 3}, new Random(6));
        OnnxBlock block = block(file);
        assertEquals(4, block.getParameters().size());
        trained(block, x, RATE, 3);
        OnnxFile written = block.written();
        assertEquals(
                2,
                written.graph().nodes().stream()
                        .filter(node -> node.opType().equals("Gemm"))
                        .map(node -> node.inputs().get(2))
                        .distinct()
                        .count());
        Passes.assertClose(Passes.runtime(written, List.of(x)), Passes.outputs(block, manager, List.of(x)), 1e-4);
    }

    @Test
    void aWeightOfUnequalValuesThatLayersShareStaysOneAndIsTold() {
        OnnxBlock block = block(sharing(new float[] {0.1f, -0.2f, 0.3f}));
        assertEquals(3, block.getParameters().size());
        assertTrue(
                block.advice().stream().anyMatch(advice -> advice.contains("'shared'")),
                block.advice().toString());
    }

    @Test
    void aFileInTrainingModeIsWrittenInInferenceMode() throws IOException {
        OnnxBlock block = block(Cases.file("torch-training-mode-17"));
        TensorData three = pictures(3, DataType.FLOAT);
        trained(block, three, 1e-2f, 3);
        OnnxFile written = block.written();
        assertEquals(List.of(), dev.jzoo.onnx.GraphChecker.faults(written));
        float[] together = Passes.runtime(written, List.of(three)).get(0).floats();
        TensorData first = TensorData.of(Arrays.copyOf(three.floats(), 3 * 32 * 32), 1, 3, 32, 32);
        float[] alone = Passes.runtime(written, List.of(first)).get(0).floats();
        assertArrayEquals(alone, Arrays.copyOf(together, alone.length), 1e-5f);
        assertArrayEquals(
                together, Passes.outputs(block, manager, List.of(three)).get(0).floats(), 1e-4f);
    }

    @Test
    void aFileThatGivesItsStatisticsOutComputesThemAndSaysSo() throws IOException {
        OnnxFile file = Cases.file("torch-training-mode-17");
        List<ValueInfo> outputs = new ArrayList<>(file.graph().outputs());
        outputs.add(new ValueInfo("/b1/BatchNormalization_output_1", DataType.FLOAT, Dimension.shape(8)));
        OnnxBlock block = block(file.withGraph(file.graph().withOutputs(outputs)));
        assertTrue(block.advice().stream()
                .anyMatch(advice -> advice.contains("The file has batch statistics as outputs")));
    }

    @Test
    void nodesInAnyOrderAreSorted() throws IOException {
        OnnxFile file = PictureNetwork.file(3);
        Graph graph = file.graph();
        List<Node> nodes = new ArrayList<>(graph.nodes());
        Collections.shuffle(nodes, new Random(2));
        OnnxFile shuffled = file.withGraph(
                new Graph(graph.name(), graph.inputs(), graph.outputs(), graph.initializers(), nodes, graph.values()));
        List<TensorData> inputs = Passes.random(file, Map.of("batch", 2L), 1, new Random(1));
        OnnxBlock block = block(shuffled);
        Passes.assertClose(Passes.runtime(file, inputs), Passes.outputs(block, manager, inputs), 1e-4);
        assertEquals(List.of(), dev.jzoo.onnx.GraphChecker.faults(block.written()));
    }

    @Test
    void aFixedBatchInAReshapeWithWhatIsLeftTakesAnyBatch() throws IOException {
        OnnxFile file = Cases.file("g_reshape_one_minus");
        TensorData three = pictures(3, DataType.FLOAT);
        OnnxBlock block = assertLearns(file, three);
        float[] together = Passes.outputs(block, manager, List.of(three)).get(0).floats();
        for (int i = 0; i < 3; i++) {
            float[] one = Arrays.copyOfRange(three.floats(), i * 3 * 32 * 32, (i + 1) * 3 * 32 * 32);
            float[] expected = Passes.runtime(block.written(), List.of(TensorData.of(one, 1, 3, 32, 32)))
                    .get(0)
                    .floats();
            assertArrayEquals(expected, Arrays.copyOfRange(together, 10 * i, 10 * i + 10), 1e-4f);
        }
    }

    @Test
    void aFileThatJoinsTheExamplesOfABatchIsRefusedForOtherBatches() {
        GraphBuilder graph = new GraphBuilder(17);
        String x = graph.input(new ValueInfo("x", DataType.FLOAT, Dimension.shape(1, 4)));
        String mean = graph.op("ReduceMean", x).ints("axes", 0).emit();
        String centred = graph.op("Sub", x, mean).emit();
        graph.op("MatMul", centred, PictureNetwork.weight(graph, "w", new Random(4), 4, 2))
                .emitAs("y");
        graph.output(new ValueInfo("y", DataType.FLOAT, Dimension.shape(1, 2)));
        OnnxFile file = OnnxFile.of(17, new OnnxFile.Producer("a test", "1"), graph.build("joining"), Map.of());
        OnnxBlock block = block(file);
        TensorData one = Passes.floats(4, new long[] {1, 4}, new Random(1));
        assertEquals(1, Passes.outputs(block, manager, List.of(one)).size());
        TensorData three = Passes.floats(12, new long[] {3, 4}, new Random(1));
        UnsupportedGraphException refused =
                assertThrows(UnsupportedGraphException.class, () -> Passes.outputs(block, manager, List.of(three)));
        assertTrue(refused.getMessage().contains("'y'"), refused.getMessage());
        assertEquals("Train it with this batch, or export it with an open batch axis.", refused.hint());
    }

    @Test
    void attentionByEinsumLearns() throws IOException {
        TensorData x = Passes.floats(2 * 5 * 16, new long[] {2, 5, 16}, new Random(3));
        OnnxFile file = Cases.file("einsum_att_ts17");
        Passes.assertClose(Passes.runtime(file, List.of(x)), Passes.outputs(block(file), manager, List.of(x)), 1e-4);
        OnnxBlock block = assertLearns(file, x);
        Passes.assertClose(
                Passes.runtime(block.written(), List.of(x)), Passes.outputs(block, manager, List.of(x)), 1e-3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"qdq_conv", "dynq_matmul", "g_qdq"})
    void quantisedPartsAreFrozenAndComputedAsOnnxRuntimeDoes(String name) throws IOException {
        OnnxFile file = Cases.file(name);
        TensorData x = name.startsWith("dynq")
                ? Passes.floats(4 * 8, new long[] {4, 8}, new Random(3))
                : pictures(2, DataType.FLOAT);
        OnnxBlock block = block(file);
        Passes.assertClose(Passes.runtime(file, List.of(x)), Passes.outputs(block, manager, List.of(x)), 1e-3);
        assertArrayEquals(file.toBytes(), block.written().toBytes());
        if (!name.equals("qdq_conv")) {
            assertTrue(block.advice().contains("The network has no trainable weights."));
        } else {
            assertLearns(file, x);
        }
    }

    @Test
    void aWeightThatNoGradientReachesIsNamedAndStays() {
        GraphBuilder graph = new GraphBuilder(17);
        Random random = new Random(7);
        String x = graph.input(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(4)));
        String scores = graph.op("MatMul", x, PictureNetwork.weight(graph, "router", random, 4, 5))
                .emit();
        String best = graph.op("ArgMax", scores)
                .integer("axis", 1)
                .integer("keepdims", 0)
                .emit();
        graph.op("Gather", PictureNetwork.weight(graph, "table", random, 5, 3), best)
                .emitAs("y");
        graph.output(new ValueInfo("y", DataType.FLOAT, Dimension.batchOf(3)));
        OnnxFile file = OnnxFile.of(17, new OnnxFile.Producer("a test", "1"), graph.build("routed"), Map.of());
        OnnxBlock block = block(file);
        assertFalse(block.getParameters().get("router").requiresGradient());
        assertTrue(block.getParameters().get("table").requiresGradient());
        String told = String.join(" ", block.advice());
        assertTrue(told.contains("'router'") && told.contains("ArgMax"), told);
        block.freezeParameters(false);
        assertEquals(
                List.of("table"),
                block.getParameters().values().stream()
                        .filter(Parameter::requiresGradient)
                        .map(Parameter::getName)
                        .toList());
    }

    @Test
    void annotationsAndTheFormatOfTheFileAreKeptOrRaisedToOneThatLoads() throws IOException {
        OnnxFile file = Cases.file("meta_all");
        OnnxBlock block = block(file);
        trained(block, pictures(2, DataType.FLOAT), RATE, 1);
        OnnxFile written = block.written();
        assertEquals(file.annotations(), written.annotations());
        assertEquals(file.metadata(), written.metadata());
        OnnxFile old = Cases.file("ir3_unused");
        TensorData one = pictures(1, DataType.FLOAT);
        Passes.assertClose(
                Passes.runtime(block(old).written(), List.of(one)),
                Passes.outputs(block(old), manager, List.of(one)),
                1e-4);
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 26, 28})
    void opsetsThatAreNotKnownAreRefusedByName(long opset) {
        OnnxFile file = PictureNetwork.file(1);
        OnnxFile other = new OnnxFile(
                file.irVersion(), new TreeMap<>(Map.of("", opset)), file.producer(), file.graph(), file.metadata());
        UnsupportedGraphException refused = assertThrows(UnsupportedGraphException.class, () -> OnnxBlock.of(other));
        assertEquals(
                "The graph cannot be trained: the file has opset " + opset + "; expected: opset 7 to 25."
                        + " Convert it with onnx.version_converter, or export it with one of these opsets.",
                refused.getMessage());
    }

    @Test
    void whatLiesBehindTheOutputsThatAreAskedForIsNotLookedAt() throws IOException {
        OnnxFile file = Cases.file("g_loop");
        assertThrows(UnsupportedGraphException.class, () -> OnnxBlock.of(file));
        OnnxBlock features = Passes.initialised(OnnxBlock.of(file, "t4"), manager);
        assertEquals(
                1,
                Passes.outputs(features, manager, List.of(pictures(1, DataType.FLOAT)))
                        .size());
        assertArrayEquals(file.toBytes(), features.written().toBytes());
    }
}
