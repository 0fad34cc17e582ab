package dev.jzoo.numerics;

/**
 * The 95 % confidence interval of a proportion, from a sample: the score interval of E. B. Wilson, Probable inference, the law of
 * succession, and statistical inference (1927).
 *
 * @param low lower end, from 0
 * @param high upper end, at most 1 except for rounding
 */
public record WilsonInterval(double low, double high) {

    /** The two-sided 95 % quantile of the normal distribution. */
    private static final double Z = 1.959963984540054;

    /**
     * Computes the interval from counts.
     *
     * @param successes 0 to trials
     * @param trials size of the sample; 0 gives the interval from 0 to 1
     */
    public static WilsonInterval of(long successes, long trials) {
        return ofShare((double) successes / trials, trials);
    }

    /** Computes the interval from the share of successes, 0 to 1, like {@link #of}. */
    public static WilsonInterval ofShare(double share, long trials) {
        if (trials == 0) {
            return new WilsonInterval(0, 1);
        }
        double square = Z * Z / trials;
        double centre = share + square / 2;
        double half = Z * Math.sqrt(share * (1 - share) / trials + square / trials / 4);
        return new WilsonInterval((centre - half) / (1 + square), (centre + half) / (1 + square));
    }
}
