package dev.jzoo.datasets.catalogue;

/** What happens to signals on their way into {@link Mnist1d}. */
final class SignalTransforms {

    private SignalTransforms() {}

    /** The signal at n places, evenly spaced from its first value to its last, on straight lines between its values. */
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

    /** The signal moved to the right by k places; what leaves at the end comes in at the beginning. */
    static double[] rotate(double[] signal, int k) {
        double[] result = new double[signal.length];
        for (int i = 0; i < result.length; i++) {
            result[(i + k) % result.length] = signal[i];
        }
        return result;
    }

    /**
     * The signal smoothed by a Gaussian, which is cut off at four deviations. Beyond its ends the signal goes on as its own
     * mirror image, which begins with the last value once more.
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

    /** The mean and the standard deviation of the population. */
    static double[] moments(double[] values) {
        double mean = sum(values, 0, 0) / values.length;
        return new double[] {mean, StrictMath.sqrt(sum(values, mean, 1) / values.length)};
    }

    /** The sum of the values, or of the squares of their distances, with what rounding loses carried along (Kahan). */
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
