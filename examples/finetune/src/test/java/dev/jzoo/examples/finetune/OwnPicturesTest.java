package dev.jzoo.examples.finetune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.pictures.ImageClassifier;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnPicturesTest {

    @TempDir
    Path folder;

    @Test
    void itTellsRingsFromCrossesThatAreDrawnHere() throws Exception {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true));
        try {
            String shapes = "../../docs/pictures/shapes";
            OwnPictures.main(new String[] {shapes, folder.resolve("run").toString(), shapes + "/ring/3.png"});
        } finally {
            System.setOut(console);
        }
        assertTrue(printed.toString().contains("ring ("), printed.toString());
        List<String> mistakes = new ArrayList<>();
        Path model = folder.resolve("run/model/model.onnx");
        try (ImageClassifier classifier = ImageClassifier.open(model, Device.cpu())) {
            assertEquals(List.of("cross", "ring"), classifier.labels());
            Random random = new Random(1);
            for (int i = 0; i < 40; i++) {
                String shape = classifier.labels().get(i % 2);
                String seen = classifier.classify(drawn(shape, random)).best().name();
                if (!seen.equals(shape)) {
                    mistakes.add(i + ": " + shape + " was taken for " + seen);
                }
            }
        }
        assertTrue(mistakes.size() <= 2, mistakes.toString());
    }

    /** Draws a white ring, or a white cross of about two diagonals, somewhere on black. */
    private static BufferedImage drawn(String shape, Random random) {
        BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setColor(Color.WHITE);
        g.setStroke(new BasicStroke(2 + random.nextInt(2)));
        int radius = 6 + random.nextInt(4);
        g.translate(12 + random.nextInt(5), 12 + random.nextInt(5));
        if (shape.equals("ring")) {
            g.drawOval(-radius, -radius, 2 * radius, 2 * radius);
        } else {
            g.rotate(Math.PI / 4 + 0.2 * random.nextGaussian());
            g.drawLine(-radius, 0, radius, 0);
            g.drawLine(0, -radius, 0, radius);
        }
        g.dispose();
        return image;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ai.djl.engine.Engine",
                "ai.djl.ndarray.NDArray",
                "ai.djl.pytorch.engine.PtEngine",
                "org.deeplearning4j.nn.multilayer.MultiLayerNetwork",
                "org.nd4j.linalg.factory.Nd4j",
                "org.bytedeco.javacpp.Loader"
            })
    void noTrainingEngineIsOnTheClassPath(String type) {
        assertThrows(ClassNotFoundException.class, () -> Class.forName(type));
    }

    @Test
    void noJarOfATrainingEngineIsOnTheClassPath() {
        List<String> jars = List.of(System.getProperty("java.class.path").split(System.getProperty("path.separator")));
        assertTrue(jars.stream().anyMatch(jar -> jar.contains("onnxruntime")), jars.toString());
        List<String> engines = jars.stream()
                .filter(jar ->
                        jar.replace('\\', '/').matches(".*/(ai/djl|org/deeplearning4j|org/nd4j|org/bytedeco)/.*"))
                .toList();
        assertEquals(List.of(), engines);
    }
}
