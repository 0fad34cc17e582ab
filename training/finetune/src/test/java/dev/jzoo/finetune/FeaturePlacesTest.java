package dev.jzoo.finetune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.finetune.base.BaseNetwork;
import dev.jzoo.finetune.base.BaseProbe;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where features are found in networks that are no plain classifiers, and what is said where there are none. */
class FeaturePlacesTest {

    private static final int SIDE = 16;

    @TempDir
    Path folder;

    private final GraphBuilder graph = new GraphBuilder(17);
    private final String image = graph.input(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(3, SIDE, SIDE)));
    private final List<ValueInfo> outputs = new ArrayList<>();
    private int weights;

    @Test
    void ofAConvolutionWhoseScoresAreAveragedWhatItReadsIsTakenIfItTellsMore() throws IOException {
        String maps = convolution(image, 3, 16, 3, 1);
        // A classifier of two classes that are no longer of interest: both scores are nearly the same for all pictures.
        String scores = relu(convolutionOf(maps, constant(2, 16, 0.001f), 1));
        output(flat(graph.op("GlobalAveragePool", scores).emit()), 2);
        FinetuneCase tried = pictures();
        TrainingResult result = tried.run();
        assertTrue(tried.heard("Features: 16 numbers, the input of its last layer, Conv"), tried.notes::toString);
        assertTrue(tried.heard("classify the training pictures better than"), tried.notes::toString);
        assertTrue(result.metric("validation.accuracy") > 0.9);
    }

    @Test
    void ofANetworkThatEndsWithItsFeaturesTheOutputIsTakenIfItTellsMore() throws IOException {
        // The last convolution makes colours of grey differences; what it reads has means that are all alike.
        String maps = convolution(image, 3, 16, 3, 1);
        String centred = graph.op(
                        "Sub",
                        maps,
                        graph.op("ReduceMean", maps)
                                .ints("axes", 2, 3)
                                .integer("keepdims", 1)
                                .emit())
                .emit();
        String last = relu(convolution(centred, 16, 12, 1, 1));
        output(flat(graph.op("GlobalAveragePool", last).emit()), 12);
        FinetuneCase tried = pictures();
        tried.run();
        assertTrue(
                tried.heard("Features: 12 numbers, its output 'out'")
                        && tried.heard("classify the training pictures better than"),
                tried.notes::toString);
    }

    @Test
    void aSegmenterHasItsFeaturesInItsDeepestMaps() throws IOException {
        String first = convolution(image, 3, 8, 3, 2);
        String deep = convolution(first, 8, 24, 3, 2);
        String up = graph.op("Resize", deep, "", graph.constant(scales()))
                .text("mode", "nearest")
                .emit();
        String decoded = convolution(up, 24, 16, 3, 1);
        String classes = convolution(decoded, 16, 5, 1, 1);
        output(classes, 5, 8, 8);
        BaseProbe.Probed probed = probed();
        assertEquals(deep, probed.base().tap().tensor());
        assertTrue(
                probed.base().tap().reason().contains("its output 'out' [1, 5, 8, 8] is not one row of numbers"),
                probed.base().tap().reason());
        assertEquals(24, probed.shape().means());
        assertTrue(pictures().run().metric("validation.accuracy") > 0.9);
    }

    @Test
    void aSegmenterThatGivesLabelsHasThemThereToo() throws IOException {
        String deep = convolution(convolution(image, 3, 8, 3, 2), 8, 24, 3, 2);
        String classes = convolution(deep, 24, 5, 1, 1);
        graph.op("ArgMax", classes).integer("axis", 1).integer("keepdims", 0).emitAs("out");
        outputs.add(new ValueInfo("out", DataType.INT64, Dimension.batchOf(4, 4)));
        assertEquals(deep, probed().base().tap().tensor());
    }

    @Test
    void aDetectorHasItsFeaturesInItsDeepestMaps() throws IOException {
        String deep = convolution(convolution(image, 3, 8, 3, 2), 8, 24, 3, 2);
        String head = convolution(deep, 24, 6, 1, 1);
        String boxes = graph.op("Reshape", head, graph.constant(0, 6, 16)).emit();
        String sure = graph.op("Sigmoid", boxes).emit();
        graph.op("Concat", boxes, sure).integer("axis", 1).emitAs("out");
        outputs.add(new ValueInfo("out", DataType.FLOAT, Dimension.batchOf(12, 16)));
        assertEquals(deep, probed().base().tap().tensor());
    }

    @Test
    void aDetectorThatSuppressesBoxesDoesNotGiveBoxNumbersForFeatures() throws IOException {
        String deep = convolution(convolution(image, 3, 8, 3, 2), 8, 24, 3, 2);
        String head = flat(convolution(deep, 24, 1, 1, 1));
        List<String> best =
                graph.op("TopK", head, graph.constant(TensorData.vector(8))).emit(2);
        graph.op("Identity", best.get(0)).emitAs("out");
        outputs.add(new ValueInfo("out", DataType.FLOAT, Dimension.batchOf(8)));
        assertEquals(deep, probed().base().tap().tensor());
    }

    @Test
    void aNetworkWithoutItsClassifierThatGivesMapsHasThemForFeatures() throws IOException {
        String deep = convolution(convolution(image, 3, 8, 3, 2), 8, 24, 3, 2);
        output(graph.op("Relu", deep).emit(), 24, 4, 4);
        assertEquals("out", probed().base().tap().tensor());
    }

    @Test
    void tokensOfATransformerAreFeatures() throws IOException {
        String patches = convolution(image, 3, 8, 4, 4);
        String rows = graph.op("Reshape", patches, graph.constant(0, 8, -1)).emit();
        String tokens = graph.op("Transpose", rows).ints("perm", 0, 2, 1).emit();
        String normal = graph.op("LayerNormalization", tokens, constant(8, 0, 1f), constant(8, 0, 0f))
                .emit();
        graph.op("Identity", normal).emitAs("out");
        outputs.add(new ValueInfo("out", DataType.FLOAT, Dimension.batchOf(16, 8)));
        BaseProbe.Probed probed = probed();
        assertEquals("out", probed.base().tap().tensor());
        assertEquals(8, probed.shape().means());
    }

    @Test
    void featuresOfAFileWhoseTensorsAreAllQuantisedAreMadeReal() throws IOException {
        String scale = graph.constant(4f);
        String zero = graph.constant(TensorData.of(DataType.UINT8, ByteBuffer.allocate(1)));
        String integers = graph.op("QuantizeLinear", image, scale, zero).emit();
        String pooled = graph.op("MaxPool", integers)
                .ints("kernel_shape", 8, 8)
                .ints("strides", 8, 8)
                .emit();
        String row = flat(pooled);
        byte[] ones = new byte[12 * 5];
        Arrays.fill(ones, (byte) 1);
        String weight = graph.weight("wq", TensorData.of(DataType.UINT8, ByteBuffer.wrap(ones), 12, 5));
        String product = graph.op("QLinearMatMul", row, scale, zero, weight, scale, zero, scale, zero)
                .emit();
        output(graph.op("DequantizeLinear", product, scale, zero).emit(), 5);
        FinetuneCase tried = pictures();
        TrainingResult result = tried.run();
        assertTrue(
                tried.heard("Features: 12 numbers, the input of its last layer, QLinearMatMul"), tried.notes::toString);
        assertTrue(result.metric("validation.accuracy") > 0.9);
        assertTrue(result.parity().agrees());
    }

    @Test
    void aNameThatTheBaseDoesNotHaveIsAnsweredWithThoseThatItHas() throws IOException {
        classifier();
        JZooException refused = assertThrows(
                JZooException.class, () -> pictures().features("fc").run());
        assertEquals(JZooException.Code.NOT_FOUND, refused.code());
        String said = refused.getMessage() + refused.hint();
        assertTrue(said.contains("base.onnx has no tensor 'fc'"), said);
        assertTrue(said.contains("Candidates for --features: 'row' [1, 24] (the input of Gemm "), said);
        assertTrue(said.contains("[1, 8, 8, 8] (the input of Conv "), said);
    }

    @Test
    void aTensorThatCanBeNoFeaturesIsRefusedWithThoseThatCan() throws IOException {
        classifier();
        JZooException refused = assertThrows(
                JZooException.class, () -> pictures().features("label").run());
        assertEquals(JZooException.Code.BAD_INPUT, refused.code());
        String said = refused.getMessage() + refused.hint();
        assertTrue(said.contains("'label' (named by --features) is of type int64"), said);
        assertTrue(said.contains("'row' [1, 24]"), said);
    }

    @Test
    void aNetworkWithNothingOfAPictureIsRefused() throws IOException {
        String mean = graph.op("ReduceMean", image)
                .ints("axes", 1, 2, 3)
                .integer("keepdims", 0)
                .emit();
        graph.op("Identity", mean).emitAs("out");
        outputs.add(new ValueInfo("out", DataType.FLOAT, Dimension.batchOf()));
        JZooException refused =
                assertThrows(JZooException.class, () -> pictures().run());
        assertTrue(refused.getMessage().contains("has no features to train on"), refused.getMessage());
    }

    private void classifier() {
        String deep = convolution(convolution(image, 3, 8, 3, 2), 8, 24, 3, 2);
        String row = graph.op("Flatten", graph.op("GlobalAveragePool", deep).emit())
                .integer("axis", 1)
                .emitAs("row");
        String scores = graph.op("Gemm", row, weight(24, 5)).emit();
        graph.op("ArgMax", scores).integer("axis", 1).emitAs("label");
        outputs.add(new ValueInfo("label", DataType.INT64, Dimension.batchOf(1)));
    }

    private BaseProbe.Probed probed() throws IOException {
        Path file = folder.resolve("base.onnx");
        outputs.forEach(graph::output);
        outputs.clear();
        Bases.file(graph).write(file);
        return BaseProbe.of(BaseNetwork.read("base.onnx", file, Optional.empty(), OptionalInt.empty()));
    }

    private FinetuneCase pictures() throws IOException {
        outputs.forEach(graph::output);
        outputs.clear();
        return FinetuneCase.of(folder, Bases.file(graph)).data(Bases.pictures(folder.resolve("data"), 10, 10));
    }

    private void output(String tensor, long... sizes) {
        String out = graph.op("Identity", tensor).emitAs("out");
        outputs.add(new ValueInfo(out, DataType.FLOAT, Dimension.batchOf(sizes)));
    }

    private String convolution(String value, int from, int to, int window, int stride) {
        return relu(convolutionOf(value, weight(to, from, window, window), stride));
    }

    private String convolutionOf(String value, String weight, int stride) {
        return graph.op("Conv", value, weight)
                .ints("strides", stride, stride)
                .text("auto_pad", "SAME_UPPER")
                .emit();
    }

    private String relu(String value) {
        return graph.op("Relu", value).emit();
    }

    private String flat(String value) {
        return graph.op("Flatten", value).integer("axis", 1).emit();
    }

    private String weight(long... sizes) {
        return graph.weight("w" + ++weights, Bases.random(weights, sizes));
    }

    /** So many equal numbers: [count], or [count, channels, 1, 1]. */
    private String constant(int count, int channels, float value) {
        float[] values = new float[count * Math.max(1, channels)];
        Arrays.fill(values, value);
        long[] sizes = channels == 0 ? new long[] {count} : new long[] {count, channels, 1, 1};
        return graph.weight("c" + ++weights, TensorData.of(values, sizes));
    }

    private static TensorData scales() {
        return TensorData.of(new float[] {1, 1, 2, 2}, 4);
    }
}
