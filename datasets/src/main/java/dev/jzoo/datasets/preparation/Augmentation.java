package dev.jzoo.datasets.preparation;

import dev.jzoo.datasets.LabelledImages;
import java.util.Objects;

/**
 * Random changes to pictures that leave what they show as it is, so that a network sees each anew in every epoch. What
 * happens to a picture is a function of the seed, the epoch and the picture's index, whoever asks, in whatever order, on
 * however many threads. Immutable; copies no more than it must, and makes no objects for a picture.
 *
 * <p>Three changes, always in this order:
 *
 * <ol>
 *   <li>crop: the picture gets a black border of p pixels, and a window of the old size is cut out, each place equally
 *       likely;
 *   <li>flip: left and right change places, once in two times;
 *   <li>colour: with values as they are, 0 to 255, brightness multiplies by b; contrast mixes c of each value with 1 - c
 *       of the picture's mean grey; saturation mixes s of each value with 1 - s of its pixel's grey. Each of b, c and s is
 *       uniform from 1 - strength to 1 + strength, grey is 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601), and the
 *       result is rounded and cut to 0 to 255 once, at the end.
 * </ol>
 *
 * <p>The usual recipe for CIFAR-10 is {@code Augmentation.none().crop(4).flip()}: He et al., Deep residual learning for
 * image recognition, 2015, section 4.2.
 */
public final class Augmentation {

    private static final Augmentation NONE = new Augmentation(0, false, Strength.ZERO);

    private final int padding;
    private final boolean flips;
    private final Strength strength;

    private record Strength(double brightness, double contrast, double saturation) {

        private static final Strength ZERO = new Strength(0, 0, 0);
    }

    private Augmentation(int padding, boolean flips, Strength strength) {
        this.padding = padding;
        this.flips = flips;
        this.strength = strength;
    }

    /** Leaves every picture as it is. */
    public static Augmentation none() {
        return NONE;
    }

    /**
     * The same with a crop.
     *
     * @param pixels width of the border, 0 or more, less than the sides of the pictures
     */
    public Augmentation crop(int pixels) {
        if (pixels < 0) {
            throw new IllegalArgumentException("A border has 0 or more pixels, not " + pixels + ".");
        }
        return new Augmentation(pixels, flips, strength);
    }

    /** The same with a flip: not for pictures of writing. */
    public Augmentation flip() {
        return new Augmentation(padding, true, strength);
    }

