package dev.jzoo.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.card.Dimension;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureTapTest {

    private final GraphBuilder graph = new GraphBuilder(17);
    private final String x = graph.input(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(3, 8, 8)));

    @Test
    void theInputOfTheLastGemmIsFoundBehindSoftmax() {
        String row = pooled(x);
        String logits = graph.op("Gemm", row, graph.weight("w", weights(3, 5))).emit();
        FeatureTap tap = tap(graph.op("Softmax", logits).integer("axis", 1).emit());
        assertEquals(row, tap.tensor());
        assertEquals(x, tap.maps().orElseThrow());
    }

    @Test
    void theInputOfAMatMulIsFoundBehindItsBias() {
        String row = pooled(x);
        String product =
                graph.op("MatMul", row, graph.weight("w", weights(3, 5))).emit();
        FeatureTap tap =
                tap(graph.op("Add", graph.weight("b", weights(5)), product).emit());
        assertEquals(row, tap.tensor());
    }

    @Test
    void aConvolutionWhoseScoresAreAveragedIsTheLastLayer() {
        String scores =
                graph.op("Conv", x, graph.weight("w", weights(5, 3, 1, 1))).emit();
        String row = pooled(graph.op("Relu", scores).emit());
        FeatureTap tap = tap(graph.op("Softmax", row).integer("axis", 1).emit());
        assertEquals(x, tap.tensor());
    }

    @Test
    void aNetworkThatEndsWithAMeanOverMapsGivesItsFeaturesItself() {
        String maps =
                graph.op("Conv", x, graph.weight("w", weights(5, 3, 1, 1))).emit();
        String row = pooled(maps);
        FeatureTap tap = tap(row);
        assertEquals(row, tap.tensor());
        assertTrue(tap.reason().contains("does not come from a layer of a classifier"), tap.reason());
        assertEquals(maps, tap.maps().orElseThrow());
    }

    @Test
    void anOutputNamedFeaturesIsTaken() {
        String row = graph.op("Flatten", graph.op("GlobalAveragePool", x).emit())
                .integer("axis", 1)
                .emitAs("features");
        String logits = graph.op("Gemm", row, graph.weight("w", weights(3, 5))).emit();
        graph.output(new ValueInfo(logits, DataType.FLOAT, Dimension.batchOf(5)));
        assertEquals("features", tap(row).tensor());
    }

    @Test
    void aTensorThatIsNamedAndFoundAnywayIsToldByWhatItIs() {
        String row = pooled(x);
        String logits = graph.op("Gemm", row, graph.weight("w", weights(3, 5))).emit();
        graph.output(new ValueInfo(logits, DataType.FLOAT, Dimension.batchOf(5)));
        Graph built = graph.build("test");
        assertEquals(FeatureTap.of(built), FeatureTap.named(built, row));
        assertTrue(FeatureTap.named(built, row).reason().startsWith("the input of its last layer"));
        assertEquals("named by --features", FeatureTap.named(built, x).reason());
    }

    @Test
    void aConvolutionWhoseRectifiedMeansANetworkEndsWithMayBeAClassifiersOrNot() {
        String scores =
                graph.op("Conv", x, graph.weight("w", weights(5, 3, 1, 1))).emit();
        String row = pooled(graph.op("Relu", scores).emit());
        assertEquals(row, tap(row).tensor());
        FeatureTap other = FeatureTap.alternative(graph.build("test")).orElseThrow();
        assertEquals(x, other.tensor());
    }

    @Test
    void aGraphWithALayerOfScoresHasNoAlternative() {
        String logits =
                graph.op("Gemm", pooled(x), graph.weight("w", weights(3, 5))).emit();
        tap(graph.op("Softmax", logits).integer("axis", 1).emit());
        assertTrue(FeatureTap.alternative(graph.build("test")).isEmpty());
    }

    @Test
    void ofALabelAndItsScoresTheScoresLeadToTheFeatures() {
        String row = pooled(x);
        String logits = graph.op("Gemm", row, graph.weight("w", weights(3, 5))).emit();
        String scores = graph.op("Softmax", logits).integer("axis", 1).emit();
        String label = graph.op("ArgMax", scores).integer("axis", 1).emit();
        graph.output(new ValueInfo(label, DataType.INT64, Dimension.batchOf(1)));
        assertEquals(row, tap(scores).tensor());
    }

    @Test
    void aLabelAloneLeadsToTheFeaturesToo() {
        String row = pooled(x);
        String logits = graph.op("Gemm", row, graph.weight("w", weights(3, 5))).emit();
        String label = graph.op("ArgMax", logits).integer("axis", 1).emit();
        graph.output(new ValueInfo(label, DataType.INT64, Dimension.batchOf(1)));
        assertEquals(row, FeatureTap.of(graph.build("test")).tensor());
    }

    @Test
    void theInputOfALayerBetweenQuantizeAndDequantizeIsFound() {
        String row = dequantized(quantized(pooled(x)));
        String logits = graph.op("Gemm", row, graph.weight("w", weights(3, 5))).emit();
        FeatureTap tap = tap(dequantized(quantized(logits)));
        assertEquals(row, tap.tensor());
        assertEquals(x, tap.maps().orElseThrow());
        assertTrue(tap.reason().contains("Gemm"), tap.reason());
    }

    @Test
    void whatALayerQuantisedWhileRunningReadsIsFoundInRealNumbers() {
        String row = pooled(x);
        List<String> quantized = graph.op("DynamicQuantizeLinear", row).emit(3);
        String weights = graph.weight("wq", TensorData.of(DataType.INT8, ByteBuffer.allocate(15), 3, 5));
        String sums = graph.op("MatMulInteger", quantized.get(0), weights, quantized.get(2))
                .emit();
        String real =
                graph.op("Cast", sums).integer("to", DataType.FLOAT.code()).emit();
        String scale = graph.op("Mul", quantized.get(1), scale()).emit();
        String product = graph.op("Mul", real, scale).emit();
        FeatureTap tap =
                tap(graph.op("Add", product, graph.weight("b", weights(5))).emit());
        assertEquals(row, tap.tensor());
        assertTrue(tap.scale().isEmpty());
    }

    @Test
    void aQuantisedLayerWhoseInputHasNoRealNumbersNamesItsScale() {
        String integers = quantized(x);
        String pooled = graph.op("MaxPool", integers).ints("kernel_shape", 8, 8).emit();
        String flat = graph.op("Flatten", pooled).integer("axis", 1).emit();
        String weights = graph.weight("wq", TensorData.of(DataType.INT8, ByteBuffer.allocate(15), 3, 5));
        String zero = graph.weight("wz", TensorData.of(DataType.INT8, ByteBuffer.allocate(1)));
        String product = graph.op("QLinearMatMul", flat, scale(), zero(), weights, scale(), zero, scale(), zero())
                .emit();
        FeatureTap tap = tap(dequantized(product));
        assertEquals(flat, tap.tensor());
        assertEquals(new FeatureTap.QuantizedScale(scale(), zero()), tap.scale().orElseThrow());
    }

    @Test
    void sizesThatAreComputedFromAShapeAreNotFollowed() {
        String row = pooled(x);
        String logits = graph.op("Gemm", row, graph.weight("w", weights(3, 5))).emit();
        String shape = graph.op("Shape", logits).emit();
        assertEquals(row, tap(graph.op("Reshape", logits, shape).emit()).tensor());
    }

    @Test
    void theInputsOfTheLastLayersAreCandidates() {
        String maps =
                graph.op("Conv", x, graph.weight("k", weights(5, 3, 1, 1))).emit();
        String row = pooled(maps);
        tap(graph.op("Gemm", row, graph.weight("w", weights(5, 5))).emit());
        List<FeatureTap> candidates = FeatureTap.candidates(graph.build("test"), 3);
        assertEquals(
                List.of(row, x), candidates.stream().map(FeatureTap::tensor).toList());
    }

    private String scale() {
        return graph.constant(0.1f);
    }

    private String zero() {
        return graph.constant(TensorData.of(DataType.UINT8, ByteBuffer.allocate(1)));
    }

    private String quantized(String value) {
        return graph.op("QuantizeLinear", value, scale(), zero()).emit();
    }

    private String dequantized(String value) {
        return graph.op("DequantizeLinear", value, scale(), zero()).emit();
    }

    private static TensorData weights(int... sizes) {
        return TensorData.of(
                new float[Arrays.stream(sizes).reduce(1, (a, b) -> a * b)],
                Arrays.stream(sizes).asLongStream().toArray());
    }

    private String pooled(String maps) {
        return graph.op("Flatten", graph.op("GlobalAveragePool", maps).emit())
                .integer("axis", 1)
                .emit();
    }

    private FeatureTap tap(String output) {
        graph.output(new ValueInfo(output, DataType.FLOAT, Dimension.batchOf(5)));
        Graph built = graph.build("test");
        return FeatureTap.of(built);
    }
}
