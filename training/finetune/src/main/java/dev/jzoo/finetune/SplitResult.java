package dev.jzoo.finetune;

import dev.jzoo.datasets.LabelledPictures.Item;
import dev.jzoo.numerics.WilsonInterval;
import dev.jzoo.training.ClassifierScores;
import java.util.List;
import java.util.Map;

/**
 * The results of a finished classifier on one part of the pictures.
 *
 * @param name "validation" or "test"
 * @param items the pictures, in the order of the scores
 */
record SplitResult(String name, List<Item> items, ClassifierScores scores) {

    /** Returns the metrics for the card, by name. */
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

    /** Returns the 95 % interval of the accuracy on all pictures of that kind. */
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

    /** Returns the share of each class's pictures that is classified correctly; NaN for a class without pictures. */
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

    /** Returns the mean of the classes' shares, so that each class counts equally, whatever its number of pictures. */
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
