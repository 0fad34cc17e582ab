package dev.jzoo.recipes.pictures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeatureMapsTest {

    private static final int HEIGHT = 4;
    private static final int WIDTH = 5;

    private final GraphBuilder graph = new GraphBuilder(17);

    /** The picture [batch, 4, 5, 1] of bytes as real numbers [batch, 1, 4, 5]. */
    private String pixels() {
        graph.input(new ValueInfo("image", DataType.UINT8, Dimension.batchOf(HEIGHT, WIDTH, 1)));
        String real =
                graph.op("Cast", "image").integer("to", DataType.FLOAT.code()).emit();
        return graph.op("Transpose", real).ints("perm", 0, 3, 1, 2).emit();
    }

    private OnnxFile file(String last) {
        graph.op("Flatten", last).integer("axis", 1).emitAs("y");
        graph.output(new ValueInfo("y", DataType.FLOAT, List.of(Dimension.BATCH, new Dimension.UnknownDimension())));
        return OnnxFile.of(17, new OnnxFile.Producer("jzoo", "test"), graph.build("network"), Map.of());
    }

    private static Tensor picture(byte[] pixels) {
        return Tensor.ofBytes(pixels, 1, HEIGHT, WIDTH, 1);
    }

    private static byte[] randomPixels(long seed) {
        byte[] pixels = new byte[HEIGHT * WIDTH];
        new Random(seed).nextBytes(pixels);
        return pixels;
    }

    private static List<List<Integer>> places(List<FeatureMaps> layers) {
        return layers.stream()
                .map(layer -> List.of(layer.place(), layer.places()))
                .toList();
    }

    @Test
    void mapsEqualAConvolutionByHand() throws IOException {
        float[] weights = {1, -1, 0.5f, 0, -0.5f, 0.25f, 0, 1};
        graph.weight("w", TensorData.of(weights, 2, 1, 2, 2));
        graph.weight("b", TensorData.of(new float[] {-20, 3}, 2));
        String relu =
                graph.op("Relu", graph.op("Conv", pixels(), "w", "b").emit()).emit();
        byte[] pixels = randomPixels(4);
        FeatureMaps maps = FeatureMaps.of(file(relu), picture(pixels)).get(0);
        assertEquals(List.of(3, 4), List.of(maps.height(), maps.width()));
        float[] bias = {-20, 3};
        for (int channel = 0; channel < 2; channel++) {
            float[] expected = new float[12];
            for (int y = 0; y < 3; y++) {
                for (int x = 0; x < 4; x++) {
                    float sum = bias[channel];
                    for (int i = 0; i < 4; i++) {
                        sum += weights[4 * channel + i] * (pixels[(y + i / 2) * WIDTH + x + i % 2] & 255);
                    }
                    expected[4 * y + x] = Math.max(0, sum);
                }
            }
            assertArrayEquals(expected, maps.maps().get(channel), 1e-3f);
        }
    }

    @Test
    void theMostActiveChannelsComeFirstAndSixteenAtMost() throws IOException {
        float[] weights = new float[20];
        for (int channel = 0; channel < 20; channel++) {
            weights[channel] = channel % 2 == 0 ? 20 - channel : 0.01f * channel;
        }
        graph.weight("w", TensorData.of(weights, 20, 1, 1, 1));
        String relu = graph.op("Relu", graph.op("Conv", pixels(), "w").emit()).emit();
        FeatureMaps maps = FeatureMaps.of(file(relu), picture(randomPixels(5))).get(0);
        assertEquals(List.of(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 19, 17, 15, 13, 11, 9), maps.mostActive());
    }

    @Test
    void firstMiddleAndLastOfManyAreShown() throws IOException {
        graph.weight("w", TensorData.of(new float[] {0.5f}, 1, 1, 1, 1));
        String value = pixels();
        for (int i = 0; i < 7; i++) {
            value = graph.op("Relu", graph.op("Conv", value, "w").emit()).emit();
        }
        byte[] pixels = randomPixels(6);
        List<FeatureMaps> layers = FeatureMaps.of(file(value), picture(pixels));
        assertEquals(List.of(List.of(1, 7), List.of(4, 7), List.of(7, 7)), places(layers));
        for (FeatureMaps layer : layers) {
            float halved = (pixels[7] & 255) / (float) (1 << layer.place());
            assertEquals(halved, layer.maps().get(0)[7], 1e-4f);
        }
    }

    @Test
    void aReluBehindASumOfTwoPathsIsBehindAConvolution() throws IOException {
        graph.weight("w", TensorData.of(new float[] {2}, 1, 1, 1, 1));
        String input = pixels();
        String inner = graph.op("Relu", graph.op("Conv", input, "w").emit()).emit();
        String sum = graph.op("Add", input, graph.op("Conv", inner, "w").emit()).emit();
        byte[] pixels = randomPixels(7);
        List<FeatureMaps> layers = FeatureMaps.of(file(graph.op("Relu", sum).emit()), picture(pixels));
        assertEquals(List.of(List.of(1, 2), List.of(2, 2)), places(layers));
        assertEquals(5f * (pixels[3] & 255), layers.get(1).maps().get(0)[3], 1e-3f);
    }

    @Test
    void aReluBehindFlatteningHasNoMaps() throws IOException {
        graph.weight("w", TensorData.of(new float[] {1}, 1, 1, 1, 1));
        String first = graph.op("Relu", graph.op("Conv", pixels(), "w").emit()).emit();
        String flat = graph.op("Flatten", first).integer("axis", 1).emit();
        List<FeatureMaps> layers = FeatureMaps.of(file(graph.op("Relu", flat).emit()), picture(randomPixels(8)));
        assertEquals(List.of(List.of(1, 1)), places(layers));
    }

    @Test
    void whereEveryReluIsBehindFlatteningThereIsNone() throws IOException {
        graph.weight("w", TensorData.of(new float[] {1}, 1, 1, 1, 1));
        String convolved = graph.op("Conv", pixels(), "w").emit();
        String flat = graph.op("Flatten", convolved).integer("axis", 1).emit();
        List<FeatureMaps> layers = FeatureMaps.of(file(graph.op("Relu", flat).emit()), picture(randomPixels(10)));
        assertEquals(List.of(), layers);
    }

    @Test
    void aNetworkWithoutConvolutionsHasNone() throws IOException {
        List<FeatureMaps> layers =
                FeatureMaps.of(file(graph.op("Relu", pixels()).emit()), picture(randomPixels(9)));
        assertEquals(List.of(), layers);
    }
}
