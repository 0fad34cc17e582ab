package dev.jzoo.datasets.preparation;

import dev.jzoo.datasets.LabelledImages;
import java.util.Objects;

/**
 * Random changes to pictures that keep their meaning, so that a network sees a different version of each in every epoch. A change
 * depends only on the seed, the epoch and the picture's index, not on the order of calls or the number of threads. Immutable;
 * creates no objects for a picture.
 *
 * <p>Three changes, always in this order:
 *
 * <ol>
 *   <li>crop: the picture gets a black border of p pixels, and a window of the old size is cut out, at any position with equal
 *       probability;
 *   <li>flip: left and right are swapped with probability 1/2;
 *   <li>colour: with values as they are, 0 to 255, brightness multiplies by b; contrast mixes c of each value with 1 - c
 *       of the picture's mean grey; saturation mixes s of each value with 1 - s of its pixel's grey. Each of b, c and s is
 *       uniform from 1 - strength to 1 + strength. Grey is 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601). The result is
 *       rounded and clipped to 0 to 255 once, at the end.
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

    /** Returns an augmentation that leaves every picture unchanged. */
    public static Augmentation none() {
        return NONE;
    }

    /**
     * Returns this augmentation with a crop.
     *
     * @param pixels width of the border, 0 or more, less than the sides of the pictures
     */
    public Augmentation crop(int pixels) {
        if (pixels < 0) {
            throw new IllegalArgumentException("A border must have 0 or more pixels, not " + pixels + ".");
        }
        return new Augmentation(pixels, flips, strength);
    }

    /** Returns this augmentation with a flip. Do not use it for pictures of writing. */
    public Augmentation flip() {
        return new Augmentation(padding, true, strength);
    }

    /**
     * Returns this augmentation with changes of colour. A strength of 0 leaves a change out. Saturation does not change grey
     * pictures.
     *
     * @param brightness 0 to 1
     * @param contrast 0 to 1
     * @param saturation 0 to 1
     */
    public Augmentation colour(double brightness, double contrast, double saturation) {
        for (double value : new double[] {brightness, contrast, saturation}) {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("Changes of colour must have strengths from 0 to 1, not"
                        + " " + brightness
                        + " for brightness, " + contrast + " for contrast and " + saturation + " for saturation.");
            }
        }
        return new Augmentation(padding, flips, new Strength(brightness, contrast, saturation));
    }

    /**
     * Copies a changed picture into an array.
     *
     * @param images the images
     * @param index index of the image
     * @param seed seed of the run
     * @param epoch epoch, from 0
     * @param target receives [row, column, channel]
     * @param offset index of the first value in the target
     * @throws IllegalArgumentException if the border is as large as the picture, or the target too short
     */
    public void apply(LabelledImages images, int index, long seed, int epoch, byte[] target, int offset) {
        if (epoch < 0) {
            throw new IllegalArgumentException("An epoch must be 0 or more, not " + epoch + ".");
        }
        Objects.checkIndex(index, images.size());
        int height = images.height();
        int width = images.width();
        int channels = images.channels();
        if (offset < 0 || offset > target.length - images.valuesPerImage()) {
            throw new IllegalArgumentException("A picture has " + images.valuesPerImage() + " values; an array of "
                    + target.length + " values has no room for them at index " + offset + ".");
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
     * Copies changed pictures, in the given order, to the beginning of an array: a batch.
     *
     * @param images the images
     * @param indices indices of the images
     * @param seed seed of the run
     * @param epoch epoch, from 0
     * @param batch receives [image, row, column, channel]; elements after them stay unchanged
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
     * Parses a list of changes: none, crop (a border of 4 pixels), crop:2, flip, colour (strengths of 0.2) or colour:0.1, joined
     * by commas.
     *
     * @throws IllegalArgumentException naming a change that does not exist or whose number is out of range
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
            // rejected below, like any other text
        }
        throw new IllegalArgumentException("There is no change of pictures '" + change
                + "'. The changes are none, crop or crop:4, flip, colour or colour:0.2, joined by commas.");
    }

    /** Returns a description for a recipe: "crop with a border of 4 pixels, flip left to right"; "none". */
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
