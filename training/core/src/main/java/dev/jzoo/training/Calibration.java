package dev.jzoo.training;

import java.util.ArrayList;
import java.util.List;

/**
 * How far a classifier's confidence, the score of the class that it names, can be believed: of the examples that it is 80 %
 * sure of, 80 % should be right. Guo et al., "On Calibration of Modern Neural Networks" (2017).
 *
 * @param bins equally wide in confidence, from 0 to 1; the m-th of n holds confidences above (m - 1) / n and up to m / n, the
 *     first one 0 too
 */
public record Calibration(List<Bin> bins) {

    /** Above 1 by no more than this is rounding in a softmax. */
    private static final float ROUNDING = 1e-5f;

    /**
     * The examples of one range of confidence.
     *
     * @param examples how many there are
     * @param confidence their mean confidence, 0 to 1; 0 where there are none
     * @param accuracy the share that is right; 0 where there are none
     */
    public record Bin(long examples, double confidence, double accuracy) {}

    public Calibration {
        bins = List.copyOf(bins);
    }

    /**
     * Sorts examples into bins.
     *
     * @param confidences of the class that was named, 0 to 1, for each example
     * @param right whether that class is the true one, for each example
     * @param bins how many, at least one
     * @throws IllegalArgumentException naming the first confidence that is not from 0 to 1
     */
    public static Calibration of(float[] confidences, boolean[] right, int bins) {
        if (confidences.length != right.length || bins < 1) {
            throw new IllegalArgumentException("Calibration needs as many confidences as answers, and at least one bin,"
                    + " not " + confidences.length + " and " + right.length + " in " + bins + " bins.");
        }
        long[] examples = new long[bins];
        long[] hits = new long[bins];
        double[] sums = new double[bins];
        for (int i = 0; i < confidences.length; i++) {
            if (!(confidences[i] >= 0 && confidences[i] <= 1 + ROUNDING)) {
                throw new IllegalArgumentException("The confidence at index " + i + " is " + confidences[i]
                        + "; 0 to 1 was expected, as a softmax gives it.");
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

    /** All examples. */
    public long examples() {
        return bins.stream().mapToLong(Bin::examples).sum();
    }

    /**
     * The expected calibration error: |accuracy - confidence| of a bin, on average over the examples; 0 for no examples. It
     * depends on the number of bins.
     */
    public double expectedError() {
        double sum = bins.stream()
                .mapToDouble(bin -> bin.examples() * Math.abs(bin.accuracy() - bin.confidence()))
                .sum();
        return sum / Math.max(1, examples());
    }
}
