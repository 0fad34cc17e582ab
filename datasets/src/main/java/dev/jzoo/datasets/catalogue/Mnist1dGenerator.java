package dev.jzoo.datasets.catalogue;

import dev.jzoo.numerics.MersenneTwister;
import java.util.Arrays;

/**
 * The generator of {@link Mnist1d}. The shapes, the constants and the order in which random numbers are drawn are those of
 * the published one (github.com/greydanus/mnist1d): with others, the signals would be others.
 */
final class Mnist1dGenerator {

    /** One shape a line; they look a little like the digits when turned to the side. */
    private static final double[][] SHAPES = {
        {5, 6, 6.5, 6.75, 7, 7, 7, 7, 6.75, 6.5, 6, 5},
        {5, 3, 3, 3.4, 3.8, 4.2, 4.6, 5, 5.4, 5.8, 5, 5},
        {5, 6, 6.5, 6.5, 6, 5.25, 4.75, 4, 3.5, 3.5, 4, 5},
        {5, 6, 6.5, 6.5, 6, 5, 5, 6, 6.5, 6.5, 6, 5},
        {5, 4.4, 3.8, 3.2, 2.6, 2.6, 5, 5, 5, 5, 5, 5},
        {5, 3, 3, 3, 3, 5, 6, 6.5, 6.5, 6, 4.5, 5},
        {5, 4, 3.5, 3.25, 3, 3, 3, 3, 3.25, 3.5, 4, 5},
        {5, 7, 7, 6.6, 6.2, 5.8, 5.4, 5, 4.6, 4.2, 5, 5},
        {5, 4, 3.5, 3.5, 4, 5, 5, 4, 3.5, 3.5, 4, 5},
        {5, 4, 3.5, 3.5, 4, 5, 5, 5, 5, 4.7, 4.3, 5},
    };

    private static final int LEAST_PADDING = 36;
    private static final int MOST_PADDING = 60;
    private static final int MOST_TRANSLATION = 47;
    private static final double SCALE = .4;
    private static final double TILT = .75;
    private static final double SMOOTH_NOISE = .25;
    private static final double WHITE_NOISE = .02;

    private final double[] values;
    private final int[] labels;

    /** Generates signals, as many of each class; the count is a multiple of 10. */
    Mnist1dGenerator(int count, int seed) {
        MersenneTwister random = new MersenneTwister(seed);
        double[][] byClass = new double[count][];
        for (int i = 0; i < count; i++) {
            byClass[i] = distorted(template(SHAPES[i / (count / SHAPES.length)]), random);
        }
        int[] order = random.permutation(count);
        values = new double[count * Mnist1d.LENGTH];
        labels = new int[count];
        for (int i = 0; i < count; i++) {
            System.arraycopy(byClass[order[i]], 0, values, i * Mnist1d.LENGTH, Mnist1d.LENGTH);
            labels[i] = order[i] / (count / SHAPES.length);
        }
        standardise(values);
    }

    /** [signal, time], with mean 0 and standard deviation 1 over all. */
    double[] values() {
        return values;
    }

    /** The class of each signal. */
    int[] labels() {
        return labels;
    }

    /** A shape with mean 0 and deviation 1, moved so that it begins with 0, and a sixth as high. */
    private static double[] template(double[] shape) {
        double[] moments = SignalTransforms.moments(shape);
        double first = (shape[0] - moments[0]) / moments[1];
        return Arrays.stream(shape)
                .map(value -> ((value - moments[0]) / moments[1] - first) / 6)
                .toArray();
    }

    /** The steps and their random draws are in the generator's order. */
    private static double[] distorted(double[] template, MersenneTwister random) {
        int padding = LEAST_PADDING + (int) (random.unit() * (MOST_PADDING - LEAST_PADDING + 1));
        double[] padded = new double[template.length + padding];
        for (int i = 0; i < template.length; i++) {
            padded[i] = template[i] + 1e-8; // so that its zeros are not taken for padding
        }
        double[] signal = SignalTransforms.interpolate(padded, template.length + MOST_PADDING);
        double scale = 1 + SCALE * (random.unit() - .5);
        for (int i = 0; i < signal.length; i++) {
            signal[i] *= scale;
        }
        signal = SignalTransforms.rotate(signal, random.upTo(MOST_TRANSLATION));
        double[] smooth = SignalTransforms.smooth(noise(signal.length, SMOOTH_NOISE, random), 2);
        double[] white = noise(signal.length, WHITE_NOISE, random);
        double tilt = TILT * (random.unit() - .5);
        for (int i = 0; i < signal.length; i++) {
            double base = signal[i] == 0 ? smooth[i] : signal[i];
            signal[i] = base + white[i] - tilt * ((double) i / (signal.length - 1) - .5);
        }
        return SignalTransforms.interpolate(signal, Mnist1d.LENGTH);
    }

    private static double[] noise(int length, double scale, MersenneTwister random) {
        double[] noise = new double[length];
        for (int i = 0; i < length; i++) {
            noise[i] = scale * random.gaussian();
        }
        return noise;
    }

    private static void standardise(double[] values) {
        double[] moments = SignalTransforms.moments(values);
        for (int i = 0; i < values.length; i++) {
            values[i] = (values[i] - moments[0]) / moments[1];
        }
    }
}
