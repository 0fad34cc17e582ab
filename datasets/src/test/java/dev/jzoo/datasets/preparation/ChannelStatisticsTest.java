package dev.jzoo.datasets.preparation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.Provenance;
import dev.jzoo.zoo.file.Sha256;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChannelStatisticsTest {

    private static LabelledImages images(int count, int channels) {
        byte[] pixels = new byte[count * 4 * 3 * channels];
        new Random(3).nextBytes(pixels);
        return LabelledImages.wrap(
                pixels,
                new int[count],
                4,
                3,
                channels,
                List.of("any"),
                new Provenance("random", "all", Sha256.of(pixels), ""));
    }

    @Test
    void meanAndDeviationAreThoseOfAllPixelsOfAChannel() {
        LabelledImages images = images(7, 3);
        ChannelStatistics statistics = ChannelStatistics.of(images);
        for (int channel = 0; channel < 3; channel++) {
            double sum = 0;
            double squares = 0;
            for (int image = 0; image < 7; image++) {
                for (int pixel = 0; pixel < 12; pixel++) {
                    double value = (images.image(image)[pixel * 3 + channel] & 255) / 255.0;
                    sum += value;
                    squares += value * value;
                }
            }
            assertEquals(sum / 84, statistics.mean().get(channel), 1e-7);
            assertEquals(
                    Math.sqrt(squares / 84 - sum / 84 * sum / 84),
                    statistics.deviation().get(channel),
                    1e-7);
        }
    }

    @Test
    void standardisedPicturesAreWrittenAsPlanesOrInterleaved() {
        LabelledImages images = images(4, 3);
        ChannelStatistics statistics = ChannelStatistics.of(List.of(.1f, .2f, .3f), List.of(.5f, .25f, 2f));
        byte[] batch = new byte[2 * 36];
        images.gather(new int[] {3, 1}, batch);
        float[] planes = new float[2 * 36 + 1];
        float[] interleaved = new float[2 * 36 + 1];
        statistics.toPlanes(batch, 2, 12, planes);
        statistics.interleaved(batch, 2, 12, interleaved);
        for (int image = 0; image < 2; image++) {
            for (int pixel = 0; pixel < 12; pixel++) {
                for (int channel = 0; channel < 3; channel++) {
                    int value = images.image(image == 0 ? 3 : 1)[pixel * 3 + channel] & 255;
                    double mean = new double[] {.1, .2, .3}[channel];
                    double expected = (value / 255.0 - mean) / new double[] {.5, .25, 2}[channel];
                    assertEquals(expected, planes[image * 36 + channel * 12 + pixel], 1e-6);
                    assertEquals(expected, interleaved[image * 36 + pixel * 3 + channel], 1e-6);
                }
            }
        }
        assertEquals(0, planes[72]);
        assertEquals(0, interleaved[72]);
    }

    @Test
    void theUnitLeavesValuesFrom0To1() {
        float[] values = new float[2];
        ChannelStatistics.unit(1).interleaved(new byte[] {0, (byte) 255}, 2, 1, values);
        assertArrayEquals(new float[] {0, 1}, values);
        assertEquals("mean [0.0], deviation [1.0]", ChannelStatistics.unit(1).toString());
    }

    @Test
    void arraysThatAreTooShortAreRefused() {
        ChannelStatistics unit = ChannelStatistics.unit(3);
        var e = assertThrows(IllegalArgumentException.class, () -> unit.toPlanes(new byte[36], 2, 6, new float[35]));
        assertEquals(
                "2 pictures of 6 pixels and 3 channels have 36 values; the arrays have 36 and 35.", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> unit.interleaved(new byte[35], 2, 6, new float[36]));
    }

    @Test
    void whatHasNoStatisticsIsRefused() {
        LabelledImages none = images(0, 3);
        assertThrows(IllegalArgumentException.class, () -> ChannelStatistics.of(none));
        LabelledImages flat = LabelledImages.wrap(
                new byte[2], new int[2], 1, 1, 1, List.of("any"), new Provenance("a", "b", Sha256.of(new byte[0]), ""));
        assertThrows(IllegalArgumentException.class, () -> ChannelStatistics.of(flat));
        assertThrows(IllegalArgumentException.class, () -> ChannelStatistics.of(List.of(0f, 0f), List.of(1f, 1f)));
        assertThrows(IllegalArgumentException.class, () -> ChannelStatistics.of(List.of(0f), List.of(0f)));
        assertThrows(IllegalArgumentException.class, () -> ChannelStatistics.of(List.of(Float.NaN), List.of(1f)));
    }
}
