package dev.jzoo.labs.convolution;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.catalogue.Mnist;
import dev.jzoo.datasets.catalogue.ProceduralDigits;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.labs.LabSize;
import dev.jzoo.numerics.WilsonInterval;
import dev.jzoo.report.ConfusionMatrix;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.ReliabilityDiagram;
import dev.jzoo.report.Table;
import dev.jzoo.scratch.Array;
import dev.jzoo.training.Calibration;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Zoo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** More than one number for a classifier: its confusions, its confidence, and whether the confidence can be believed. */
public final class EvaluationLab implements Lab {

    private static final int BINS = 10;

    @Override
    public LabInfo info() {
        return new LabInfo(
                "evaluation",
                "Beyond accuracy",
                "Which mistakes does a classifier make, and does it know when it may be wrong?",
                Chapter.CONVOLUTION);
    }

    /** Counts of examples by true class (row) and predicted class (column). */
    private static long[][] confusion(int[] truth, int[] predicted) {
        long[][] counts = new long[10][10];
        for (int n = 0; n < truth.length; n++) {
            counts[truth[n]][predicted[n]]++;
        }
        return counts;
    }

    /** Returns the probabilities of another temperature: each to the power 1 / T, and then again with the sum 1. */
    private static Array tempered(Array probabilities, double temperature) {
        Array powers = probabilities.map(p -> Math.pow(p, 1 / temperature)); // $q_i prop p_i^(1/T)$
        for (int n = 0; n < powers.size(0); n++) {
            double sum = powers.take(n).sum();
            for (int c = 0; c < 10; c++) {
                powers.set(powers.get(n, c) / sum, n, c);
            }
        }
        return powers;
    }

    /** Returns the number, the mean confidence and the accuracy of the examples in each bin of confidence. */
    private static double[][] bins(Array probabilities, int[] truth) {
        double[][] bins = new double[BINS][3];
        int[] predicted = probabilities.argMax();
        for (int n = 0; n < truth.length; n++) {
            double confidence = probabilities.get(n, predicted[n]);
            double[] bin = bins[(int) Math.max(0, Math.ceil(confidence * BINS) - 1)];
            bin[0]++;
            bin[1] += confidence;
            bin[2] += predicted[n] == truth[n] ? 1 : 0;
        }
        for (double[] bin : bins) {
            bin[1] /= Math.max(1, bin[0]);
            bin[2] /= Math.max(1, bin[0]);
        }
        return bins;
    }

    /** Returns the expected calibration error: how far confidence is from accuracy, averaged over the examples. */
    private static double calibrationError(double[][] bins, int examples) {
        double sum = 0;
        for (double[] bin : bins) {
            sum += bin[0] / examples * Math.abs(bin[1] - bin[2]); // $n_m / n |"confidence"_m - "accuracy"_m|$
        }
        return sum;
    }

    private static ReliabilityDiagram diagram(double[][] bins) {
        ReliabilityDiagram diagram = ReliabilityDiagram.empty();
        for (double[] bin : bins) {
            WilsonInterval interval = WilsonInterval.ofShare(bin[2], (long) bin[0]);
            diagram.bin((long) bin[0], bin[1], bin[2], interval.low(), interval.high());
        }
        return diagram;
    }

