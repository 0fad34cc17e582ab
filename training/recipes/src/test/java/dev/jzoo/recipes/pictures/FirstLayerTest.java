package dev.jzoo.recipes.pictures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.Provenance;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.report.Report;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.file.Sha256;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstLayerTest {

    private static final float[] SIX = {1, 2, 3, 4, 5, 6};

    /** Pictures of 1 x 3 pixels in two classes. */
    private static LabelledImages images(int channels) {
        byte[] pixels = new byte[3 * channels];
        Provenance source = new Provenance("made", "up", Sha256.of(pixels), "");
        return LabelledImages.wrap(pixels, new int[1], 1, 3, channels, List.of("cat", "dog"), source);
    }

    private static GraphBuilder builder(TensorData weights) {
        GraphBuilder graph = new GraphBuilder(17);
        graph.input(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(3)));
        graph.weight("w", weights);
        return graph;
    }

    private static Graph dense(boolean transposed, TensorData weights) {
        GraphBuilder graph = builder(weights);
        graph.op("Gemm", "x", "w").integer("transB", transposed ? 1 : 0).emitAs("y");
        return graph.build("dense");
    }

    private static Graph convolution(TensorData weights) {
        GraphBuilder graph = builder(weights);
        graph.op("Conv", "x", "w").emitAs("y");
        return graph.build("convolution");
    }

    @Test
    void eachOutputOfADenseLayerIsThePictureOfItsWeights() {
        FirstLayer columns =
                FirstLayer.of(dense(false, TensorData.of(SIX, 3, 2)), images(1)).orElseThrow();
        assertArrayEquals(new float[] {1, 3, 5}, columns.filters().get(0));
        assertArrayEquals(new float[] {2, 4, 6}, columns.filters().get(1));
        FirstLayer rows =
                FirstLayer.of(dense(true, TensorData.of(SIX, 2, 3)), images(1)).orElseThrow();
        assertArrayEquals(new float[] {4, 5, 6}, rows.filters().get(1));
        assertEquals(List.of(1, 3, 1), List.of(rows.height(), rows.width(), rows.channels()));
    }

    @Test
    void softmaxRegressionNamesItsPicturesByClass() {
        FirstLayer layer =
                FirstLayer.of(dense(true, TensorData.of(SIX, 2, 3)), images(1)).orElseThrow();
        assertEquals(FirstLayer.FirstLayerKind.SOFTMAX_REGRESSION, layer.kind());
        String page =
                Report.titled("t").tiles(layer.grid(List.of("cat", "dog"))).html();
        assertTrue(page.contains("<small>cat</small>") && page.contains("<small>dog</small>"), page);
        assertTrue(page.contains("the ends of the scale are ±6."), page);
    }

    @Test
    void aLayerWithOthersBehindItHasUnitsAndNoClasses() {
        GraphBuilder graph = builder(TensorData.of(SIX, 3, 2));
        graph.weight("w2", TensorData.of(new float[4], 2, 2));
        graph.op("MatMul", graph.op("MatMul", "x", "w").emit(), "w2").emitAs("y");
        FirstLayer layer = FirstLayer.of(graph.build("mlp"), images(1)).orElseThrow();
        assertEquals(FirstLayer.FirstLayerKind.DENSE, layer.kind());
        String page =
                Report.titled("t").tiles(layer.grid(List.of("cat", "dog"))).html();
        assertTrue(page.contains("alt=\"unit 1\"") && !page.contains("<small>"), page);
    }

    @Test
    void colourFiltersAreTurnedFromPlanesToPixels() {
        // Output 1, red plane [[13, 14]], green [[15, 16]], blue [[17, 18]].
        float[] weights = new float[12];
        for (int i = 0; i < 12; i++) {
            weights[i] = 7 + i;
        }
        FirstLayer layer = FirstLayer.of(convolution(TensorData.of(weights, 2, 3, 1, 2)), images(3))
                .orElseThrow();
        assertArrayEquals(new float[] {13, 15, 17, 14, 16, 18}, layer.filters().get(1));
        assertEquals(FirstLayer.FirstLayerKind.CONVOLUTION, layer.kind());
    }

    @Test
    void ofManyFiltersThoseWithTheLargestWeightsAreShownInTheirOrder() {
        float[] weights = new float[100 * 2];
        for (int i = 0; i < 100; i++) {
            weights[2 * i] = i % 3 == 0 ? 0.1f : i;
        }
        FirstLayer layer = FirstLayer.of(convolution(TensorData.of(weights, 100, 1, 1, 2)), images(1))
                .orElseThrow();
        String page = Report.titled("t").tiles(layer.grid(List.of())).html();
        assertEquals(64, page.split("alt=\"filter ").length - 1);
        assertFalse(page.contains("alt=\"filter 99\""), "its weights are small");
        assertTrue(page.indexOf("filter 97\"") < page.indexOf("filter 98\""), page);
        assertTrue(page.contains("The 64 with the largest weights are shown."), page);
    }

    @Test
    void weightsThatAreNoPicturesGiveNone() {
        assertTrue(FirstLayer.of(convolution(TensorData.of(SIX, 2, 3, 1, 1)), images(3))
                .isEmpty());
        assertTrue(FirstLayer.of(convolution(TensorData.of(SIX, 1, 2, 1, 3)), images(1))
                .isEmpty());
        assertTrue(
                FirstLayer.of(dense(false, TensorData.of(SIX, 2, 3)), images(1)).isEmpty());
        GraphBuilder none = builder(TensorData.of(SIX, 6));
        none.op("Relu", "x").emitAs("y");
        assertTrue(FirstLayer.of(none.build("none"), images(1)).isEmpty());
    }
}
