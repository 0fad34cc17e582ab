package dev.jzoo.onnx;

import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program that writes a model of {@link #MEGABYTES} with internal and external weights and prints the digest of the
 * first. It runs in its own process.
 */
final class LargeModel {

    static final int MEGABYTES = 192;

    private static final int SIDE = 1024;

    private LargeModel() {}

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        GraphBuilder graph = new GraphBuilder(17);
        String value = graph.input(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(SIDE)));
        for (int i = 0; i < MEGABYTES / 12; i++) {
            String weight = graph.weight("w" + i, ExternalWeightsTest.weight(i, 3 * SIDE, SIDE));
            String wide = graph.op("Concat", List.of(value, value, value))
                    .integer("axis", 1)
                    .emit();
            value = graph.op("MatMul", wide, weight).emit();
        }
        graph.output(new ValueInfo(graph.rename(value, "y"), DataType.FLOAT, Dimension.batchOf(SIDE)));
        OnnxFile model = OnnxFile.of(17, new OnnxFile.Producer("test", ""), graph.build("large"), Map.of());
        System.out.println(model.write(file).sha256());
        model.write(file.resolveSibling("beside.onnx"), 0);
    }
}
