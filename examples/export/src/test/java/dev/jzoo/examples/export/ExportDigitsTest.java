package dev.jzoo.examples.export;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.catalogue.ProceduralDigits;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportDigitsTest {

    @TempDir
    Path folder;

    @Test
    void bothFilesReadDigitsThatNoNetworkHasSeen() throws Exception {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true));
        try {
            ExportDigits.main(new String[] {"../../docs/pictures/seven.png", folder.toString()});
        } finally {
            System.setOut(console);
        }
        assertTrue(printed.toString().matches("(?s).*djl.onnx: 7 \\(.*dl4j.onnx: 7 \\(.*"), printed.toString());
        LabelledImages fresh = ProceduralDigits.generate(1_000, 2);
        for (String file : List.of("djl.onnx", "dl4j.onnx")) {
            double accuracy = accuracy(folder.resolve(file), fresh);
            assertTrue(accuracy > 0.9, file + ": " + accuracy);
        }
    }

    private static double accuracy(Path file, LabelledImages digits) throws Exception {
        try (OnnxModel model = OnnxModel.open(file, Device.cpu())) {
            int right = 0;
            for (int i = 0; i < digits.size(); i++) {
                Tensor picture = Tensor.ofBytes(digits.image(i), 1, 28, 28, 1);
                float[] scores =
                        model.run(Map.of("image", picture)).get("probabilities").floats();
                int best = 0;
                for (int k = 1; k < scores.length; k++) {
                    best = scores[k] > scores[best] ? k : best;
                }
                right += best == digits.label(i) ? 1 : 0;
            }
            return (double) right / digits.size();
        }
    }
}
