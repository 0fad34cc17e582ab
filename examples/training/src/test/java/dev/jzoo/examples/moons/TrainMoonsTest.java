package dev.jzoo.examples.moons;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.training.FittedNetwork;
import dev.jzoo.zoo.card.ModelCard;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainMoonsTest {

    private static final MoonPoints FRESH = MoonPoints.draw(1_000, 3);

    @TempDir
    static Path folder;

    private static String printed;

    @BeforeAll
    static void runTheApplication() throws Exception {
        PrintStream console = System.out;
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        System.setOut(new PrintStream(text, true));
        try {
            TrainMoons.main(new String[] {folder.toString()});
        } finally {
            System.setOut(console);
        }
        printed = text.toString();
    }

    @Test
    void theFileKnowsPointsThatTheNetworkHasNotSeen() throws Exception {
        try (OnnxModel model = OnnxModel.open(folder.resolve("moons.onnx"), Device.cpu())) {
            double accuracy = accuracy(probabilities(model, "input"));
            assertTrue(accuracy > 0.98, "accuracy " + accuracy); // a straight line reaches 0.9
        }
        assertTrue(printed.matches("accuracy (0\\.9[89]|1\\.0)[^\\n]*moons.onnx\\n(?s:.*)"), printed);
    }

    @Test
    void theFileGivesWhatTheNetworkGives() throws Exception {
        try (OnnxModel model = OnnxModel.open(folder.resolve("moons.onnx"), Device.cpu());
                FittedNetwork again = TrainMoons.train(MoonPoints.draw(1_000, 1))) {
            float[][] expected = again.predictAll(FRESH.points());
            float[] found = probabilities(model, "input");
            for (int i = 0; i < expected.length; i++) {
                assertArrayEquals(expected[i], new float[] {found[2 * i], found[2 * i + 1]}, 1e-4f, "point " + i);
            }
        }
    }

    @Test
    void theRecipeLeavesAModelItsCardAndAReport() throws Exception {
        Path run = folder.resolve("run");
        try (OnnxModel model = OnnxModel.open(run.resolve("model/model.onnx"), Device.cpu())) {
            double accuracy = accuracy(probabilities(model, "point"));
            assertTrue(accuracy > 0.98, "accuracy " + accuracy);
            ModelCard card = model.card().orElseThrow();
            assertEquals("two-moons", card.id());
            assertEquals(List.of("upper", "lower"), card.labels());
            assertTrue(
                    card.metrics().get("test.accuracy") > 0.98, card.metrics().toString());
        }
        String page = Files.readString(run.resolve("model/README.md"));
        assertTrue(page.contains("jzoo train two-moons") && page.contains("It knows only these two moons."), page);
        String report = Files.readString(run.resolve("report/index.html"));
        assertTrue(report.contains("Two moons") && report.contains("training loss"), report);
    }

    private static float[] probabilities(OnnxModel model, String input) {
        Tensor points = Tensor.of(FRESH.flat(), FRESH.moons().length, 2);
        return model.run(Map.of(input, points)).get("probabilities").floats();
    }

    private static double accuracy(float[] probabilities) {
        int right = 0;
        for (int i = 0; i < FRESH.moons().length; i++) {
            int likelier = probabilities[2 * i] > probabilities[2 * i + 1] ? 0 : 1;
            right += likelier == FRESH.moons()[i] ? 1 : 0;
        }
        return (double) right / FRESH.moons().length;
    }
}
