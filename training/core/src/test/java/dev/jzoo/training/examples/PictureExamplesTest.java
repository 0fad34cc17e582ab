package dev.jzoo.training.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.Provenance;
import dev.jzoo.datasets.preparation.Augmentation;
import dev.jzoo.datasets.preparation.ChannelStatistics;
import dev.jzoo.zoo.file.Sha256;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PictureExamplesTest {

    private static final int SIDE = 5;
    private static final int AREA = SIDE * SIDE;
    private static final Augmentation CHANGES = Augmentation.none().crop(2).flip();

    private static LabelledImages pictures() {
        byte[] pixels = new byte[4 * AREA * 3];
        new Random(2).nextBytes(pixels);
        Provenance made = new Provenance("made", "up", Sha256.of(pixels), "");
        return LabelledImages.wrap(pixels, new int[] {0, 1, 1, 0}, SIDE, SIDE, 3, List.of("a", "b"), made);
    }

    private static float[] read(Examples examples, int epoch) {
        float[] inputs = new float[2 * AREA * 3];
        examples.read(new int[] {3, 1}, 0, 2, epoch, inputs, new float[2]);
        return inputs;
    }

    /** Flat examples have the values of the planes, [pixel, channel] in place of [channel, pixel], with the same changes. */
    @Test
    void flatExamplesHaveTheValuesOfPlanesInTheOrderOfTheFile() {
        ChannelStatistics statistics = ChannelStatistics.of(pictures());
        PictureExamples planes = new PictureExamples(pictures(), 4, statistics, CHANGES, 9);
        assertArrayEquals(new long[] {3, SIDE, SIDE}, planes.inputShape());
        assertArrayEquals(new long[] {3L * AREA}, planes.flat().inputShape());
        assertEquals(4, planes.flat().size());
        float[] byPlane = read(planes, 1);
        float[] expected = new float[byPlane.length];
        for (int i = 0; i < expected.length; i++) {
            int picture = i / (3 * AREA);
            int pixel = i / 3 % AREA;
            int channel = i % 3;
            expected[i] = byPlane[(picture * 3 + channel) * AREA + pixel];
        }
        float[] flat = read(planes.flat(), 1);
        assertArrayEquals(expected, flat);
        assertFalse(Arrays.equals(flat, read(planes.flat(), 2)), "changed anew in each epoch");
    }
}