    /**
     * The same with changes of colour; 0 leaves one out. Saturation leaves grey pictures as they are.
     *
     * @param brightness 0 to 1
     * @param contrast 0 to 1
     * @param saturation 0 to 1
     */
    public Augmentation colour(double brightness, double contrast, double saturation) {
        for (double value : new double[] {brightness, contrast, saturation}) {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("Changes of colour have strengths from 0 to 1; got " + brightness
                        + " for brightness, " + contrast + " for contrast and " + saturation + " for saturation.");
            }
        }
        return new Augmentation(padding, flips, new Strength(brightness, contrast, saturation));
    }

    /**
     * Copies a picture, changed, into an array.
     *
     * @param images where the picture is
     * @param index which one
     * @param seed of the run
     * @param epoch from 0
     * @param target takes [row, column, channel]
     * @param offset where in it
     * @throws IllegalArgumentException if the border is as large as the picture, or the target too short
     */
    public void apply(LabelledImages images, int index, long seed, int epoch, byte[] target, int offset) {
        if (epoch < 0) {
            throw new IllegalArgumentException("Epochs count from 0; got " + epoch + ".");
        }
        Objects.checkIndex(index, images.size());
        int height = images.height();
        int width = images.width();
        int channels = images.channels();
        if (offset < 0 || offset > target.length - images.valuesPerImage()) {
            throw new IllegalArgumentException("A picture has " + images.valuesPerImage() + " values; an array of "
                    + target.length + " has no room for them at " + offset + ".");
        }
        if (padding >= height || padding >= width) {
            throw new IllegalArgumentException(
                    "A border of " + padding + " pixels is as large as pictures of " + height + " x " + width + ".");
        }
        long stream = CounterBasedRandom.stream(seed, epoch, index);
        int down = CounterBasedRandom.integer(stream, 0, 2 * padding + 1) - padding;
        int right = CounterBasedRandom.integer(stream, 1, 2 * padding + 1) - padding;
        images.copyWindow(index, down, right, target, offset);
        if (flips && CounterBasedRandom.unit(stream, 2) < .5) {
            flip(target, offset, height, width, channels);
        }
        if (!strength.equals(Strength.ZERO)) {
            ColourAdjustment.change(
                    target,
                    offset,
                    height * width,
                    channels,
                    CounterBasedRandom.around1(stream, 3, strength.brightness),
                    CounterBasedRandom.around1(stream, 4, strength.contrast),
                    CounterBasedRandom.around1(stream, 5, strength.saturation));
        }
    }

    /**
     * Copies pictures, changed, in the order asked for, to the beginning of an array: a batch.
     *
     * @param images where the pictures are
     * @param indices which ones
     * @param seed of the run
     * @param epoch from 0
     * @param batch takes [image, row, column, channel]; what lies behind stays as it is
     */
    public void gather(LabelledImages images, int[] indices, long seed, int epoch, byte[] batch) {
        for (int i = 0; i < indices.length; i++) {
            apply(images, indices[i], seed, epoch, batch, Math.multiplyExact(i, images.valuesPerImage()));
        }
    }

    private static void flip(byte[] target, int offset, int height, int width, int channels) {
        for (int row = 0; row < height; row++) {
            int left = offset + row * width * channels;
            int right = left + (width - 1) * channels;
            for (; left < right; left += channels, right -= channels) {
                for (int channel = 0; channel < channels; channel++) {
                    byte value = target[left + channel];
                    target[left + channel] = target[right + channel];
                    target[right + channel] = value;
                }
            }
        }
    }

    /**
     * Reads a list of changes: none, crop (a border of 4 pixels), crop:2, flip, colour (strengths of 0.2) or colour:0.1, joined by commas.
     *
     * @throws IllegalArgumentException naming the change that there is not, or whose number is out of range
     */
    public static Augmentation parse(String changes) {
        Augmentation augmentation = NONE;
        for (String change : changes.split(",", -1)) {
            augmentation = augmentation.with(change);
        }
        return augmentation;
    }

    private Augmentation with(String change) {
        String number = change.substring(change.indexOf(':') + 1);
        try {
            if (change.equals("none")) {
                return this;
            } else if (change.equals("flip")) {
                return flip();
            } else if (change.equals("crop")) {
                return crop(4);
            } else if (change.startsWith("crop:")) {
                return crop(Integer.parseInt(number));
            } else if (change.equals("colour")) {
                return colour(0.2, 0.2, 0.2);
            } else if (change.startsWith("colour:")) {
                double strength = Double.parseDouble(number);
                return colour(strength, strength, strength);
            }
        } catch (NumberFormatException e) {
            // refused below, as any other text
        }
        throw new IllegalArgumentException("No change of pictures '" + change
                + "'. There are none, crop or crop:4, flip, colour or colour:0.2, joined by commas.");
    }

    /** In words for a recipe: "crop with a border of 4 pixels, flip left to right"; "none". */
    @Override
    public String toString() {
        StringBuilder words = new StringBuilder();
        if (padding > 0) {
            words.append(", crop with a border of ").append(padding).append(padding == 1 ? " pixel" : " pixels");
        }
        if (flips) {
            words.append(", flip left to right");
        }
        if (!strength.equals(Strength.ZERO)) {
            words.append(", brightness ±").append(strength.brightness);
            words.append(", contrast ±").append(strength.contrast);
            words.append(", saturation ±").append(strength.saturation);
        }
        return words.length() == 0 ? "none" : words.substring(2);
    }
}
