package dev.jzoo.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jzoo.export.onnx.DataType;
import dev.jzoo.export.onnx.Dim;
import dev.jzoo.export.onnx.GraphBuilder;
import dev.jzoo.export.onnx.OnnxFile;
import dev.jzoo.export.onnx.ValueInfo;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What stands before and behind a network, computed by ONNX Runtime and by plain loops. */
class StagesTest {

    private static float[] run(Preprocessing stage, Tensor input) throws IOException {
        GraphBuilder graph = new GraphBuilder(17);
        String value = stage.emit(graph, graph.input(stage.input()));
        graph.output(stage.input().named(graph.rename(value, "value")));
        return run(graph, stage.input(), input);
    }

    private static float[] run(GraphBuilder graph, ValueInfo declared, Tensor input) throws IOException {
        // The declared shape of the output is left to ONNX Runtime: it differs from stage to stage.
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

    private static List<Dim> unknown(int rank) {
        return Collections.nCopies(rank, new Dim.Unknown());
    }

    @Test
    void pixelsAreNormalisedForEachChannelAndTransposed() throws IOException {
        PixelInput stage = new PixelInput(
                1, 2, 3, List.of(0.1f, 0.2f, 0.3f), List.of(0.5f, 0.25f, 0.125f), PixelInput.Layout.CHANNELS_FIRST);
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
                () -> new PixelInput(2, 2, 3, List.of(0.5f), List.of(0.5f), PixelInput.Layout.FLAT));
    }

    @Test
    void aScaleNeedsMoreThanOneValue() {
        assertThrows(IllegalArgumentException.class, () -> new SeriesInput(1, 5, 5, SeriesInput.Layout.TIME_FIRST));
    }
}