    @Override
    public void run(LabPage page) throws IOException {
        page.text("""
                The zoo's softmax regression classifies digits with one matrix. Accuracy is one number, and hides almost everything: which
                classes are confused, and how sure the model is. The whole experiment uses the 10,000 test digits of MNIST. The smallest
                size has digits drawn by a program, which the model never saw: another distribution, so its figures are worse.
                """);
        LabelledImages digits = page.size() == LabSize.SMALLEST
                ? ProceduralDigits.generate(500, page.seed())
                : Mnist.test(page.data(), ProgressListener.NONE);
        int count = digits.size();
        int[] truth = digits.labels();
        Array probabilities;
        try (OnnxModel model = OnnxModel.open(
                Zoo.of(page.data())
                        .pull("mnist-logistic", ProgressListener.NONE)
                        .model(),
                Device.cpu())) {
            probabilities = PublishedLenet.array(model.run(Map.of("image", PublishedLenet.pixels(digits, 0, count)))
                    .get("probabilities"));
        }
        int[] predicted = probabilities.argMax();
        long[][] counts = confusion(truth, predicted);
        page.figure(ConfusionMatrix.of(digits.labelNames(), counts)
                .figure("Rows are the true digits, columns the predicted ones."));
        int wrongRows = 0;
        long right = 0;
        for (int c = 0; c < 10; c++) {
            int digit = c;
            long members = Arrays.stream(truth).filter(label -> label == digit).count();
            wrongRows += Arrays.stream(counts[c]).sum() == members ? 0 : 1;
            right += counts[c][c];
        }
        double accuracy = right / (double) count;
        page.print("%,d of %,d digits are right: %.2f %%", right, count, 100 * accuracy);
        page.claim("The rows sum to the class counts (number of rows that do not).")
                .equal(wrongRows, 0);
        if (page.size() != LabSize.SMALLEST) {
            page.published("The course's notebook has 92.24 % on the test digits, within 0.4 points.")
                    .near(100 * accuracy, 92.24, 0.4);
        }

        page.text("""
                Two questions about a class have different answers. How many of the true 5s are found? That is **recall**, a share of a
                row. How many that are called 5 are 5s? That is **precision**, a share of a column. Their harmonic mean is the F1 score:

                $$F_1 = (2 p r)/(p + r)$$

                Averaged over classes, precision and recall differ. Counted over all examples at once, both are the accuracy: every
                mistake is one missing in a row and one too many in a column.
                """);
        Table table = Table.captioned("Each digit by itself.")
                .text("digit")
                .whole("examples")
                .percent("precision", 1)
                .percent("recall", 1)
                .decimal("F1", 3);
        double weighted = 0;
        for (int c = 0; c < 10; c++) {
            long row = Arrays.stream(counts[c]).sum();
            long column = 0;
            for (int other = 0; other < 10; other++) {
                column += counts[other][c];
            }
            double recall = counts[c][c] / (double) Math.max(1, row);
            double precision = counts[c][c] / (double) Math.max(1, column);
            weighted += recall * row / count;
            table.row(String.valueOf(c), row, precision, recall, 2.0 * counts[c][c] / Math.max(1, row + column));
        }
        page.table(table);
        page.claim("The mean recall, weighted by the class counts, is the accuracy.")
                .near(weighted, accuracy, 1e-12);

        page.text("""
                The largest probability is the model's confidence. It is **calibrated** if, of all answers with a confidence of 0.8, eight
                in ten are right. Sort the answers into bins by confidence, and compare the mean confidence with the accuracy in each.
                The mean difference is the expected calibration error:

                $$"ECE" = sum_m n_m/n |"confidence"_m - "accuracy"_m|$$

                A **temperature** $T$ changes confidence and nothing else: $q_i prop p_i^(1/T)$ keeps the order of the classes. Above 1 it
                makes the model modest, below 1 bold (Guo, Pleiss, Sun and Weinberger, 2017).
                """);
        double[] temperatures = {0.25, 0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 2, 3, 5};
        List<Frame> frames = new ArrayList<>();
        int changed = 0;
        for (double temperature : temperatures) {
            Array other = tempered(probabilities, temperature);
            double[][] bins = bins(other, truth);
            changed += Arrays.equals(other.argMax(), predicted) ? 0 : 1;
            frames.add(new Frame(
                    String.format(Locale.ROOT, "%.2f", temperature),
                    diagram(bins)
                            .figure(String.format(
                                    Locale.ROOT,
                                    "Calibration error %.2f %%, accuracy %.2f %%. Below the dashed line the model is too sure of itself.",
                                    100 * calibrationError(bins, count),
                                    100 * accuracy))));
        }
        page.figure(Frames.of("temperature", frames).choose(4));
        page.claim("No temperature changes an answer (number of temperatures that do).")
                .equal(changed, 0);
        float[] confidences = new float[count];
        boolean[] correct = new boolean[count];
        for (int n = 0; n < count; n++) {
            confidences[n] = (float) probabilities.get(n, predicted[n]);
            correct[n] = predicted[n] == truth[n];
        }
        double error = calibrationError(bins(probabilities, truth), count);
        page.claim("The calibration error is the one of JZoo's training reports.")
                .near(error, Calibration.of(confidences, correct, BINS).expectedError(), 1e-6);

        page.text("""
                Choose the temperature with the smallest error on one half of the digits, and look at the other half: a parameter is not
                judged by the data that chose it. Then ask what confidence is good for. If it means anything, refusing to answer the
                least sure tenth must raise the accuracy of the rest.
                """);
        int half = count / 2;
        int[] first = new int[half];
        int[] second = new int[half];
        Arrays.setAll(first, n -> 2 * n);
        Arrays.setAll(second, n -> 2 * n + 1);
        int[] firstTruth = Arrays.stream(first).map(n -> truth[n]).toArray();
        int[] secondTruth = Arrays.stream(second).map(n -> truth[n]).toArray();
        double best = 1;
        double least = Double.POSITIVE_INFINITY;
        for (double temperature = 0.5; temperature <= 4; temperature += 0.05) {
            double candidate =
                    calibrationError(bins(tempered(probabilities.take(first), temperature), firstTruth), half);
            if (candidate < least) {
                least = candidate;
                best = temperature;
            }
        }
        Array others = probabilities.take(second);
        double before = calibrationError(bins(others, secondTruth), half);
        double after = calibrationError(bins(tempered(others, best), secondTruth), half);
        double bold = calibrationError(bins(tempered(others, 0.25), secondTruth), half);
        page.print(
                "temperature %.2f: error on the other half %.2f %% before, %.2f %% after",
                best, 100 * before, 100 * after);
        page.claim("A temperature of 0.25 makes the model too sure: its error grows (ratio).")
                .atLeast(bold / before, 1.5);
        page.claim("The chosen temperature does not make it worse on the other half (difference).")
                .atMost(after - before, 0.01);
        float[] sorted = confidences.clone();
        Arrays.sort(sorted);
        int answered = 0;
        int good = 0;
        for (int n = 0; n < count; n++) {
            if (confidences[n] >= sorted[count / 10]) {
                answered++;
                good += correct[n] ? 1 : 0;
            }
        }
        page.print("without the least sure tenth: %.2f %%", 100.0 * good / answered);
        page.claim("Refusing the least sure tenth raises the accuracy (difference).")
                .atLeast((double) good / answered - accuracy, 0.02);
    }
}
