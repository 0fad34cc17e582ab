package dev.jzoo.training.examples;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.preparation.Augmentation;
import dev.jzoo.datasets.preparation.ChannelStatistics;

/**
 * Pictures with their classes as a network reads them. While a picture is read, it is changed at random, standardised,
 * and arranged as planes [channels, height, width] or flat.
 */
public final class PictureExamples implements Examples {

    private final LabelledImages images;
    private final int size;
    private final ChannelStatistics statistics;
    private final Augmentation augmentation;
    private final long seed;
    private final Layout layout;

    /** Order of the values of a picture. */
    private enum Layout {
        PLANES,
        /** The order of the file, in one axis. */
        FLAT
    }

    /**
     * Creates examples of pictures as planes.
     *
     * @param size number of pictures to use, the first ones
     * @param statistics statistics that standardise pixels
     * @param augmentation changes to the pictures
     * @param seed seed of these changes
     */
    public PictureExamples(
            LabelledImages images, int size, ChannelStatistics statistics, Augmentation augmentation, long seed) {
        this(images, size, statistics, augmentation, seed, Layout.PLANES);
    }

    private PictureExamples(
            LabelledImages images,
            int size,
            ChannelStatistics statistics,
            Augmentation augmentation,
            long seed,
            Layout layout) {
        this.images = images;
        this.size = size;
        this.statistics = statistics;
        this.augmentation = augmentation;
        this.seed = seed;
        this.layout = layout;
    }

    /**
     * Returns the same examples with all values of a picture in one axis, [height * width * channels], for a network
     * whose first layer is dense.
     */
    public PictureExamples flat() {
        return new PictureExamples(images, size, statistics, augmentation, seed, Layout.FLAT);
    }

    /** Returns all pictures without augmentation, to measure on. */
    public static PictureExamples unchanged(LabelledImages images, ChannelStatistics statistics) {
        return new PictureExamples(images, images.size(), statistics, Augmentation.none(), 0);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public long[] inputShape() {
        return layout == Layout.FLAT
                ? new long[] {images.valuesPerImage()}
                : new long[] {images.channels(), images.height(), images.width()};
    }

    @Override
    public long[] targetShape() {
        return new long[0];
    }

    @Override
    public void read(int[] indices, int from, int to, int epoch, float[] inputs, float[] targets) {
        int values = images.valuesPerImage();
        byte[] pictures = new byte[(to - from) * values];
        for (int i = from; i < to; i++) {
            augmentation.apply(images, indices[i], seed, epoch, pictures, (i - from) * values);
            targets[i - from] = images.label(indices[i]);
        }
        int area = images.height() * images.width();
        if (layout == Layout.FLAT) {
            statistics.interleaved(pictures, to - from, area, inputs);
        } else {
            statistics.toPlanes(pictures, to - from, area, inputs);
        }
    }
}
