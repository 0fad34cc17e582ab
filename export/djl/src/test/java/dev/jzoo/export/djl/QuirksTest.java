package dev.jzoo.export.djl;

import static dev.jzoo.export.djl.Cases.floats;
import static dev.jzoo.export.djl.Cases.input;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.GhostBatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.transformer.BertBlock;
import ai.djl.nn.transformer.BertPretrainingBlock;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.testing.Coverage;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Tests computations of DJL that differ from its documentation, or from ONNX's operator of the same name. */
class QuirksTest {

    private static final NDManager MANAGER = NDManager.newBaseManager();

    @AfterAll
    static void close() {
        MANAGER.close();
    }

    private static OnnxExporter.Exported export(Function<NDList, NDList> lambda, ValueInfo... inputs) throws Exception {
        return Cases.export(new LambdaBlock(lambda), inputs);
    }

    private static float[] run(OnnxExporter.Exported exported, Tensor input) throws Exception {
        try (OnnxModel model = OnnxModel.open(exported.file().toBytes(), "quirk", Device.cpu())) {
            return model.run(Map.of("x", input)).get("output").floats();
        }
    }

    private static Node node(OnnxExporter.Exported exported, String operator) {
        return exported.file().graph().nodes().stream()
                .filter(node -> node.opType().equals(operator))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void mishTakesTheLogarithmToBase2() throws Exception {
        float[] y = run(
                export(list -> new NDList(Activation.mish(list.head())), floats("batch", 1)),
                Tensor.of(new float[] {1}, 1, 1));
        double base2 = Math.tanh(Math.log1p(Math.E) / Math.log(2));
        assertEquals(base2, y[0], 1e-5);
        assertTrue(Math.abs(Math.tanh(Math.log1p(Math.E)) - y[0]) > 0.05, "the Mish of its paper");
    }

    @Test
    void averagePoolCountsPaddingEvenIfToldNotTo() throws Exception {
        float[] y = run(
                export(
                        list -> new NDList(Pool.avgPool2d(
                                list.head(), new Shape(2, 2), new Shape(2, 2), new Shape(1, 1), false, false)),
                        floats("batch", 1, 2, 2)),
                Tensor.of(new float[] {4, 4, 4, 4}, 1, 1, 2, 2));
        assertEquals(1, y[0], 1e-6);
    }

    /** ONNX Runtime's shape is checked here, because the comparison with the framework ignores axes of one. */
    @Test
    void globalPoolsDropTheSpatialAxes() throws Exception {
        OnnxExporter.Exported exported =
                export(list -> new NDList(Pool.globalAvgPool2d(list.head())), floats("batch", 3, 5, 4));
        try (OnnxModel model = OnnxModel.open(exported.file().toBytes(), "quirk", Device.cpu())) {
            assertArrayEquals(
                    new long[] {2, 3},
                    model.run(Map.of("x", Tensor.of(new float[120], 2, 3, 5, 4)))
                            .get("output")
                            .shape());
        }
    }

    @Test
    void lpPoolTakesThePowersOfNegativeNumbersAsTheyAre() throws Exception {
        float[] y = run(
                export(
                        list -> new NDList(Pool.lpPool2d(
                                list.head(), 3, new Shape(1, 2), new Shape(1, 2), new Shape(0, 0), false)),
                        floats("batch", 1, 1, 2)),
                Tensor.of(new float[] {-1, 2}, 1, 1, 1, 2));
        assertEquals(Math.cbrt(-1 + 8), y[0], 1e-5);
    }

    @Test
    void geluIsExact() throws Exception {
        float[] y = run(
                export(list -> new NDList(Activation.gelu(list.head())), floats("batch", 1)),
                Tensor.of(new float[] {2}, 1, 1));
        assertEquals(1.9544997, y[0], 1e-6);
    }

    @Test
    void theMomentumOfBatchNormIsTheShareThatIsKept() throws Exception {
        ValueInfo input = floats("batch", 3, 4, 5);
        Block block =
                Cases.initialised(MANAGER, BatchNorm.builder().optMomentum(0.8f).build(), 0, input);
        assertEquals(
                new Attribute.Real(0.8f),
                node(Cases.export(block, input), "BatchNormalization")
                        .attributes()
                        .get("momentum"));
    }

    @Test
    void theGatesOfAnLstmAreReordered() throws Exception {
        ValueInfo input = floats("batch", "time", 3);
        Block block = Cases.initialised(
                MANAGER, LSTM.builder().setStateSize(2).setNumLayers(1).build(), 0, input);
        OnnxExporter.Exported exported = Cases.export(block, input);
        TensorData weight = exported.file()
                .graph()
                .initializers()
                .get(node(exported, "LSTM").inputs().get(1));
        float[] onnx = weight.floats();
        float[] djl = block.getParameters().valueAt(0).getArray().toFloatArray();
        int gate = 2 * 3;
        for (int i = 0; i < gate; i++) {
            assertEquals(djl[i], onnx[i], "input gate");
            assertEquals(djl[3 * gate + i], onnx[gate + i], "output gate");
            assertEquals(djl[gate + i], onnx[2 * gate + i], "forget gate");
            assertEquals(djl[2 * gate + i], onnx[3 * gate + i], "cell");
        }
    }

    @Test
    void aBidirectionalLstmWithBiasesFailsInDjlItself() {
        ValueInfo input = floats("batch", "time", 3);
        Block block = Cases.initialised(
                MANAGER,
                LSTM.builder()
                        .setStateSize(2)
                        .setNumLayers(1)
                        .optBidirectional(true)
                        .build(),
                0,
                input);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Cases.export(block, input));
        assertTrue(
                e.getMessage().contains("Cannot export the block: in DJL it fails on inputs of shape"), e.getMessage());
        Coverage.limit("DJL blocks", "bidirectional LSTM of 1 layers", "with biases: DJL itself fails");
    }

