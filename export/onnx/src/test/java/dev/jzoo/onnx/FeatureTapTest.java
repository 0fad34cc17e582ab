package dev.jzoo.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.card.Dimension;
import java.util.Arrays;
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
        assertTrue(tap.reason().contains("no layer of a classifier"), tap.reason());
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
        assertEquals("as --features says", FeatureTap.named(built, x).reason());
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
