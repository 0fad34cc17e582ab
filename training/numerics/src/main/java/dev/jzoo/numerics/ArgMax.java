package dev.jzoo.numerics;

/** The index of the largest of some scores. Among equal scores, the first. */
public final class ArgMax {

    private ArgMax() {}

    /** Returns the index of the largest score. */
    public static int of(double[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }

    /**
     * Returns the index of the largest score in one row of a table.
     *
     * @param scores rows of scores, one after the other
     * @param from index of the row's first score
     * @param count number of scores in the row, at least 1
     * @return from 0 to count - 1
     */
    public static int ofRow(float[] scores, int from, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            best = scores[from + i] > scores[from + best] ? i : best;
        }
        return best;
    }
}
