package dev.jzoo.recipes.pictures;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.preparation.Augmentation;
import dev.jzoo.datasets.preparation.ChannelStatistics;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.examples.Examples;
import dev.jzoo.training.examples.PictureExamples;
import dev.jzoo.training.network.Network;
import java.nio.ByteBuffer;

/**
 * The way pictures are passed to a network.
 *
 * @param network takes [channels, height, width], or all values in one axis
 * @param statistics the statistics that standardise pixels
 * @param augmentation changes to training pictures
 */
record PictureInputs(Network network, ChannelStatistics statistics, Augmentation augmentation) {

    /** Number of values that an engine may hold at once; more are read batch by batch. */
    private static final long RESIDENT = 50_000_000;

    PictureInputs withAugmentation(Augmentation other) {
        return new PictureInputs(network, statistics, other);
    }

    /** Returns whether the network takes all values of a picture in one axis. */
    boolean isFlat() {
        return network.input().length == 1;
    }

    /** Returns training examples. */
    Examples examples(LabelledImages train, Hyperparameters settings) {
        int size = settings.limited(train.size());
        boolean resident = (long) size * train.valuesPerImage() <= RESIDENT
                && augmentation.toString().equals(Augmentation.none().toString());
        if (resident) {
            return inArrays(size == train.size() ? train : train.range(0, size));
        }
        PictureExamples examples = new PictureExamples(train, size, statistics, augmentation, settings.seed());
        return isFlat() ? examples.flat() : examples;
    }

    /** Returns examples to measure on. */
    Examples unchanged(LabelledImages images) {
        return isFlat() ? inArrays(images) : PictureExamples.unchanged(images, statistics);
    }

    private Examples inArrays(LabelledImages images) {
        ByteBuffer view = images.pixels();
        byte[] pixels = new byte[view.remaining()];
        view.get(pixels);
        float[] inputs = new float[pixels.length];
        int area = images.height() * images.width();
        if (isFlat()) {
            statistics.interleaved(pixels, images.size(), area, inputs);
        } else {
            statistics.toPlanes(pixels, images.size(), area, inputs);
        }
        return Examples.classes(inputs, images.labels(), network.input());
    }

    /** Describes the preparation in words. */
    String words() {
        return "pixels divided by 255, then standardised by " + statistics + "; augmentation: " + augmentation
                + "; the order of each epoch is a permutation by seed and epoch";
    }
}
