package dev.jzoo.training;

import java.util.ArrayList;
import java.util.List;

/**
 * The calibration of a classifier: how well its confidence, the score of the predicted class, agrees with its accuracy.
 * 80 % of the examples with a confidence of 80 % should be correct. See Guo et al., "On Calibration of Modern Neural
 * Networks" (2017).
 *
 * @param bins bins of equal width in confidence, from 0 to 1. The m-th of n holds confidences above (m - 1) / n and up
 *     to m / n; the first one includes 0
 */
public record Calibration(List<Bin> bins) {

    /** A softmax may exceed 1 by this rounding error. */
    private static final float ROUNDING = 1e-5f;

    /**
     * The examples in one range of confidence.
     *
     * @param examples number of examples
     * @param confidence mean confidence, 0 to 1; 0 without examples
     * @param accuracy share of correct predictions; 0 without examples
     */
    public record Bin(long examples, double confidence, double accuracy) {}

    public Calibration {
        bins = List.copyOf(bins);
    }

    /**
     * Sorts examples into bins.
     *
     * @param confidences confidence of each example's predicted class, 0 to 1
     * @param right whether each example's predicted class is the true one
     * @param bins number of bins, at least one
     * @throws IllegalArgumentException naming the first confidence that is not from 0 to 1
     */
    public static Calibration of(float[] confidences, boolean[] right, int bins) {
        if (confidences.length != right.length || bins < 1) {
            throw new IllegalArgumentException(
                    "Calibration requires equal numbers of confidences and answers, and at least one bin," + " not "
                            + confidences.length + " and " + right.length + " in " + bins + " bins.");
        }
        long[] examples = new long[bins];
        long[] hits = new long[bins];
        double[] sums = new double[bins];
        for (int i = 0; i < confidences.length; i++) {
            if (!(confidences[i] >= 0 && confidences[i] <= 1 + ROUNDING)) {
                throw new IllegalArgumentException("The confidence at index " + i + " is " + confidences[i]
                        + "; expected: 0 to 1, as from a softmax.");
            }
            double confidence = Math.min(1, confidences[i]);
            int bin = (int) Math.max(0, Math.ceil(confidence * bins) - 1);
            examples[bin]++;
            hits[bin] += right[i] ? 1 : 0;
            sums[bin] += confidence;
        }
        List<Bin> filled = new ArrayList<>();
        for (int bin = 0; bin < bins; bin++) {
            double count = Math.max(1, examples[bin]);
            filled.add(new Bin(examples[bin], sums[bin] / count, hits[bin] / count));
        }
        return new Calibration(filled);
    }

    /** Returns the number of all examples. */
    public long examples() {
        return bins.stream().mapToLong(Bin::examples).sum();
    }

    /**
     * Returns the expected calibration error: |accuracy - confidence| of each bin, averaged over the examples; 0
     * without examples. It depends on the number of bins.
     */
    public double expectedError() {
        double sum = bins.stream()
                .mapToDouble(bin -> bin.examples() * Math.abs(bin.accuracy() - bin.confidence()))
                .sum();
        return sum / Math.max(1, examples());
    }
}
