package dev.jzoo.finetune;

import dev.jzoo.datasets.LabelledPictures.Item;
import dev.jzoo.numerics.WilsonInterval;
import dev.jzoo.training.ClassifierScores;
import java.util.List;
import java.util.Map;

/**
 * What a finished classifier says to the pictures of a part, and how much of it is right.
 *
 * @param name "validation", "test"
 * @param items in the order of the scores
 */
record SplitResult(String name, List<Item> items, ClassifierScores scores) {

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

    /** Where the accuracy on all pictures of that kind probably is, 95 %. */
    WilsonInterval interval() {
        return WilsonInterval.of(right(), items.size());
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
