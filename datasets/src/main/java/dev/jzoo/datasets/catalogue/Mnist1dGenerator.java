package dev.jzoo.datasets.catalogue;

import dev.jzoo.numerics.MersenneTwister;
import java.util.Arrays;

/**
 * The generator of {@link Mnist1d}. The shapes, the constants and the order of random numbers are those of the published
 * generator (github.com/greydanus/mnist1d). Any change to them would change the signals.
 */
final class Mnist1dGenerator {

    /** The shapes, one per line. They look a little like digits turned on their side. */
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

    /** Generates signals, the same number of each class. The count must be a multiple of 10. */
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

    /** Returns the values, [signal, time], with an overall mean of 0 and standard deviation of 1. */
    double[] values() {
        return values;
    }

    /** Returns the class of each signal. */
    int[] labels() {
        return labels;
    }

    /** Returns a shape normalised to mean 0 and deviation 1, shifted to start at 0, and divided by 6. */
    private static double[] template(double[] shape) {
        double[] moments = SignalTransforms.moments(shape);
        double first = (shape[0] - moments[0]) / moments[1];
        return Arrays.stream(shape)
                .map(value -> ((value - moments[0]) / moments[1] - first) / 6)
                .toArray();
    }

    /** Distorts a shape. The steps and their random draws are in the published generator's order. */
    private static double[] distorted(double[] template, MersenneTwister random) {
        int padding = LEAST_PADDING + (int) (random.unit() * (MOST_PADDING - LEAST_PADDING + 1));
        double[] padded = new double[template.length + padding];
        for (int i = 0; i < template.length; i++) {
            padded[i] = template[i] + 1e-8; // so that its zeros are not treated as padding
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
