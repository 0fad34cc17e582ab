package dev.jzoo.examples.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.catalogue.ProceduralDigits;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.pictures.ImageClassifier;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Zoo;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainFurtherTest {

    @TempDir
    Path folder;

    @Test
    void theFileReadsBlackDigitsAndHasTheSameNodesAndLabels() throws Exception {
        Path tuned = folder.resolve("tuned.onnx");
        TrainFurther.main(new String[] {tuned.toString()});

        Path published =
                Zoo.standard().pull("mnist-lenet", ProgressListener.NONE).model();
        LabelledImages fresh = TrainFurther.blackOnWhite(ProceduralDigits.generate(1_000, 3));
        double before = TrainFurther.accuracy(published, fresh);
        double after = TrainFurther.accuracy(tuned, fresh);
        assertTrue(before < 0.5, "before: " + before);
        assertTrue(after > 0.95, "after: " + after);
        assertEquals(nodes(published), nodes(tuned));
        try (ImageClassifier digits = ImageClassifier.open(tuned, Device.cpu())) {
            assertEquals(List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"), digits.labels());
        }
    }

    private static List<Node> nodes(Path file) throws Exception {
        return OnnxFile.read(file).graph().nodes();
    }
}
