package dev.jzoo.datasets.catalogue;

/** The transformations of signals in {@link Mnist1d}. */
final class SignalTransforms {

    private SignalTransforms() {}

    /** Returns the signal at n evenly spaced positions from its first to its last value, interpolated linearly. */
    static double[] interpolate(double[] signal, int n) {
        double[] result = new double[n];
        int last = signal.length - 1;
        for (int i = 0; i < n; i++) {
            double place = (double) i * last / (n - 1);
            int left = Math.min(last - 1, (int) place);
            result[i] = signal[left] + (place - left) * (signal[left + 1] - signal[left]);
        }
        return result;
    }

    /** Returns the signal rotated right by k positions. Values that leave at the end come back at the beginning. */
    static double[] rotate(double[] signal, int k) {
        double[] result = new double[signal.length];
        for (int i = 0; i < result.length; i++) {
            result[(i + k) % result.length] = signal[i];
        }
        return result;
    }

    /**
     * Returns the signal smoothed by a Gaussian that is cut off at four deviations. Beyond its ends, the signal continues as its
     * mirror image, which repeats the end value.
     */
    static double[] smooth(double[] signal, double deviation) {
        int radius = (int) (4 * deviation + .5);
        double[] weights = new double[radius + 1];
        double sum = 0;
        for (int k = 0; k <= radius; k++) {
            weights[k] = StrictMath.exp(-.5 * k * k / (deviation * deviation));
            sum += k == 0 ? weights[k] : 2 * weights[k];
        }
        double[] result = new double[signal.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = weights[0] / sum * signal[i];
            for (int k = 1; k <= radius; k++) {
                result[i] += weights[k] / sum * (mirrored(signal, i - k) + mirrored(signal, i + k));
            }
        }
        return result;
    }

    private static double mirrored(double[] signal, int index) {
        int phase = Math.floorMod(index, 2 * signal.length);
        return signal[Math.min(phase, 2 * signal.length - 1 - phase)];
    }

    /** Returns the mean and the standard deviation of the population. */
    static double[] moments(double[] values) {
        double mean = sum(values, 0, 0) / values.length;
        return new double[] {mean, StrictMath.sqrt(sum(values, mean, 1) / values.length)};
    }

    /** Returns the sum of the values, or of their squared distances, with compensation of rounding errors (Kahan). */
    private static double sum(double[] values, double from, int squares) {
        double sum = 0;
        double lost = 0;
        for (double value : values) {
            double term = (squares == 1 ? (value - from) * (value - from) : value) - lost;
            double next = sum + term;
            lost = next - sum - term;
            sum = next;
        }
        return sum;
    }
}
