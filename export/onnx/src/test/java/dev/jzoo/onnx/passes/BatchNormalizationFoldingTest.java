package dev.jzoo.onnx.passes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BatchNormalizationFoldingTest {

    private final GraphBuilder graph = new GraphBuilder(17);
    private final Random random = new Random(11);

    private String weight(String name, double offset, long... dims) {
        float[] values = new float[(int) java.util.Arrays.stream(dims).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (offset + 0.3 * random.nextGaussian());
        }
        return graph.weight(name, TensorData.of(values, dims));
    }

    private String normalised(String value, int channels) {
        return graph.op(
                        "BatchNormalization",
                        value,
                        weight("bn.gamma", 1, channels),
                        weight("bn.beta", 0, channels),
                        weight("bn.mean", 0, channels),
                        weight("bn.var", 2, channels))
                .real("epsilon", 1e-3)
                .emit();
    }

    private Rewritten folded(String value, int rank) {
        graph.output(new ValueInfo(
                graph.rename(value, "y"), DataType.FLOAT, Collections.nCopies(rank, new Dimension.UnknownDimension())));
        return Rewritten.of(GraphPass.batchNormalizationFolding(), graph.build("g"), 1e-5);
    }

    @Test
    void intoAConvolutionWithoutABiasWhichGetsOne() {
        graph.input(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(4, 6, 7)));
        String layer = graph.op("Conv", "x", weight("conv.weight", 0, 6, 2, 3, 3))
                .integer("group", 2)
                .emit();
        Rewritten rewritten = folded(normalised(layer, 6), 4);
        assertEquals(List.of("Conv"), rewritten.operators());
        assertEquals(
                Set.of("conv.weight", "conv.bias"),
                rewritten.after().initializers().keySet());
    }

    @Test
    void intoAMatrixOfEitherOrder() {
        graph.input(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(5)));
        String first = graph.op("Gemm", "x", weight("a.weight", 0, 4, 5), weight("a.bias", 0, 4))
                .integer("transB", 1)
                .emit();
        String second = graph.op("Gemm", first, weight("b.weight", 0, 4, 3), weight("b.bias", 0, 3))
                .emit();
        assertEquals(List.of("Gemm", "Gemm"), folded(normalised(second, 3), 2).operators());
    }

    @Test
    void intoAMatrixWhoseColumnsAreTheInputs() {
        graph.input(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(5)));
        String layer = graph.op("Gemm", "x", weight("a.weight", 0, 4, 5), weight("a.bias", 0, 4))
                .integer("transB", 1)
                .emit();
        assertEquals(List.of("Gemm"), folded(normalised(layer, 4), 2).operators());
    }

    @Test
    void notWhereSomethingElseReadsTheLayerOrItsWeights() {
        graph.input(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(2, 5, 5)));
        String weight = weight("w", 0, 2, 2, 1, 1);
        String layer =
                graph.op("Conv", graph.op("Conv", "x", weight).emit(), weight).emit();
        String result = normalised(layer, 2);
        graph.output(new ValueInfo(
                graph.rename(result, "y"), DataType.FLOAT, Collections.nCopies(4, new Dimension.UnknownDimension())));
        Graph before = graph.build("g");
        assertSame(before, GraphPass.batchNormalizationFolding().apply(before));
    }
}
