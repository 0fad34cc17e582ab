package dev.jzoo.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.Provenance;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ClassifierScoresTest {

    /** A model whose probability of a class is that class's pixel, 0 to 255 for 0 to 1. */
    private static OnnxModel reader(int classes) throws IOException {
        GraphBuilder graph = new GraphBuilder(17);
        graph.input(new ValueInfo("image", DataType.UINT8, Dimension.batchOf(1, classes, 1)));
        String real =
                graph.op("Cast", "image").integer("to", DataType.FLOAT.code()).emit();
        String share = graph.op("Div", real, graph.constant(255f)).emit();
        graph.op("Flatten", share).integer("axis", 1).emitAs("probabilities");
        graph.output(new ValueInfo("probabilities", DataType.FLOAT, Dimension.batchOf(classes)));
        OnnxFile file = OnnxFile.of(17, new OnnxFile.Producer("jzoo", "test"), graph.build("reader"), Map.of());
        return OnnxModel.open(file.toBytes(), "reader", Device.cpu());
    }

    private static ClassifierScores scores(int[] labels, int... probabilities) throws IOException {
        byte[] pixels = new byte[probabilities.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) probabilities[i];
        }
        Provenance source = new Provenance("made", "up", Sha256.of(pixels), "");
        try (OnnxModel model = reader(3)) {
            return ClassifierScores.of(
                    model, LabelledImages.wrap(pixels, labels, 1, 3, 1, List.of("a", "b", "c"), source));
        }
    }

    @Test
    void confidencesAreKeptForRightAndWrongAnswers() throws IOException {
        ClassifierScores scores = scores(new int[] {1, 2, 2}, 204, 51, 0, 0, 0, 255, 51, 51, 153);
        assertEquals(2.0 / 3, scores.accuracy(), 1e-12);
        assertEquals(OptionalInt.of(1), scores.firstRight());
        assertEquals(0.8f, scores.confidence(0), 1e-6f);
        assertArrayEquals(new double[] {1, 0.6}, scores.confidencesOfRight(), 1e-6);
        assertArrayEquals(new double[] {0.8}, scores.confidencesOfWrong(), 1e-6);
        // Three bins of one example each: |0 - 0.8|, |1 - 1| and |1 - 0.6|.
        assertEquals((0.8 + 0 + 0.4) / 3, scores.calibration(10).expectedError(), 1e-6);
    }

    @Test
    void aClassifierThatIsNeverRightHasNoFirstRight() throws IOException {
        ClassifierScores scores = scores(new int[] {0}, 0, 255, 0);
        assertTrue(scores.firstRight().isEmpty());
        assertEquals(0, scores.confidencesOfRight().length);
    }
}