    @Test
    void theSequencesOfBertAreAsLongAsItsTableOfPositions() {
        ValueInfo[] inputs = {tokens("tokens"), tokens("types"), tokens("mask")};
        Block block = Cases.initialised(
                MANAGER,
                BertBlock.builder()
                        .nano()
                        .setTokenDictionarySize(9)
                        .optMaxSequenceLength(5)
                        .optTransformerBlockCount(1)
                        .build(),
                0,
                inputs);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Cases.export(block, inputs));
        assertTrue(
                e.getMessage().contains("Cannot export the block: in DJL it fails on inputs of shape"), e.getMessage());
        Coverage.limit("DJL blocks", "BERT", "the length of its sequences is maxSequenceLength");
    }

    @Test
    void picturesAreSmoothedWhereTheyGetSmaller() throws Exception {
        float[] y = run(
                export(
                        list -> new NDList(list.head().getNDArrayInternal().interpolation(new long[] {1, 1}, 1, false)),
                        floats("batch", 1, 1, 4)),
                Tensor.of(new float[] {8, 0, 0, 0}, 1, 1, 1, 4));
        assertTrue(y[0] > 0.5, "plain bilinear takes the two pixels in the middle alone: " + y[0]);
    }

    @Test
    void alignCornersIsIgnored() throws Exception {
        ValueInfo input = floats("batch", 1, 2, 3);
        Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 1, 1, 2, 3);
        float[] one = run(
                export(
                        list -> new NDList(list.head().getNDArrayInternal().interpolation(new long[] {4, 6}, 1, true)),
                        input),
                x);
        float[] other = run(
                export(
                        list -> new NDList(list.head().getNDArrayInternal().interpolation(new long[] {4, 6}, 1, false)),
                        input),
                x);
        assertArrayEquals(one, other);
    }

    @Test
    void ghostBatchNormIsExportedAsPlainOneWithAWarning() throws Exception {
        ValueInfo input = floats("batch", 3);
        Block block = Cases.initialised(MANAGER, GhostBatchNorm.builder().build(), 0, input);
        List<String> warnings = Cases.export(block, input).report().warnings();
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).startsWith("GhostBatchNorm"), warnings.get(0));
        Coverage.limit("DJL blocks", "ghost batch norm", "exported as plain batch normalisation, with a warning");
    }

    @Test
    void thePooledTokenOfBertIsThatOfIndex1() throws Exception {
        ValueInfo[] inputs = {tokens("tokens"), tokens("types"), tokens("mask")};
        Block block = Cases.initialised(
                MANAGER,
                BertBlock.builder()
                        .nano()
                        .setTokenDictionarySize(9)
                        .optMaxSequenceLength(4)
                        .optTransformerBlockCount(1)
                        .build(),
                0,
                inputs);
        OnnxExporter.Exported exported = Cases.export(block, inputs);
        Node last = exported.file().graph().nodes().stream()
                .filter(node -> node.opType().equals("Gather")
                        && node.attributes().get("axis").equals(new Attribute.Int(1)))
                .reduce((a, b) -> b)
                .orElseThrow();
        assertEquals(
                List.of(1L),
                List.of(exported.file()
                        .graph()
                        .initializers()
                        .get(last.inputs().get(1))
                        .longs()[0]));
        assertTrue(Cases.operators(exported).contains("BatchNormalization"), "not LayerNormalization");
        assertFalse(Cases.operators(exported).contains("LayerNormalization"));
    }

    private static ValueInfo tokens(String name) {
        return input(name, DataType.INT64, "batch", 4);
    }

    @Test
    void relu6IsOneClip() throws Exception {
        OnnxExporter.Exported exported =
                export(list -> new NDList(Activation.relu6(list.head().mul(5))), floats("batch", 4));
        assertEquals(List.of("Mul", "Clip"), Cases.operators(exported));
        // A ReLU stays if something else reads it.
        exported = export(
                list -> {
                    NDArray relu = Activation.relu(list.head());
                    return new NDList(relu.minimum(6), relu);
                },
                floats("batch", 4));
        assertEquals(List.of("Relu", "Min"), Cases.operators(exported));
    }

    /** The mask hides later steps; its infinities are not a sign of a failed training. */
    @Test
    void theMinusInfinityOfACausalMaskIsNoWarning() throws Exception {
        float inf = Float.NEGATIVE_INFINITY;
        NDArray mask = MANAGER.create(new float[] {0, inf, inf, 0, 0, inf, 0, 0, 0}, new Shape(3, 3));
        OnnxExporter.Exported exported = export(
                list -> new NDList(list.head()
                        .matMul(list.head().transpose(0, 2, 1))
                        .add(mask)
                        .softmax(-1)),
                floats("batch", 3, 4));
        assertEquals(List.of(), exported.report().warnings());
    }

    /** At batch 1 DJL's own squeeze drops the batch. */
    @Test
    void thePretrainingBlockOfBertIsComparedAtBatchesThatItTakes() throws Exception {
        ValueInfo[] inputs = {
            tokens("tokens"), tokens("types"), tokens("sequence"), input("masked", DataType.INT64, "batch", 2)
        };
        BertPretrainingBlock block = new BertPretrainingBlock(BertBlock.builder()
                .nano()
                .setTokenDictionarySize(9)
                .optMaxSequenceLength(4)
                .optTransformerBlockCount(1));
        assertTrue(Cases.export(Cases.initialised(MANAGER, block, 0, inputs), inputs)
                .report()
                .parity()
                .agrees());
    }

    @Test
    void dropoutIsNothingInInference() throws Exception {
        Block block = new SequentialBlock()
                .add(Activation::relu)
                .add(ai.djl.nn.norm.Dropout.builder().optRate(0.9f).build());
        ValueInfo input = floats("batch", 4);
        assertEquals(
                List.of("Relu"), Cases.operators(Cases.export(Cases.initialised(MANAGER, block, 0, input), input)));
    }
}
