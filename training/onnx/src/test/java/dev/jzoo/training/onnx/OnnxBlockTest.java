package dev.jzoo.training.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.Half;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.onnx.passes.GraphPass;
import dev.jzoo.training.Compute;
import dev.jzoo.training.djl.DjlEngine;
import dev.jzoo.training.testing.FreedMemory;
import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OnnxBlockTest {

    private static final float RATE = 0.1f;
    private static final long[] CLASSES = {0, 1, 2, 1, 0, 2};

    private final OnnxFile file = PictureNetwork.file(1);
    private final List<TensorData> pictures =
            Passes.random(file, Map.of("batch", (long) CLASSES.length), 1, new Random(2));

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

    private OnnxBlock block() {
        return Passes.initialised(OnnxBlock.of(file), manager);
    }

    /** Takes steps down the cross-entropy of the pictures' classes. Returns the loss of each. */
    private double[] trained(OnnxBlock block, int steps) {
        return Training.descend(block, manager, pictures, Training.crossEntropy(CLASSES), RATE, steps);
    }

    @Test
    void trainingLowersTheLossAndOnnxRuntimeGetsFromTheWrittenFileWhatTheBlockGives() throws IOException {
        OnnxBlock block = block();
        double[] losses = trained(block, 100);
        assertTrue(losses[99] < losses[0] / 2, losses[0] + " became " + losses[99]);
        OnnxFile written = block.written();
        Passes.assertClose(Passes.runtime(written, pictures), Passes.outputs(block, manager, pictures), 1e-4);
    }

    @Test
    void weightsAndStatisticsChangeAndPreprocessingStays() {
        OnnxBlock block = block();
        trained(block, 1);
        Graph before = file.graph();
        Graph after = block.written().graph();
        Set<String> changed = new TreeSet<>();
        before.initializers().forEach((name, value) -> {
            if (!value.equals(after.initializers().get(name))) {
                changed.add(name);
            }
        });
        assertEquals(
                Set.of(
                        "first.weight",
                        "first.scale",
                        "first.shift",
                        "first.mean",
                        "first.variance",
                        "second.weight",
                        "second.scale",
                        "second.shift",
                        "second.mean",
                        "second.variance",
                        "head.weight",
                        "head.bias"),
                changed);
        assertEquals(before.nodes(), after.nodes());
        assertEquals(file.metadata(), block.written().metadata());
        assertEquals(
                List.copyOf(before.initializers().keySet()),
                List.copyOf(after.initializers().keySet()));
    }

    /** With batch normalisation by the statistics of the batch; in single precision, hence the wide bounds. */
    @Test
    void gradientsInTrainingAreTheSlopeOfTheLoss() {
        String name = "first.weight";
        float step = 1e-2f;
        TensorData before = file.graph().initializers().get(name);
        OnnxBlock block = block();
        trained(block, 1);
        float[] weights = before.floats();
        float[] after = block.written().graph().initializers().get(name).floats();
        for (int i : new int[] {0, 17, 50, 107}) {
            double gradient = (weights[i] - after[i]) / RATE;
            double slope = (lossWith(name, i, step) - lossWith(name, i, -step)) / (2 * step);
            assertEquals(slope, gradient, 0.02 * Math.abs(slope) + 1e-3, "weight " + i);
        }
    }

    private double lossWith(String name, int place, float more) {
        TensorData before = file.graph().initializers().get(name);
        float[] values = before.floats();
        values[place] += more;
        OnnxFile moved = WrittenFile.of(file, Map.of(name, TensorData.of(values, before.dims())), List.of());
        OnnxBlock block = Passes.initialised(OnnxBlock.of(moved), manager);
        return trained(block, 1)[0];
    }

    @Test
    void noGradientReadsMemoryThatWasFreed() throws Exception {
        OnnxBlock expected = block();
        trained(expected, 3);
        OnnxBlock block = block();
        FreedMemory.overwrittenDuring(() -> trained(block, 3));
        assertArrayEquals(expected.written().toBytes(), block.written().toBytes());
    }

    @Test
    void theBatchSizeIsFree() throws IOException {
        OnnxBlock block = block();
        for (long batch : new long[] {1, 2, 7}) {
            List<TensorData> inputs = Passes.random(file, Map.of("batch", batch), 1, new Random(batch));
            Passes.assertClose(Passes.runtime(file, inputs), Passes.outputs(block, manager, inputs), 1e-4);
        }
    }

    @Test
    void aCutGraphGivesTheTensorThatWasNamedAndWritesTheWholeFile() throws IOException {
        OnnxBlock features = Passes.initialised(OnnxBlock.of(file).outputs(PictureNetwork.FEATURES), manager);
        OnnxFile cut = file.withGraph(file.graph()
                .withOutputs(List.of(new ValueInfo(PictureNetwork.FEATURES, DataType.FLOAT, Dimension.batchOf(5)))));
        Passes.assertClose(Passes.runtime(cut, pictures), Passes.outputs(features, manager, pictures), 1e-4);
        assertFalse(features.getParameters().keys().contains("head.weight"));
        assertArrayEquals(file.toBytes(), features.written().toBytes());
        assertArrayEquals(new Shape[] {new Shape(4, 5)}, features.getOutputShapes(new Shape[] {new Shape(4, 6, 5, 3)}));
    }

    @Test
    void anUnknownOutputIsRefusedNamingWhatTheLastNodesWrite() {
        OnnxBlock block = OnnxBlock.of(file);
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> block.outputs("feature"));
        assertTrue(refused.getMessage().contains("'feature'")
                && refused.getMessage().contains("features"));
    }

    @Test
    void layersStandInTheOrderOfTheGraphWithTheirBatchNormalisation() {
        List<BlockLayer> layers = OnnxBlock.of(file).layers();
        assertEquals(
                List.of("/first/Conv", "/second/Conv", "/head/Gemm"),
                layers.stream().map(BlockLayer::name).toList());
        assertEquals(
                List.of("first.weight", "first.scale", "first.shift"),
                layers.get(0).parameters().stream().map(Parameter::getName).toList());
        assertEquals(
                List.of(1, 2),
                OnnxBlock.of(file).depthGroups(2).stream().map(List::size).toList());
    }

    @Test
    void frozenLayersKeepWeightsAndStatisticsAndNormaliseByTheRunningOnes() {
        OnnxBlock block = Passes.initialised(OnnxBlock.of(file).outputs(PictureNetwork.FEATURES), manager);
        block.layers().forEach(BlockLayer::freeze);
        List<TensorData> inference = Passes.outputs(block, manager, pictures, false);
        Passes.assertClose(inference, Passes.outputs(block, manager, pictures, true), 0);
        OnnxBlock whole = block();
        whole.trainLast(1);
        trained(whole, 2);
        Map<String, TensorData> before = file.graph().initializers();
        whole.written()
                .graph()
                .initializers()
                .forEach((name, value) -> assertEquals(!name.startsWith("head"), value.equals(before.get(name)), name));
        whole.freezeParameters(false);
        trained(whole, 1);
        assertNotEquals(
                before.get("first.mean"), whole.written().graph().initializers().get("first.mean"));
    }

    @Test
    void theRunningVarianceFollowsThatOfASampleByTheMomentumOfTheFile() {
        OnnxBlock convolved = Passes.initialised(OnnxBlock.of(file).outputs("/first/Conv_output_0"), manager);
        TensorData values = Passes.outputs(convolved, manager, pictures).get(0);
        OnnxBlock block = block();
        trained(block, 1);
        TensorData after = block.written().graph().initializers().get("first.variance");
        float before = file.graph().initializers().get("first.variance").floats()[0];
        double[] channel = channel(values, 0);
        double mean = Arrays.stream(channel).average().orElseThrow();
        double squares =
                Arrays.stream(channel).map(x -> (x - mean) * (x - mean)).sum();
        assertEquals(0.8 * before + 0.2 * squares / (channel.length - 1), after.floats()[0], 1e-4);
    }

    private static double[] channel(TensorData values, int channel) {
        long[] dims = values.dims();
        int size = (int) (dims[2] * dims[3]);
        float[] all = values.floats();
        double[] result = new double[(int) dims[0] * size];
        for (int i = 0; i < result.length; i++) {
            result[i] = all[(int) ((i / size) * dims[1] + channel) * size + i % size];
        }
        return result;
    }

    @Test
    void dropoutIsPutInFrontOfTheLastLayerAndActsInTrainingOnly() {
        OnnxBlock block = Passes.initialised(OnnxBlock.of(file).dropout(0.5), manager);
        block.layers().forEach(BlockLayer::freeze);
        List<TensorData> plain = Passes.outputs(block(), manager, pictures);
        Passes.assertClose(plain, Passes.outputs(block, manager, pictures), 0);
        assertNotEquals(plain, Passes.outputs(block, manager, pictures, true));
        assertEquals(file.graph().nodes(), block.written().graph().nodes());
    }

    @Test
    void weightsInHalfPrecisionLearnAndStayHalfOnlyWhereThatLosesNothing() throws IOException {
        GraphBuilder graph = new GraphBuilder(17);
        Random random = new Random(3);
        String x = graph.input(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(40)));
        float[] values = new float[40 * 30];
        for (int i = 0; i < values.length; i++) {
            values[i] = Half.rounded(random.nextFloat() - 0.5f);
        }
        graph.op("MatMul", x, graph.weight("dense.weight", TensorData.of(values, 40, 30)))
                .emitAs("y");
        graph.output(new ValueInfo("y", DataType.FLOAT, Dimension.batchOf(30)));
        Graph halved = GraphPass.halfPrecisionStorage().apply(graph.build("half"));
        OnnxFile stored = OnnxFile.of(17, new OnnxFile.Producer("a test", "1"), halved, Map.of());
        assertEquals(
                DataType.FLOAT16, halved.initializers().get("dense.weight.half").type());

        OnnxBlock block = Passes.initialised(OnnxBlock.of(stored), manager);
        assertEquals(List.of("dense.weight"), block.getParameters().keys());
        assertArrayEquals(stored.toBytes(), block.written().toBytes());
        NDArray weight = block.getParameters().get("dense.weight").getArray();
        weight.setRequiresGradient(false);
        weight.addi(weight.getManager().create(1e-5f));
        OnnxFile written = block.written();
        assertEquals(halved.nodes(), written.graph().nodes());
        assertEquals(
                DataType.FLOAT,
                written.graph().initializers().get("dense.weight.half").type());
        List<TensorData> inputs = Passes.random(stored, Map.of("batch", 2L), 1, random);
        Passes.assertClose(Passes.runtime(written, inputs), Passes.outputs(block, manager, inputs), 1e-4);
    }

    @Test
    void aFileThatWasWrittenForABatchOfOneRunsAtOthers() throws IOException {
        GraphBuilder graph = new GraphBuilder(17);
        String x = graph.input(new ValueInfo("x", DataType.FLOAT, Dimension.shape(1, 4, 3)));
        String rows = graph.op("Reshape", x, graph.constant(1, 12)).emit();
        graph.op("MatMul", rows, PictureNetwork.weight(graph, "w", new Random(4), 12, 2))
                .emitAs("y");
        graph.output(new ValueInfo("y", DataType.FLOAT, Dimension.shape(1, 2)));
        OnnxFile fixed = OnnxFile.of(17, new OnnxFile.Producer("a test", "1"), graph.build("fixed"), Map.of());
        OnnxBlock block = Passes.initialised(OnnxBlock.of(fixed), manager);
        float[] values = Passes.floats(36, new long[] {36}, new Random(5)).floats();
        float[] all = Passes.outputs(block, manager, List.of(TensorData.of(values, 3, 4, 3)))
                .get(0)
                .floats();
        for (int i = 0; i < 3; i++) {
            TensorData one = TensorData.of(Arrays.copyOfRange(values, 12 * i, 12 * i + 12), 1, 4, 3);
            float[] expected = Passes.runtime(fixed, List.of(one)).get(0).floats();
            assertArrayEquals(expected, Arrays.copyOfRange(all, 2 * i, 2 * i + 2), 1e-5f);
        }
    }

    @Test
    void advisesWhereAnExporterLeftOutWhatTrainingNeeds() {
        assertEquals(1, OnnxBlock.of(file).advice().size());
        assertTrue(OnnxBlock.of(file).advice().get(0).contains("dropout(0.2)"));
        assertEquals(List.of(), OnnxBlock.of(file).dropout(0.2).advice());
        GraphBuilder graph = new GraphBuilder(17);
        String x = graph.input(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(1, 4)));
        for (int i = 0; i < 8; i++) {
            x = graph.op("Conv", x, PictureNetwork.weight(graph, "w" + i, new Random(i), 1, 1, 1))
                    .emit();
        }
        graph.output(new ValueInfo(x, DataType.FLOAT, Dimension.batchOf(1, 4)));
        OnnxFile folded = OnnxFile.of(17, new OnnxFile.Producer("a test", "1"), graph.build("folded"), Map.of());
        assertTrue(OnnxBlock.of(folded).advice().get(0).contains("8 convolutions"));
    }

    @Test
    void whatCannotBeTrainedIsNamedAtOnce() {
        GraphBuilder graph = new GraphBuilder(17);
        String x = graph.input(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(4)));
        String spectrum = graph.scope("a").op("Det", x).emit();
        graph.scope("b").op("Unique", spectrum).emitAs("y");
        graph.output(new ValueInfo("y", DataType.FLOAT, Dimension.batchOf(4)));
        OnnxFile strange = OnnxFile.of(17, new OnnxFile.Producer("a test", "1"), graph.build("strange"), Map.of());
        UnsupportedGraphException refused = assertThrows(UnsupportedGraphException.class, () -> OnnxBlock.of(strange));
        assertEquals(2, refused.nodes().size());
        assertTrue(refused.getMessage().contains("Det '/a/Det'")
                && refused.getMessage().contains("'/b/Unique'"));
        assertTrue(refused.hint().contains("OnnxBlock.read(FILE, TENSOR)"));
    }

    @Test
    void aWrongInputIsRefusedNamingTheNodeAndTheShapes() {
        OnnxBlock block = block();
        List<TensorData> narrow = List.of(TensorData.of(DataType.UINT8, java.nio.ByteBuffer.allocate(6), 1, 2, 1, 3));
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> Passes.outputs(block, manager, narrow));
        assertTrue(refused.getMessage().contains("'/first/Conv'"), refused.getMessage());
    }

    @Test
    void aPassLeavesNothingBehindButItsOutputs() {
        OnnxBlock block = block();
        Passes.outputs(block, manager, pictures);
        int before = manager.getManagedArrays().size();
        for (int i = 0; i < 5; i++) {
            Passes.outputs(block, manager, pictures);
            trained(block, 1);
        }
        assertEquals(before, manager.getManagedArrays().size());
    }

    @Test
    void parametersAreSavedAndLoadedAsThoseOfAnyBlock() throws Exception {
        OnnxBlock block = block();
        trained(block, 2);
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        block.saveParameters(new java.io.DataOutputStream(bytes));
        OnnxBlock loaded = OnnxBlock.of(file);
        loaded.loadParameters(
                manager, new java.io.DataInputStream(new java.io.ByteArrayInputStream(bytes.toByteArray())));
        assertArrayEquals(block.written().toBytes(), loaded.written().toBytes());
    }
}
