package dev.jzoo.training.onnx;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A small classifier of colour pictures: bytes [batch, 6, 5, 3] in, normalised in the graph by vectors for the channels; two
 * convolutions with batch normalisation, a Gemm, logits [batch, 3] out.
 */
final class PictureNetwork {

    static final String FEATURES = "features";

    private PictureNetwork() {}

    static OnnxFile file(long seed) {
        Random random = new Random(seed);
        GraphBuilder graph = new GraphBuilder(17);
        String x = graph.input(new ValueInfo("image", DataType.UINT8, Dimension.batchOf(6, 5, 3)));
        String numbers =
                graph.op("Cast", x).integer("to", DataType.FLOAT.code()).emit();
        String mean = graph.weight("mean", TensorData.of(new float[] {120, 115, 100}, 3));
        String deviation = graph.weight("deviation", TensorData.of(new float[] {60, 61, 62}, 3));
        String normal = graph.op("Div", graph.op("Sub", numbers, mean).emit(), deviation)
                .emit();
        String nchw = graph.op("Transpose", normal).ints("perm", 0, 3, 1, 2).emit();
        String first = graph.scope("first")
                .op("Conv", nchw, weight(graph, "first.weight", random, 4, 3, 3, 3))
                .emit();
        String second = graph.scope("second")
                .op(
                        "Conv",
                        normalised(graph, "first", first, random),
                        weight(graph, "second.weight", random, 5, 4, 3, 2))
                .emit();
        graph.scope("head");
        String pooled = graph.op("GlobalAveragePool", normalised(graph, "second", second, random))
                .emit();
        String features = graph.op("Flatten", pooled).emitAs(FEATURES);
        graph.op("Gemm", features, weight(graph, "head.weight", random, 3, 5), weight(graph, "head.bias", random, 3))
                .integer("transB", 1)
                .emitAs("logits");
        graph.output(new ValueInfo("logits", DataType.FLOAT, Dimension.batchOf(3)));
        return OnnxFile.of(
                17, new OnnxFile.Producer("a test", "1"), graph.build("pictures"), Map.of("task", "classification"));
    }

    private static String normalised(GraphBuilder graph, String name, String x, Random random) {
        int channels = name.equals("first") ? 4 : 5;
        float[] variance = new float[channels];
        for (int i = 0; i < channels; i++) {
            variance[i] = 0.5f + random.nextFloat();
        }
        String y = graph.op(
                        "BatchNormalization",
                        List.of(
                                x,
                                weight(graph, name + ".scale", random, channels),
                                weight(graph, name + ".shift", random, channels),
                                weight(graph, name + ".mean", random, channels),
                                graph.weight(name + ".variance", TensorData.of(variance, channels))))
                .real("momentum", 0.8)
                .emit();
        return graph.op("Relu", y).emit();
    }

    static String weight(GraphBuilder graph, String name, Random random, long... dims) {
        int count = 1;
        for (long dim : dims) {
            count *= (int) dim;
        }
        return graph.weight(name, Passes.floats(count, dims, random));
    }
}
