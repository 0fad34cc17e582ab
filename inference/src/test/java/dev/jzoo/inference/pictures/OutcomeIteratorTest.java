package dev.jzoo.inference.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.inference.Fixtures;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OutcomeIteratorTest {

    private static final List<String> QUARTERS = List.of("top left", "top right", "bottom left", "bottom right");

    private static final int MOST_AHEAD = 2 * Math.max(16, Runtime.getRuntime().availableProcessors());

    @TempDir
    Path folder;

    private final List<Path> pictures = new ArrayList<>();

    /** Draws a picture for each quarter, white in it and black elsewhere. */
    @BeforeEach
    void draw() throws IOException {
        for (int quarter = 0; quarter < 4; quarter++) {
            BufferedImage picture = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
            for (int i = 0; i < 196; i++) {
                picture.setRGB(14 * (quarter % 2) + i % 14, 14 * (quarter / 2) + i / 14, 0xFFFFFF);
            }
            Path file = folder.resolve(quarter + ".png");
            ImageIO.write(picture, "png", file.toFile());
            pictures.add(file);
        }
    }

    private static ImageClassifier quadrants(String file) throws IOException {
        return ImageClassifier.of(Fixtures.model(file));
    }

    @Test
    void tenThousandPicturesComeBackInOrderAndFewAreTakenAhead() throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.png"), "no picture");
        AtomicInteger taken = new AtomicInteger();
        int given = 0;
        int most = 0;
        try (ImageClassifier classifier = quadrants("quadrants.onnx");
                Stream<Outcome> outcomes =
                        classifier.classify(IntStream.range(0, 10_000).mapToObj(i -> {
                            taken.incrementAndGet();
                            return i % 97 == 0 ? broken : pictures.get(i % 4);
                        }))) {
            assertEquals(0, taken.get(), "nothing is taken before something is asked for");
            for (Iterator<Outcome> all = outcomes.iterator(); all.hasNext(); given++) {
                Outcome outcome = all.next();
                most = Math.max(most, taken.get() - given);
                if (given % 97 == 0) {
                    Exception failure =
                            assertInstanceOf(Outcome.Unreadable.class, outcome).failure();
                    assertInstanceOf(DataFormatException.class, failure);
                    assertTrue(failure.getMessage().contains("broken.png"), failure.getMessage());
                    assertEquals(broken, outcome.picture());
                    assertTrue(outcome.classification().isEmpty());
                } else {
                    assertEquals(pictures.get(given % 4), outcome.picture());
                    assertEquals(
                            QUARTERS.get(given % 4),
                            outcome.classification().orElseThrow().best().name());
                }
            }
        }
        assertEquals(10_000, given);
        assertTrue(most <= MOST_AHEAD, most + " pictures were in flight");
    }

    @Test
    void fewAreReadWhereFewAreAskedForAndClosingReachesTheSource() throws Exception {
        AtomicInteger taken = new AtomicInteger();
        AtomicBoolean closed = new AtomicBoolean();
        try (ImageClassifier classifier = quadrants("quadrants.onnx")) {
            Stream<Path> endless = Stream.generate(() -> {
                        taken.incrementAndGet();
                        return pictures.get(3);
                    })
                    .onClose(() -> closed.set(true));
            try (Stream<Outcome> outcomes = classifier.classify(endless)) {
                assertEquals(
                        List.of("bottom right", "bottom right", "bottom right"),
                        outcomes.limit(3)
                                .map(outcome -> outcome.classification()
                                        .orElseThrow()
                                        .best()
                                        .name())
                                .toList());
            }
            assertTrue(taken.get() <= MOST_AHEAD, taken + " were taken");
            assertTrue(closed.get());
        }
    }

    @Test
    void aModelOfOnePictureAtATimeAndOneThatKnowsNoFileDoSoToo() throws Exception {
        try (ImageClassifier classifier = quadrants("quadrants-one-by-one.onnx")) {
            List<Path> given = List.of(pictures.get(2), folder.resolve("missing.png"), pictures.get(1));
            List<Outcome> outcomes = classifier.classify(given.stream()).toList();
            assertEquals(given, outcomes.stream().map(Outcome::picture).toList());
            assertEquals(
                    "bottom left",
                    outcomes.get(0).classification().orElseThrow().best().name());
            JZooException failure = assertInstanceOf(
                    JZooException.class,
                    assertInstanceOf(Outcome.Unreadable.class, outcomes.get(1)).failure());
            assertEquals(JZooException.Code.NOT_FOUND, failure.code());
            assertEquals(
                    classifier.classify(pictures.get(1)),
                    outcomes.get(2).classification().orElseThrow());
            assertEquals(List.of(), classifier.classify(Stream.<Path>of()).toList());
        }
    }

    @Test
    void aClosedModelEndsTheStreamWithItsError() throws Exception {
        ImageClassifier classifier = quadrants("quadrants.onnx");
        Iterator<Outcome> outcomes =
                classifier.classify(Stream.generate(() -> pictures.get(0))).iterator();
        assertEquals(pictures.get(0), outcomes.next().picture());
        classifier.close();
        assertThrows(IllegalStateException.class, () -> {
            for (int i = 0; i < 100; i++) {
                outcomes.next();
            }
        });
    }
}
