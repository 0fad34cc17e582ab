package dev.jzoo.datasets.preparation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.Provenance;
import dev.jzoo.datasets.Shuffler;
import dev.jzoo.zoo.file.Sha256;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AugmentationTest {

    private static final int HEIGHT = 5;
    private static final int WIDTH = 6;
    private static final LabelledImages COLOUR = images(3, 40);
    private static final LabelledImages GREY = images(1, 40);

    private static LabelledImages images(int channels, int count) {
        byte[] pixels = new byte[count * HEIGHT * WIDTH * channels];
        new Random(7).nextBytes(pixels);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = pixels[i] == 0 ? 1 : pixels[i]; // only the border is black
        }
        return LabelledImages.wrap(
                pixels,
                new int[count],
                HEIGHT,
                WIDTH,
                channels,
                List.of("any"),
                new Provenance("random", "all", Sha256.of(pixels), ""));
    }

    @Test
    void noneCopiesThePicture() {
        for (LabelledImages images : List.of(COLOUR, GREY)) {
            assertArrayEquals(images.image(3), apply(Augmentation.none(), images, 3, 1, 0));
            assertArrayEquals(images.image(3), apply(Augmentation.none().crop(0).colour(0, 0, 0), images, 3, 1, 0));
        }
    }

    @Test
    void changesAreReadFromTheirNames() {
        for (String none : List.of("none", "none,none")) {
            assertEquals("none", Augmentation.parse(none).toString());
        }
        assertEquals(
                "crop with a border of 4 pixels, flip left to right",
                Augmentation.parse("crop,flip").toString());
        Augmentation all = Augmentation.parse("colour:0.3,crop:2,flip");
        assertArrayEquals(
                apply(Augmentation.none().crop(2).flip().colour(0.3, 0.3, 0.3), COLOUR, 3, 1, 2),
                apply(all, COLOUR, 3, 1, 2));
        for (String wrong :
                List.of("", "shear", "flip:2", "crop:", "crop:x", "crop:1.5", "crop:-1", "colour:2", "crop, flip")) {
            assertThrows(IllegalArgumentException.class, () -> Augmentation.parse(wrong), wrong);
        }
    }

    @Test
    void aCropIsTheOldWindowMovedOverABlackBorderEachPlaceEquallyOften() {
        for (LabelledImages images : List.of(COLOUR, GREY)) {
            int[] seen = new int[25];
            for (int epoch = 0; epoch < 100; epoch++) {
                for (int i = 0; i < images.size(); i++) {
                    seen[place(images, i, apply(Augmentation.none().crop(2), images, i, 5, epoch))]++;
                }
            }
            requireEven(seen);
        }
    }

    /** Returns the only place (row and column of 5 x 5) that explains a picture, found by trying all. */
    private static int place(LabelledImages images, int index, byte[] result) {
        int[] places = IntStream.range(0, 25)
                .filter(place -> Arrays.equals(result, window(images, index, place / 5 - 2, place % 5 - 2)))
                .toArray();
        assertEquals(1, places.length);
        return places[0];
    }

    private static byte[] window(LabelledImages images, int index, int down, int right) {
        int channels = images.channels();
        byte[] picture = images.image(index);
        byte[] result = new byte[picture.length];
        for (int row = 0; row < HEIGHT; row++) {
            for (int column = 0; column < WIDTH; column++) {
                for (int channel = 0; channel < channels; channel++) {
                    int r = row + down;
                    int c = column + right;
                    boolean inside = r >= 0 && r < HEIGHT && c >= 0 && c < WIDTH;
                    result[(row * WIDTH + column) * channels + channel] =
                            inside ? picture[(r * WIDTH + c) * channels + channel] : 0;
                }
            }
        }
        return result;
    }

    /** Chi-squared with 24 degrees of freedom exceeds 51.2 for one seed in a thousand; the seed is fixed. */
    private static void requireEven(int[] seen) {
        double expected = Arrays.stream(seen).sum() / (double) seen.length;
        double chiSquared = Arrays.stream(seen)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
        assertTrue(chiSquared < 51.2, Arrays.toString(seen));
    }

    @Test
    void aFlipMirrorsEachRowInHalfOfTheCases() {
        for (LabelledImages images : List.of(COLOUR, GREY)) {
            int flipped = 0;
            for (int epoch = 0; epoch < 1_000; epoch++) {
                for (int i = 0; i < images.size(); i++) {
                    byte[] result = apply(Augmentation.none().flip(), images, i, 9, epoch);
                    if (!Arrays.equals(result, images.image(i))) {
                        assertArrayEquals(mirrored(images.image(i), images.channels()), result);
                        flipped++;
                    }
                }
            }
            // 400 is 4 standard deviations of 40,000 tosses
            assertEquals(20_000, flipped, 400);
        }
    }

    private static byte[] mirrored(byte[] picture, int channels) {
        byte[] result = new byte[picture.length];
        for (int i = 0; i < picture.length; i++) {
            int channel = i % channels;
            int column = i / channels % WIDTH;
            int row = i / channels / WIDTH;
            result[(row * WIDTH + WIDTH - 1 - column) * channels + channel] = picture[i];
        }
        return result;
    }

    @Test
    void aPictureDependsOnSeedEpochAndIndexAndNotOnTheOrderOfCallsOrTheThread() {
        Augmentation all = Augmentation.none().crop(2).flip().colour(.4, .4, .4);
        int values = COLOUR.valuesPerImage();
        byte[] forward = new byte[COLOUR.size() * values];
        for (int i = 0; i < COLOUR.size(); i++) {
            all.apply(COLOUR, i, 3, 8, forward, i * values);
        }
        byte[] backward = new byte[forward.length];
        for (int i = COLOUR.size() - 1; i >= 0; i--) {
            all.apply(COLOUR, i, 3, 8, backward, i * values);
        }
        assertArrayEquals(forward, backward);
        byte[] parallel = new byte[forward.length];
        IntStream.range(0, COLOUR.size()).parallel().forEach(i -> all.apply(COLOUR, i, 3, 8, parallel, i * values));
        assertArrayEquals(forward, parallel);
        int[] order = Shuffler.permutation(COLOUR.size(), 1, 0);
        byte[] batch = new byte[forward.length + 1];
        batch[forward.length] = 77;
        all.gather(COLOUR, order, 3, 8, batch);
        for (int i = 0; i < order.length; i++) {
            assertArrayEquals(
                    Arrays.copyOfRange(forward, order[i] * values, (order[i] + 1) * values),
                    Arrays.copyOfRange(batch, i * values, (i + 1) * values));
        }
        assertEquals(77, batch[forward.length]);
    }

    @Test
    void anotherSeedEpochOrIndexGivesAnotherPicture() {
        Augmentation all = Augmentation.none().crop(2).flip().colour(.4, .4, .4);
        byte[] picture = apply(all, COLOUR, 0, 3, 8);
        assertTrue(!Arrays.equals(picture, apply(all, COLOUR, 0, 4, 8)));
        assertTrue(!Arrays.equals(picture, apply(all, COLOUR, 0, 3, 9)));
        LabelledImages twice = LabelledImages.wrap(
                Arrays.copyOf(COLOUR.image(0), 2 * COLOUR.valuesPerImage()),
                new int[2],
                HEIGHT,
                WIDTH,
                3,
                List.of("any"),
                COLOUR.provenance());
        assertTrue(!Arrays.equals(apply(all, twice, 0, 3, 8), apply(all, twice, 1, 3, 8)));
    }

    @Test
    void coloursAreThoseOfThreeStepsAfterOneAnother() {
        Random random = new Random(11);
        for (LabelledImages images : List.of(COLOUR, GREY)) {
            for (int i = 0; i < images.size(); i++) {
                double b = 2 * random.nextDouble();
                double c = 2 * random.nextDouble();
                double s = 2 * random.nextDouble();
                byte[] target = new byte[images.valuesPerImage() + 5];
                System.arraycopy(images.image(i), 0, target, 5, images.valuesPerImage());
                ColourAdjustment.change(target, 5, HEIGHT * WIDTH, images.channels(), b, c, s);
                assertArrayEquals(new byte[5], Arrays.copyOf(target, 5));
                double[] expected = changed(images.image(i), images.channels(), b, c, s);
                for (int k = 0; k < expected.length; k++) {
                    double cut = Math.max(0, Math.min(255, expected[k]));
                    assertEquals(cut, target[5 + k] & 255, .501, "value " + k + " of picture " + i);
                }
            }
        }
    }

    private static double[] changed(byte[] picture, int channels, double b, double c, double s) {
        double[] values = new double[picture.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = b * (picture[i] & 255);
        }
        double mean = 0;
        for (int i = 0; i < values.length; i += channels) {
            mean += grey(values, i, channels) / (values.length / channels);
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = c * values[i] + (1 - c) * mean;
        }
        for (int i = 0; i < values.length; i += channels) {
            double grey = grey(values, i, channels);
            for (int channel = 0; channel < channels; channel++) {
                values[i + channel] = s * values[i + channel] + (1 - s) * grey;
            }
        }
        return values;
    }

    private static double grey(double[] values, int at, int channels) {
        return channels == 1 ? values[at] : .299 * values[at] + .587 * values[at + 1] + .114 * values[at + 2];
    }

    /** On a picture of one grey, only brightness has an effect, so its factor can be measured. */
    @Test
    void brightnessIsUniformWithinItsStrength() {
        byte[] grey = new byte[HEIGHT * WIDTH];
        Arrays.fill(grey, (byte) 100);
        LabelledImages one = LabelledImages.wrap(
                grey, new int[1], HEIGHT, WIDTH, 1, List.of("any"), new Provenance("grey", "all", Sha256.of(grey), ""));
        int[] seen = new int[256];
        for (int epoch = 0; epoch < 20_000; epoch++) {
            seen[apply(Augmentation.none().colour(.125, .5, .5), one, 0, 1, epoch)[0] & 255]++;
        }
        int[] within = Arrays.copyOfRange(seen, 88, 113);
        assertEquals(20_000, Arrays.stream(within).sum(), "from 87.5 to 112.5");
        requireEven(within);
    }

    @Test
    void whatCannotBeDoneIsRefused() {
        Augmentation crop = Augmentation.none().crop(5);
        var e = assertThrows(IllegalArgumentException.class, () -> apply(crop, GREY, 0, 1, 0));
        assertEquals("A border of 5 pixels is as large as pictures of 5 x 6.", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Augmentation.none().apply(GREY, 0, 1, 0, new byte[30], 1));
        assertThrows(IllegalArgumentException.class, () -> Augmentation.none().apply(GREY, 0, 1, 0, new byte[30], -1));
        assertThrows(IndexOutOfBoundsException.class, () -> Augmentation.none().apply(GREY, 40, 1, 0, new byte[30], 0));
        assertThrows(IllegalArgumentException.class, () -> Augmentation.none().apply(GREY, 0, 1, -1, new byte[30], 0));
        assertThrows(IllegalArgumentException.class, () -> Augmentation.none().crop(-1));
        assertThrows(IllegalArgumentException.class, () -> Augmentation.none().colour(0, 1.5, 0));
        assertThrows(IllegalArgumentException.class, () -> Augmentation.none().colour(Double.NaN, 0, 0));
    }

    @Test
    void itSaysWhatItDoes() {
        assertEquals("none", Augmentation.none().toString());
        assertEquals(
                "crop with a border of 4 pixels, flip left to right",
                Augmentation.none().crop(4).flip().toString());
        assertEquals(
                "brightness ±0.2, contrast ±0.1, saturation ±0.0",
                Augmentation.none().colour(.2, .1, 0).toString());
    }

    private static byte[] apply(Augmentation augmentation, LabelledImages images, int index, long seed, int epoch) {
        byte[] target = new byte[images.valuesPerImage() + 2];
        Arrays.fill(target, (byte) 99);
        augmentation.apply(images, index, seed, epoch, target, 1);
        assertEquals(99, target[0]);
        assertEquals(99, target[target.length - 1]);
        return Arrays.copyOfRange(target, 1, target.length - 1);
    }
}
