package dev.jzoo.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Compares pre- and post-processing in ONNX Runtime with plain loops. */
class StagesTest {

    private static float[] run(Preprocessing stage, Tensor input) throws IOException {
        GraphBuilder graph = new GraphBuilder(17);
        String value = stage.emit(graph, graph.input(stage.input()));
        graph.output(stage.input().named(graph.rename(value, "value")));
        return run(graph, stage.input(), input);
    }

    private static float[] run(GraphBuilder graph, ValueInfo declared, Tensor input) throws IOException {
        // ONNX Runtime infers the shape of the output, which differs from stage to stage.
        OnnxFile file = new OnnxFile(
                8,
                new TreeMap<>(Map.of("", 17L)),
                new OnnxFile.Producer("jzoo", "test"),
                graph.build("stage").withOutputs(List.of(new ValueInfo("value", DataType.FLOAT, unknown(4)))),
                new TreeMap<>());
        try (OnnxModel model = OnnxModel.open(file.toBytes(), "stage", Device.cpu())) {
            return model.run(Map.of(declared.name(), input)).get("value").floats();
        }
    }

    private static List<Dimension> unknown(int rank) {
        return Collections.nCopies(rank, new Dimension.UnknownDimension());
    }

    @Test
    void pixelsAreNormalisedForEachChannelAndTransposed() throws IOException {
        PixelInput stage = new PixelInput(
                1,
                2,
                3,
                List.of(0.1f, 0.2f, 0.3f),
                List.of(0.5f, 0.25f, 0.125f),
                PixelInput.PixelLayout.CHANNELS_FIRST);
        byte[] pixels = {0, 51, 102, (byte) 153, (byte) 204, (byte) 255};
        float[] expected = new float[6];
        for (int channel = 0; channel < 3; channel++) {
            for (int x = 0; x < 2; x++) {
                float unit = Byte.toUnsignedInt(pixels[x * 3 + channel]) / 255f;
                expected[channel * 2 + x] =
                        (unit - stage.mean().get(channel)) / stage.deviation().get(channel);
            }
        }
        assertArrayEquals(expected, run(stage, Tensor.ofBytes(pixels, 1, 1, 2, 3)), 1e-6f);
    }

    @Test
    void aMeanForEachChannelOrNone() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new PixelInput(2, 2, 3, List.of(0.5f), List.of(0.5f), PixelInput.PixelLayout.FLAT));
    }

    @Test
    void aScaleNeedsMoreThanOneValue() {
        assertThrows(IllegalArgumentException.class, () -> SeriesScale.range(5, 5));
    }

    @Test
    void aWindowIsCutIntoStepsOfSeveralValues() throws IOException {
        SeriesScale scale = SeriesScale.range(1, 3);
        Tensor history = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 2, 6);
        float[] byTime = run(new SeriesInput(6, 2, scale, SeriesInput.SeriesLayout.TIME_FIRST), history);
        float[] byFeature = run(new SeriesInput(6, 2, scale, SeriesInput.SeriesLayout.FEATURES_FIRST), history);
        for (int example = 0; example < 2; example++) {
            for (int step = 0; step < 3; step++) {
                for (int feature = 0; feature < 2; feature++) {
                    float value = (example * 6 + step * 2 + feature + 1 - 1) / 2f;
                    assertEquals(value, byTime[example * 6 + step * 2 + feature], 1e-6f);
                    assertEquals(value, byFeature[example * 6 + feature * 3 + step], 1e-6f);
                }
            }
        }
    }

    @Test
    void aWindowThatDoesNotFillItsStepsIsRefused() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> new SeriesInput(7, 2, SeriesScale.level(), SeriesInput.SeriesLayout.TIME_FIRST));
        assertTrue(e.getMessage().contains("7 values in steps of 2"), e.getMessage());
    }

    @Test
    void aWindowIsScaledByItsOwnLevelAndTheAnswerScaledBack() throws IOException {
        SeriesScale scale = SeriesScale.level();
        SeriesInput stage = new SeriesInput(3, 1, scale, SeriesInput.SeriesLayout.TIME_FIRST);
        double[][] windows = {{100, 120, 140}, {3, 9, 6}};
        Tensor history = Tensor.of(new float[] {100, 120, 140, 3, 9, 6}, 2, 3);
        float[] scaled = run(stage, history);
        for (int i = 0; i < scaled.length; i++) {
            double[] window = windows[i / 3];
            assertEquals(scale.scale(window[i % 3], window), scaled[i], 1e-6);
        }
        assertEquals(-1.0 / 6, scaled[0], 1e-6);
        // A network that returns the last scaled value returns the last value after unscaling.
        GraphBuilder graph = new GraphBuilder(17);
        String sequence = stage.emit(graph, graph.input(stage.input()));
        String last = graph.op(
                        "Slice",
                        sequence,
                        graph.constant(new long[] {2}),
                        graph.constant(new long[] {3}),
                        graph.constant(new long[] {1}))
                .emit();
        String flat = graph.op("Squeeze", last, graph.constant(new long[] {2})).emit();
        ValueInfo given = new ValueInfo(flat, DataType.FLOAT, Dimension.batchOf(1));
        graph.output(scale.unscaled("value").emit(graph, given));
        assertArrayEquals(new float[] {140, 6}, run(graph, stage.input(), history), 1e-4f);
    }

    @Test
    void columnsAreStandardisedAndShapedForTheNetwork() throws IOException {
        Tensor rows = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 4);
        List<Float> mean = List.of(1f, 0f, -1f, 2f);
        List<Float> deviation = List.of(2f, 1f, 4f, 0.5f);
        ValuesInput stage = new ValuesInput("features", 4, mean, deviation, List.of(2L, 2L));
        float[] expected = new float[8];
        for (int i = 0; i < 8; i++) {
            expected[i] = (i + 1 - mean.get(i % 4)) / deviation.get(i % 4);
        }
        assertArrayEquals(expected, run(stage, rows), 1e-6f);
        assertArrayEquals(rows.floats(), run(ValuesInput.plain("features", 4, 4, 1), rows), 0);
    }

    @Test
    void valuesThatDoNotFillTheShapeOrHaveNoDeviationAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> ValuesInput.plain("signal", 40, 1, 39));
        List<Float> one = List.of(1f);
        assertThrows(IllegalArgumentException.class, () -> new ValuesInput("features", 2, one, one, List.of(2L)));
    }
}
