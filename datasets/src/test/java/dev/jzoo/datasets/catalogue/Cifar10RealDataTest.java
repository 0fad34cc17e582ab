package dev.jzoo.datasets.catalogue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.preparation.ChannelStatistics;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CIFAR-10 from the mirror in JZOO_MIRROR, which has the JPEG edition. */
@Tag("acceptance")
class Cifar10RealDataTest {

    @TempDir
    static Path home;

    private static LabelledImages train;
    private static LabelledImages test;
    private static LabelledImages original;

    @BeforeAll
    static void read() throws IOException {
        Store store = Store.open(new Settings(home, Settings.standard().mirrors(), true));
        train = Cifar10.train(store, ProgressListener.NONE);
        test = Cifar10.test(store, ProgressListener.NONE);
        original = Cifar10.originalTest(store, ProgressListener.NONE);
    }

    @Test
    void eachPartSaysWhichEditionItIs() {
        assertEquals("cifar10-jpeg train: uint8 [50000, 32, 32, 3], 10 labels", train.toString());
        assertEquals("cifar10-jpeg test: uint8 [10000, 32, 32, 3], 10 labels", test.toString());
        assertEquals("cifar10-first-1017 original-test: uint8 [1017, 32, 32, 3], 10 labels", original.toString());
        assertEquals(
                "0ce179d0c0a5220739d6223197952896644ceabb648dacfdebd7f06789af543f",
                test.provenance().sha256().hex());
        assertEquals(
                "c77ad46116beb3508f55d38aa34893560beae9515f9aca4a4dd0ea3617ac289e",
                original.provenance().sha256().hex());
        assertTrue(train.provenance().note().startsWith("Not the original pictures"));
    }

    @Test
    void classesHaveTheSameNumberOfPictures() {
        int[] counts = new int[10];
        Arrays.stream(train.labels()).forEach(label -> counts[label]++);
        Arrays.stream(test.labels()).forEach(label -> counts[label]++);
        assertArrayEquals(new int[] {6000, 6000, 6000, 6000, 6000, 6000, 6000, 6000, 6000, 6000}, counts);
    }

    @Test
    void channelsHaveTheirKnownStatistics() {
        assertEquals(
                "mean [0.4913, 0.4821, 0.4465], deviation [0.2452, 0.2428, 0.2606]",
                ChannelStatistics.of(train).toString());
    }

    /** The same pictures in the same order: the labels agree, and so do the pixels within the loss of the compression. */
    @Test
    void theFirstTestPicturesAreTheOriginalOnesCompressed() {
        double sum = 0;
        for (int i = 0; i < original.size(); i++) {
            assertEquals(original.label(i), test.label(i));
            byte[] before = original.image(i);
            byte[] after = test.image(i);
            for (int p = 0; p < before.length; p++) {
                sum += Math.abs((before[p] & 255) - (after[p] & 255));
            }
        }
        double error = sum / original.pixels().remaining();
        assertTrue(error > 4 && error < 7, "mean absolute error " + error);
    }

    @Test
    void theFirstTestPictureIsTheCat() {
        assertEquals(List.of("cat", "ship", "ship", "airplane", "frog"), names(original, 5));
    }

    private static List<String> names(LabelledImages images, int count) {
        return Arrays.stream(images.labels())
                .limit(count)
                .mapToObj(images.labelNames()::get)
                .toList();
    }
}
