package dev.jzoo.inference.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.inference.Classification;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.Fixtures;
import dev.jzoo.inference.Label;
import dev.jzoo.inference.Tensor;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageClassifierTest {

    @TempDir
    Path folder;

    private static ImageClassifier classifier(String name) throws IOException {
        return ImageClassifier.open(Fixtures.file(name), Device.cpu());
    }

    /** Returns a grey picture of 56 x 56 with one white quarter. */
    private static BufferedImage quarter(int number) {
        BufferedImage image = new BufferedImage(56, 56, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < 28; y++) {
            for (int x = 0; x < 28; x++) {
                image.getRaster().setSample(x + number % 2 * 28, y + number / 2 * 28, 0, 255);
            }
        }
        return image;
    }

    private Path saved(int number) throws IOException {
        Path file = folder.resolve(number + ".png");
        ImageIO.write(quarter(number), "png", file.toFile());
        return file;
    }

    @Test
    void aPictureGetsAllLabelsBestFirst() throws Exception {
        try (ImageClassifier classifier = classifier("quadrants.onnx")) {
            Classification result = classifier.classify(saved(2));
            assertEquals("bottom left (1.00)", result.best().toString());
            // the others are equal up to the seam of the resize
            assertEquals(4, result.labels().size());
            assertEquals(1, result.labels().stream().mapToDouble(Label::score).sum(), 1e-6);
            assertEquals(List.of(result.best()), result.top(1));
            assertEquals(4, result.top(9).size());
            assertEquals(List.of("top left", "top right", "bottom left", "bottom right"), classifier.labels());
            assertEquals(new PictureSize(28, 28, 1), classifier.pictureSize());
            assertEquals(Optional.of("toy"), classifier.card().map(card -> card.id()));
        }
    }

    @Test
    void equalScoresStayInTheOrderOfTheModel() throws Exception {
        try (ImageClassifier classifier = classifier("quadrants.onnx")) {
            Classification black = classifier.classify(new BufferedImage(5, 5, BufferedImage.TYPE_INT_RGB));
            assertEquals("top left (0.25), top right (0.25), bottom left (0.25)", black.toString());
        }
    }

    /**
     * The picture has a white rim in one quarter and grey in another. The rim is brighter on average, but ImageNet's
     * framing cuts it off.
     */
    @Test
    void aPictureIsShownInTheFramingThatTheFileSays() throws Exception {
        BufferedImage image = new BufferedImage(56, 56, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 28; i < 56; i++) {
            for (int rim = 53; rim < 56; rim++) {
                image.getRaster().setSample(i, rim, 0, 255);
                image.getRaster().setSample(rim, i, 0, 255);
            }
            for (int y = 0; y < 28; y++) {
                image.getRaster().setSample(i, y, 0, 30);
            }
        }
        Path file = folder.resolve("rim.png");
        ImageIO.write(image, "png", file.toFile());
        try (ImageClassifier centred = classifier("quadrants-without-labels.onnx");
                ImageClassifier imagenet = classifier("quadrants-imagenet.onnx")) {
            assertEquals(Framing.CENTRED, centred.framing());
            assertEquals(Framing.IMAGENET, imagenet.framing());
            assertEquals("3", centred.classify(image).best().name());
            assertEquals("1", imagenet.classify(image).best().name());
            assertEquals("1", imagenet.classify(file).best().name());
            assertEquals("1", imagenet.classify(List.of(file)).get(0).best().name());
        }
    }

    @Test
    void aFramingThatIsUnknownIsRefused() throws Exception {
        DataFormatException refusal =
                assertThrows(DataFormatException.class, () -> classifier("quadrants-odd-framing.onnx"));
        assertTrue(
                refusal.getMessage().endsWith("metadata framing: expected centred or imagenet, found 'zoomed'"),
                refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"quadrants.onnx", "quadrants-one-by-one.onnx"})
    void aBatchGivesWhatSinglePicturesGive(String model) throws Exception {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            files.add(saved(i % 4));
        }
        try (ImageClassifier classifier = classifier(model)) {
            List<Classification> batch = classifier.classify(files);
            assertEquals(150, batch.size());
            for (int i = 0; i < batch.size(); i++) {
                assertEquals(classifier.labels().get(i % 4), batch.get(i).best().name());
            }
            assertEquals(classifier.classify(files.get(3)).best(), batch.get(3).best());
            assertEquals(List.of(), classifier.classify(List.of()));
        }
    }

    @Test
    void pixelsAreClassifiedAsTheyAre() throws Exception {
        byte[] pixels = new byte[2 * 28 * 28];
        pixels[0] = 100; // top left of the first
        pixels[28 * 28 + 28 * 28 - 1] = 100; // bottom right of the second
        try (ImageClassifier classifier = classifier("quadrants.onnx")) {
            List<Classification> results = classifier.classifyPixels(Tensor.ofBytes(pixels, 2, 28, 28, 1));
            assertEquals("top left", results.get(0).best().name());
            assertEquals("bottom right", results.get(1).best().name());
            // softmax of 10 * 100 / 255 / 196 against three zeros
            double e = Math.exp(10 * 100.0 / 255 / 196);
            assertEquals(e / (e + 3), results.get(0).best().score(), 1e-6);
            assertTrue(assertThrows(
                            IllegalArgumentException.class,
                            () -> classifier.classifyPixels(Tensor.ofBytes(pixels, 2, 784)))
                    .getMessage()
                    .endsWith("expects uint8 [N, 28, 28, 1], found uint8 [2, 784]."));
        }
    }

    @Test
    void coloursArriveInTheOrderRedGreenBlue() throws Exception {
        try (ImageClassifier classifier = classifier("colours.onnx")) {
            int[] colours = {0xC00000, 0x00C000, 0x0000C0};
            for (int i = 0; i < 3; i++) {
                BufferedImage image = new BufferedImage(20, 30, BufferedImage.TYPE_INT_RGB);
                for (int at = 0; at < 600; at++) {
                    image.setRGB(at % 20, at / 20, colours[i]);
                }
                assertEquals(
                        classifier.labels().get(i),
                        classifier.classify(image).best().name());
            }
            assertEquals(List.of("red", "green", "blue"), classifier.labels());
        }
    }

    @Test
    void classesWithoutLabelsAreNumbered() throws Exception {
        try (ImageClassifier classifier = classifier("quadrants-without-labels.onnx")) {
            assertEquals("2 (1.00)", classifier.classify(quarter(2)).best().toString());
        }
    }

    @Test
    void labelsThatDoNotFitTheOutputAreRefused() throws Exception {
        Path three = Fixtures.file("quadrants-three-labels.onnx");
        assertEquals(
                three + ": expected a label for each class, found 3 labels for 4 classes",
                assertThrows(DataFormatException.class, () -> ImageClassifier.open(three, Device.cpu()))
                        .getMessage());
        String message = assertThrows(DataFormatException.class, () -> classifier("quadrants-bad-labels.onnx"))
                .getMessage();
        assertTrue(message.contains("quadrants-bad-labels.onnx, metadata labels: line 1"), message);
    }

    @Test
    void labelsThatDoNotFitTheScoresAreRefusedWhenThoseAreKnown() throws Exception {
        try (ImageClassifier classifier = classifier("quadrants-three-labels-open.onnx")) {
            JZooException failure = assertThrows(JZooException.class, () -> classifier.classify(quarter(0)));
            assertEquals(JZooException.Code.BAD_INPUT, failure.code());
            assertTrue(failure.getMessage().contains("has 3 labels, but returned scores of shape [1, 4]"));
        }
    }

    @Test
    void anotherModelIsRefusedSayingWhatAClassifierNeeds() {
        JZooException failure = assertThrows(JZooException.class, () -> classifier("add.onnx"));
        assertEquals(JZooException.Code.BAD_INPUT, failure.code());
        assertTrue(failure.getMessage().contains("expected one input uint8 [N, height, width, 1 or 3]"));
        assertTrue(failure.getMessage().contains("found ['a' float [N, 4], 'b' float [N, 4]] -> "));
    }

    @Test
    void allPicturesThatCannotBeReadAreNamed() throws Exception {
        Path good = saved(0);
        Path text = Files.writeString(folder.resolve("text.png"), "no picture");
        Path empty = Files.createFile(folder.resolve("empty.png"));
        try (ImageClassifier classifier = classifier("quadrants.onnx")) {
            String message = assertThrows(
                            DataFormatException.class, () -> classifier.classify(List.of(text, good, empty)))
                    .getMessage();
            assertTrue(message.startsWith("2 of 3 pictures cannot be read: " + text + ": "), message);
            assertTrue(message.contains("; " + empty + ": "), message);
        }
    }

    @Test
    void aClosedClassifierRefuses() throws Exception {
        ImageClassifier classifier = classifier("quadrants.onnx");
        classifier.close();
        classifier.close();
        assertThrows(IllegalStateException.class, () -> classifier.classify(quarter(0)));
    }
}
