package dev.jzoo.onnx.passes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.Half;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HalfPrecisionStorageTest {

    private static float[] weights(int count) {
        Random random = new Random(3);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = Half.rounded((float) random.nextGaussian());
        }
        return values;
    }

    private static Graph graph(float[] large, float[] small) {
        GraphBuilder graph = new GraphBuilder(17);
        graph.input(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(32)));
        String product = graph.op("MatMul", "x", graph.weight("weight", TensorData.of(large, 32, 40)))
                .emit();
        graph.op("Add", product, graph.weight("bias", TensorData.of(small, 40))).emitAs("y");
        graph.output(new ValueInfo("y", DataType.FLOAT, Dimension.batchOf(40)));
        return graph.build("g");
    }

    @Test
    void aLargeConstantOfHalvesTakesHalfTheBytesAndComputesTheSame() {
        // ONNX Runtime adds in another order if it sees a constant.
        Rewritten rewritten =
                Rewritten.of(GraphPass.halfPrecisionStorage(), graph(weights(32 * 40), weights(40)), 1e-5);
        assertEquals(List.of("Cast", "MatMul", "Add"), rewritten.operators());
        assertEquals(
                32 * 40 * 2, rewritten.after().initializers().get("weight.half").byteSize());
        assertEquals(
                DataType.FLOAT, rewritten.after().initializers().get("bias").type());
    }

    @Test
    void aConstantWithOneValueThatNoHalfHasStaysAsItIs() {
        float[] weights = weights(32 * 40);
        weights[1000] = 1 + 0x1p-12f;
        Graph graph = graph(weights, weights(40));
        assertSame(graph, GraphPass.halfPrecisionStorage().apply(graph));
    }
}
