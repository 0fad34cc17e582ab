package dev.jzoo.numerics;

/** The softmax of logits: exp(x) divided by the sum of all exp(x), with the largest logit subtracted first. */
public final class Softmax {

    private Softmax() {}

    /**
     * Replaces logits by probabilities, in double precision and with the same bits on every JVM.
     *
     * @return the logarithm of the sum of exp(logit)
     */
    public static double inPlace(double[] logits) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            largest = Math.max(largest, logit);
        }
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            logits[i] = StrictMath.exp(logits[i] - largest);
            sum += logits[i];
        }
        for (int i = 0; i < logits.length; i++) {
            logits[i] /= sum;
        }
        return largest + StrictMath.log(sum);
    }

    /**
     * Replaces rows of logits by probabilities, each number rounded to single precision.
     *
     * @param logits rows, one after the other
     * @param width number of logits in a row
     */
    public static void rowsInPlace(float[] logits, int width) {
        for (int from = 0; from < logits.length; from += width) {
            float largest = Float.NEGATIVE_INFINITY;
            for (int i = from; i < from + width; i++) {
                largest = Math.max(largest, logits[i]);
            }
            double sum = 0;
            for (int i = from; i < from + width; i++) {
                logits[i] = (float) Math.exp(logits[i] - largest);
                sum += logits[i];
            }
            for (int i = from; i < from + width; i++) {
                logits[i] /= (float) sum;
            }
        }
    }
}
