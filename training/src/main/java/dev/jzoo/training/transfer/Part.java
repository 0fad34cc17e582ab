package dev.jzoo.training.transfer;

import dev.jzoo.datasets.LabelledPictures.Item;
import dev.jzoo.training.ClassifierScores;
import java.util.List;
import java.util.Map;

/**
 * What a finished classifier says to the pictures of a part, and how much of it is right.
 *
 * @param name "validation", "test"
 * @param items in the order of the scores
 */
record Part(String name, List<Item> items, ClassifierScores scores) {

    /** Two-sided 95 % of the normal distribution. */
    private static final double Z = 1.959963984540054;

    /**
     * Where the accuracy on all pictures of that kind probably is, 95 % (Wilson, 1927).
     *
     * @param low from 0
     * @param high to 1
     */
    record Interval(double low, double high) {

        static Interval of(long right, long all) {
            double p = (double) right / all;
            double square = Z * Z / all;
            double centre = p + square / 2;
            double half = Z * Math.sqrt(p * (1 - p) / all + square / all / 4);
            return new Interval((centre - half) / (1 + square), (centre + half) / (1 + square));
        }
    }

    /** What a card says of it, by name. */
    Map<String, Double> metrics() {
        return Map.of(
                name + ".accuracy",
                accuracy(),
                name + ".balanced_accuracy",
                balancedAccuracy(),
                name + ".accuracy_low",
                interval().low(),
                name + ".accuracy_high",
                interval().high());
    }

    double accuracy() {
        return scores.accuracy();
    }

    Interval interval() {
        return Interval.of(right(), items.size());
    }

    long right() {
        long right = 0;
        for (int label = 0; label < scores.confusion().length; label++) {
            right += scores.confusion()[label][label];
        }
        return right;
    }

    /** The share of each class's pictures that is right; of a class without pictures, NaN. */
    double[] recalls() {
        long[][] confusion = scores.confusion();
        double[] recalls = new double[confusion.length];
        for (int label = 0; label < recalls.length; label++) {
            long all = 0;
            for (long count : confusion[label]) {
                all += count;
            }
            recalls[label] = (double) confusion[label][label] / all;
        }
        return recalls;
    }

    /** The mean of the classes' shares, so that each counts alike however many pictures it has. */
    double balancedAccuracy() {
        double sum = 0;
        int classes = 0;
        for (double recall : recalls()) {
            if (!Double.isNaN(recall)) {
                sum += recall;
                classes++;
            }
        }
        return sum / classes;
    }
}
