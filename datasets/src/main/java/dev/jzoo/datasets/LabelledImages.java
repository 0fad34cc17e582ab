package dev.jzoo.datasets;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Pictures of one size, each with its class. Pixels are unsigned bytes, 0 black to 255 white, unscaled, with the axes [image,
 * row, column, channel]; channels are 1 (grey) or 3 (red, green, blue). Immutable and safe for use by several threads.
 */
public final class LabelledImages {

    private final byte[] pixels;
    private final int[] labels;
    private final int height;
    private final int width;
    private final int channels;
    private final List<String> labelNames;
    private final Provenance provenance;

    private LabelledImages(
            byte[] pixels,
            int[] labels,
            int height,
            int width,
            int channels,
            List<String> labelNames,
            Provenance provenance) {
        this.pixels = pixels;
        this.labels = labels;
        this.height = height;
        this.width = width;
        this.channels = channels;
        this.labelNames = labelNames;
        this.provenance = provenance;
    }

    /**
     * Wraps arrays without copying them, because pixels may be many megabytes. The caller must not change them afterwards.
     *
     * @param pixels unsigned bytes [image, row, column, channel]
     * @param labels the class of each image, an index into the names
     * @param height rows of an image, at least 1
     * @param width columns of an image, at least 1
     * @param channels 1 or 3
     * @param labelNames names of the classes, without duplicates
     * @param provenance the origin of the images
     * @throws IllegalArgumentException if the sizes disagree or a label has no name
     */
    public static LabelledImages wrap(
            byte[] pixels,
            int[] labels,
            int height,
            int width,
            int channels,
            List<String> labelNames,
            Provenance provenance) {
        Objects.requireNonNull(provenance, "provenance");
        List<String> names = List.copyOf(labelNames);
        if (height < 1 || width < 1 || (channels != 1 && channels != 3)) {
            throw new IllegalArgumentException("An image must have 1 or more rows and columns and 1 or 3 channels, not "
                    + height + " x " + width + " x " + channels + ".");
        }
        long expected = (long) labels.length * height * width * channels;
        if (pixels.length != expected) {
            throw new IllegalArgumentException(labels.length + " labels need pixels [" + labels.length + ", " + height
                    + ", " + width + ", " + channels + "] = " + expected + " bytes, not " + pixels.length + ".");
        }
        if (names.stream().distinct().count() != names.size()) {
            throw new IllegalArgumentException("The names of labels must differ, not " + names + ".");
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= names.size()) {
                throw new IllegalArgumentException("Label " + labels[i] + " of image " + i + " has no name; there are "
                        + names.size() + " names: " + names + ".");
            }
        }
        return new LabelledImages(pixels, labels, height, width, channels, names, provenance);
    }

    /** Returns the number of images. */
    public int size() {
        return labels.length;
    }

    /** Returns the number of rows of an image. */
    public int height() {
        return height;
    }

    /** Returns the number of columns of an image. */
    public int width() {
        return width;
    }

    /** Returns the number of channels: 1 for grey, 3 for red, green and blue. */
    public int channels() {
        return channels;
    }

    /** Returns the number of values of one image: height x width x channels. */
    public int valuesPerImage() {
        return height * width * channels;
    }

    /** Returns the names of the classes. A label is an index into them. */
    public List<String> labelNames() {
        return labelNames;
    }

    /** Returns the origin of the images. */
    public Provenance provenance() {
        return provenance;
    }

    /** Returns a read-only view of all pixels, [image, row, column, channel], at position 0. Does not copy them. */
    public ByteBuffer pixels() {
        return ByteBuffer.wrap(pixels).asReadOnlyBuffer();
    }

    /** Returns a copy of one image's pixels, [row, column, channel]. */
    public byte[] image(int index) {
        int from = Objects.checkIndex(index, size()) * valuesPerImage();
        return Arrays.copyOfRange(pixels, from, from + valuesPerImage());
    }

    /** Returns the class of an image. */
    public int label(int index) {
        return labels[Objects.checkIndex(index, size())];
    }

    /** Returns a copy of all labels, [image]. */
    public int[] labels() {
        return labels.clone();
    }

    /**
     * Copies the pixels of some images, in the given order, to the beginning of an array: a batch.
     *
     * @param indices the indices of the images
     * @param batch receives [image, row, column, channel]; elements after them stay unchanged
     * @throws IllegalArgumentException if the batch is too short
     */
    public void gather(int[] indices, byte[] batch) {
        int values = valuesPerImage();
        if ((long) indices.length * values > batch.length) {
            throw new IllegalArgumentException(indices.length + " images have " + (long) indices.length * values
                    + " values; the array has room for " + batch.length + ".");
        }
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(pixels, Objects.checkIndex(indices[i], size()) * values, batch, i * values, values);
        }
    }

    /**
     * Copies an image shifted by a number of rows and columns: row r, column c of the result is row r + down, column c + right of
     * the image, and 0 outside the image.
     */
    public void copyWindow(int index, int down, int right, byte[] target, int offset) {
        int row = width * channels;
        int from = index * valuesPerImage();
        int before = Math.max(0, -right) * channels;
        int after = Math.max(0, right) * channels;
        for (int r = 0; r < height; r++) {
            int to = offset + r * row;
            if (r + down < 0 || r + down >= height) {
                Arrays.fill(target, to, to + row, (byte) 0);
                continue;
            }
            Arrays.fill(target, to, to + before, (byte) 0);
            System.arraycopy(pixels, from + (r + down) * row + after, target, to + before, row - before - after);
            Arrays.fill(target, to + row - after, to + row, (byte) 0);
        }
    }

    /**
     * Returns the images from one index up to another, as a copy with the same provenance.
     *
     * @param from index of the first image
     * @param to index after the last image
     */
    public LabelledImages range(int from, int to) {
        Objects.checkFromToIndex(from, to, size());
        int values = valuesPerImage();
        return new LabelledImages(
                Arrays.copyOfRange(pixels, from * values, to * values),
                Arrays.copyOfRange(labels, from, to),
                height,
                width,
                channels,
                labelNames,
                provenance);
    }

    /** Returns a description: "mnist train: uint8 [60000, 28, 28, 1], 10 labels". */
    @Override
    public String toString() {
        return provenance.name() + ": " + shape();
    }

    /** Returns type, shape and labels: "uint8 [60000, 28, 28, 1], 10 labels". */
    String shape() {
        return "uint8 [" + size() + ", " + height + ", " + width + ", " + channels + "], " + labelNames.size()
                + " labels";
    }
}
