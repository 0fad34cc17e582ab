package dev.jzoo.datasets.preparation;

import dev.jzoo.datasets.LabelledImages;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Mean and standard deviation of each channel of pictures, and the standardisation with them: {@code (value / 255 - mean) /
 * deviation}. Immutable and safe for use by several threads.
 */
public final class ChannelStatistics {

    private final List<Float> mean;
    private final List<Float> deviation;
    /** The standardised form of each of the 256 values, [channel, value]. */
    private final float[] standardised;

    private ChannelStatistics(List<Float> mean, List<Float> deviation) {
        this.mean = List.copyOf(mean);
        this.deviation = List.copyOf(deviation);
        this.standardised = new float[256 * mean.size()];
        for (int i = 0; i < standardised.length; i++) {
            standardised[i] = (i % 256 / 255f - mean.get(i / 256)) / deviation.get(i / 256);
        }
    }

    /**
     * Creates statistics from known numbers.
     *
     * @param mean mean of each channel, on a scale of 0 (black) to 1 (white)
     * @param deviation standard deviation of each channel on the same scale, above 0
     */
    public static ChannelStatistics of(List<Float> mean, List<Float> deviation) {
        if (mean.size() != deviation.size() || (mean.size() != 1 && mean.size() != 3)) {
            throw new IllegalArgumentException("Statistics must have a mean and a deviation for each of 1 or 3"
                    + " channels, not " + mean + " and " + deviation + ".");
        }
        for (int channel = 0; channel < mean.size(); channel++) {
            if (!Float.isFinite(mean.get(channel)) || !(deviation.get(channel) > 0)) {
                throw new IllegalArgumentException("A mean must be finite and a deviation above 0, not"
                        + " " + mean + " and "
                        + deviation + ". A channel with a single value cannot be standardised.");
            }
        }
        return new ChannelStatistics(mean, deviation);
    }

    /**
     * Computes the statistics of all pixels of pictures. The deviation is that of the population (divided by n).
     *
     * @throws IllegalArgumentException if there is no picture, or a channel has a single value
     */
    public static ChannelStatistics of(LabelledImages images) {
        if (images.size() == 0) {
            throw new IllegalArgumentException("The statistics need at least one picture, but there are none.");
        }
        int channels = images.channels();
        long[][] counts = new long[channels][256];
        ByteBuffer pixels = images.pixels();
        while (pixels.hasRemaining()) {
            for (int channel = 0; channel < channels; channel++) {
                counts[channel][pixels.get() & 255]++;
            }
        }
        List<Float> means = new ArrayList<>();
        List<Float> deviations = new ArrayList<>();
        for (long[] count : counts) {
            double n = (double) images.pixels().remaining() / channels;
            double mean = 0;
            for (int value = 0; value < 256; value++) {
                mean += count[value] / n * (value / 255.0);
            }
            double variance = 0;
            for (int value = 0; value < 256; value++) {
                variance += count[value] / n * (value / 255.0 - mean) * (value / 255.0 - mean);
            }
            means.add((float) mean);
            deviations.add((float) Math.sqrt(variance));
        }
        return of(means, deviations);
    }

    /** Returns statistics that only scale to 0 to 1: mean 0 and deviation 1. */
    public static ChannelStatistics unit(int channels) {
        return of(Collections.nCopies(channels, 0f), Collections.nCopies(channels, 1f));
    }

    /** Returns the mean of each channel, 0 to 1. */
    public List<Float> mean() {
        return mean;
    }

    /** Returns the standard deviation of each channel, on the scale of 0 to 1. */
    public List<Float> deviation() {
        return deviation;
    }

    /**
     * Standardises pictures into planes, one per channel, as convolutional networks read them.
     *
     * @param pictures unsigned bytes [image, pixel, channel], from the beginning
     * @param count number of pictures
     * @param pixels rows times columns of a picture
     * @param target receives [image, channel, pixel]; elements after them stay unchanged
     * @throws IllegalArgumentException if an array is too short
     */
    public void toPlanes(byte[] pictures, int count, int pixels, float[] target) {
        require(pictures, count, pixels, target);
        int channels = mean.size();
        for (int image = 0; image < count; image++) {
            int base = image * channels * pixels;
            for (int channel = 0; channel < channels; channel++) {
                int from = base + channel;
                int to = base + channel * pixels;
                int table = 256 * channel;
                for (int pixel = 0; pixel < pixels; pixel++) {
                    target[to + pixel] = standardised[table + (pictures[from + pixel * channels] & 255)];
                }
            }
        }
    }

    /**
     * Standardises pictures and keeps the order of their values.
     *
     * @param pictures unsigned bytes [image, pixel, channel], from the beginning
     * @param count number of pictures
     * @param pixels rows times columns of a picture
     * @param target receives [image, pixel, channel]; elements after them stay unchanged
     * @throws IllegalArgumentException if an array is too short
     */
    public void interleaved(byte[] pictures, int count, int pixels, float[] target) {
        require(pictures, count, pixels, target);
        int channels = mean.size();
        for (int i = 0; i < count * pixels * channels; i += channels) {
            for (int channel = 0; channel < channels; channel++) {
                target[i + channel] = standardised[256 * channel + (pictures[i + channel] & 255)];
            }
        }
    }

    private void require(byte[] pictures, int count, int pixels, float[] target) {
        long values = (long) count * pixels * mean.size();
        if (count < 0 || pixels < 0 || values > pictures.length || values > target.length) {
            throw new IllegalArgumentException(count + " pictures of " + pixels + " pixels and " + mean.size()
                    + " channels have " + values + " values; the arrays have " + pictures.length + " and "
                    + target.length + ".");
        }
    }

    /** Returns a description: "mean [0.4913, 0.4821, 0.4465], deviation [0.2452, 0.2428, 0.2606]". */
    @Override
    public String toString() {
        return "mean " + rounded(mean) + ", deviation " + rounded(deviation);
    }

    private static List<Double> rounded(List<Float> values) {
        return values.stream().map(value -> Math.round(value * 1e4) / 1e4).toList();
    }
}
