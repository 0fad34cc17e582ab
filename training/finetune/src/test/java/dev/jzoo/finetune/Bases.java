package dev.jzoo.finetune;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;

/** Small networks and pictures, made here: a convolution with random weights tells colours apart well enough. */
final class Bases {

    static final int SIDE = 12;
    private static final int MAPS = 8;

    private Bases() {}

    /** What stands behind the features. */
    enum End {
        GEMM_AND_SOFTMAX,
        NOTHING
    }

    /** A classifier float [batch, 3, height, width] to 5 classes. */
    static OnnxFile classifier(List<Dimension> shape, End end) {
        GraphBuilder graph = new GraphBuilder(17);
        String image = graph.input(new ValueInfo("input", DataType.FLOAT, shape));
        String maps = convolution(graph, image);
        String pooled = graph.op("GlobalAveragePool", maps).emit();
        String features = graph.op("Flatten", pooled).integer("axis", 1).emit();
        if (end == End.NOTHING) {
            graph.output(new ValueInfo(graph.rename(features, "embedding"), DataType.FLOAT, row(shape, MAPS)));
            return file(graph);
        }
        String weight = graph.weight("fc.weight", random(2, 5, MAPS));
        String logits = graph.op("Gemm", features, weight).integer("transB", 1).emit();
        String scores = graph.op("Softmax", logits).integer("axis", -1).emitAs("scores");
        graph.output(new ValueInfo(scores, DataType.FLOAT, row(shape, 5)));
        return file(graph);
    }

    static OnnxFile classifier() {
        return classifier(Dimension.batchOf(3, SIDE, SIDE), End.GEMM_AND_SOFTMAX);
    }

    /** A network with so many features: random sums of the pixels, cut at 0. */
    static OnnxFile wide(int features) {
        GraphBuilder graph = new GraphBuilder(17);
        String image = graph.input(new ValueInfo("input", DataType.FLOAT, Dimension.batchOf(3, SIDE, SIDE)));
        String flat = graph.op("Flatten", image).integer("axis", 1).emit();
        String sums = graph.op("MatMul", flat, graph.weight("w", random(3, 3L * SIDE * SIDE, features)))
                .emit();
        String row = graph.op("Relu", sums).emitAs("features");
        graph.output(new ValueInfo(row, DataType.FLOAT, Dimension.batchOf(features)));
        return file(graph);
    }

    /** A classifier that begins with a batch normalisation of its input, with these statistics. */
    static OnnxFile remembering(float[] mean, float[] variance) {
        GraphBuilder graph = new GraphBuilder(17);
        String image = graph.input(new ValueInfo("input", DataType.FLOAT, Dimension.batchOf(3, SIDE, SIDE)));
        String normal = graph.op(
                        "BatchNormalization",
                        image,
                        graph.weight("bn.scale", TensorData.of(new float[] {1, 1, 1}, 3)),
                        graph.weight("bn.bias", TensorData.of(new float[] {0, 0, 0}, 3)),
                        graph.weight("bn.mean", TensorData.of(mean, 3)),
                        graph.weight("bn.variance", TensorData.of(variance, 3)))
                .emit();
        String maps = convolution(graph, normal);
        String pooled = graph.op("GlobalAveragePool", maps).emit();
        String row = graph.op("Flatten", pooled).integer("axis", 1).emitAs("features");
        graph.output(new ValueInfo(row, DataType.FLOAT, Dimension.batchOf(MAPS)));
        return file(graph);
    }

    private static String convolution(GraphBuilder graph, String image) {
        String weight = graph.weight("conv.weight", random(1, MAPS, 3, 3, 3));
        String value = graph.op("Conv", image, weight)
                .ints("pads", 1, 1, 1, 1)
                .ints("kernel_shape", 3, 3)
                .emit();
        return graph.op("Relu", value).emit();
    }

    private static List<Dimension> row(List<Dimension> shape, int values) {
        return List.of(shape.get(0), Dimension.of(values));
    }

    static OnnxFile file(GraphBuilder graph) {
        Graph built = graph.build("network");
        return OnnxFile.of(17, new OnnxFile.Producer("test", "1"), built, Map.of());
    }

    static TensorData random(long seed, long... dims) {
        Random random = new Random(seed);
        int size = 1;
        for (long dim : dims) {
            size *= (int) dim;
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian() / 3;
        }
        return TensorData.of(values, dims);
    }

    /** Noisy pictures: reddish ones in "red", bluish ones in "blue". */
    static Path pictures(Path folder, int red, int blue) throws IOException {
        draw(folder.resolve("red"), red, 0xA04040, 1);
        draw(folder.resolve("blue"), blue, 0x4040A0, 2);
        return folder;
    }

    /** So many pictures around a colour. */
    static void draw(Path folder, int count, int colour, long seed) throws IOException {
        Files.createDirectories(folder);
        Random random = new Random(seed);
        for (int i = 0; i < count; i++) {
            BufferedImage picture = new BufferedImage(SIDE + 4, SIDE + 2, BufferedImage.TYPE_INT_RGB);
            for (int y = 0; y < picture.getHeight(); y++) {
                for (int x = 0; x < picture.getWidth(); x++) {
                    int rgb = 0;
                    for (int shift = 16; shift >= 0; shift -= 8) {
                        int value = (colour >> shift & 0xFF) + (int) (40 * random.nextGaussian());
                        rgb |= Math.max(0, Math.min(255, value)) << shift;
                    }
                    picture.setRGB(x, y, rgb);
                }
            }
            ImageIO.write(picture, "png", folder.resolve(i + ".png").toFile());
        }
    }
}
