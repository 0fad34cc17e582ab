package dev.jzoo.numerics;

/**
 * The random numbers of NumPy's legacy generator, {@code numpy.random.seed(s)}: the Mersenne Twister MT19937 (Matsumoto and
 * Nishimura, 1998) seeded by {@code init_genrand} (2002), with NumPy's conversions of its 32-bit words. NumPy promises that these
 * streams never change. Not safe for use by several threads.
 */
public final class MersenneTwister {

    private static final int N = 624;
    private static final int M = 397;

    private final int[] state = new int[N];
    private int next = N;
    private double spareGaussian = Double.NaN;

    /** Starts the stream of a seed. */
    public MersenneTwister(int seed) {
        state[0] = seed;
        for (int i = 1; i < N; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
        }
    }

    /** Returns 32 random bits. */
    public int word() {
        if (next == N) {
            twist();
            next = 0;
        }
        int y = state[next++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >>> 18);
    }

    private void twist() {
        for (int i = 0; i < N; i++) {
            int y = (state[i] & 0x80000000) | (state[(i + 1) % N] & 0x7fffffff);
            state[i] = state[(i + M) % N] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
        }
    }

    /** Returns a uniform number of 53 bits from 0 to 1, without 1, as {@code rand()} does. */
    public double unit() {
        long high = word() >>> 5;
        long low = word() >>> 6;
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    /** Returns a standard normal number, as {@code randn()} does. Marsaglia's polar method generates two at a time. */
    public double gaussian() {
        if (!Double.isNaN(spareGaussian)) {
            double spare = spareGaussian;
            spareGaussian = Double.NaN;
            return spare;
        }
        double x;
        double y;
        double square;
        do {
            x = 2 * unit() - 1;
            y = 2 * unit() - 1;
            square = x * x + y * y;
        } while (square >= 1 || square == 0);
        double factor = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
        spareGaussian = factor * x;
        return factor * y;
    }

    /**
     * Returns a uniform integer from 0 to max, as {@code choice(max + 1)} does. Draws numbers with the bits of max and rejects
     * larger ones.
     */
    public int upTo(int max) {
        int mask = max == 0 ? 0 : -1 >>> Integer.numberOfLeadingZeros(max);
        int value;
        do {
            value = word() & mask;
        } while (value > max);
        return value;
    }

    /** Returns a permutation of 0 to n - 1, as {@code permutation(n)} does. */
    public int[] permutation(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        for (int i = n - 1; i > 0; i--) {
            int j = upTo(i);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
