package dev.jzoo.training.transfer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Stratified cross-validation of a head on training pictures: each picture is judged by a head that learnt from the other parts
 * only, its augmented views included. Decays are tried from the strongest on, each beginning where the one before ended, until
 * weaker ones have only made it worse.
 */
final class CrossValidation {

    /** Strength of the decay: half a power of ten apart. */
    private static final double[] DECAYS = {10, 3, 1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0003, 0.0001};

    private static final int WORSE = 2;

    /**
     * What a decay reaches on pictures that its heads have not learnt from.
     *
     * @param decay of the weights
     * @param loss mean cross-entropy in nats, weighted by class
     * @param error standard error of the loss
     * @param accuracy share that is right
     */
    record Point(double decay, double loss, double error, double accuracy) {}

    /**
     * What was tried.
     *
     * @param points from the strongest decay to the weakest
     * @param folds parts of the pictures
     * @param dimension features that the heads read
     */
    record Result(List<Point> points, int folds, int dimension) {
        Result {
            points = List.copyOf(points);
        }

        /** The decay with the lowest loss. */
        Point best() {
            return points.stream().min(Comparator.comparingDouble(Point::loss)).orElseThrow();
        }
    }

    private final Examples examples;
    private final double[] classWeights;
    private final int[] folds;
    private final int count;

    private CrossValidation(Examples examples, double[] classWeights, int[] folds, int count) {
        this.examples = examples;
        this.classWeights = classWeights;
        this.folds = folds;
        this.count = count;
    }

    /**
     * Tries decays.
     *
     * @param examples at least one picture a fold
     * @param classWeights how much a picture of each class counts
     * @param folds 2 or more
     * @param seed decides which picture is in which fold
     */
    static Result of(Examples examples, double[] classWeights, int folds, long seed) {
        int[] assigned = folds(examples.labels(), classWeights.length, folds, seed);
        return new CrossValidation(examples, classWeights, assigned, folds).run();
    }

    /** The fold of each picture; each has nearly as many of each class as any other. */
    static int[] folds(int[] labels, int classes, int count, long seed) {
        Random random = new Random(seed);
        int[] folds = new int[labels.length];
        int next = 0;
        for (int label = 0; label < classes; label++) {
            int wanted = label;
            List<Integer> members = new ArrayList<>(IntStream.range(0, labels.length)
                    .filter(i -> labels[i] == wanted)
                    .boxed()
                    .toList());
            Collections.shuffle(members, random);
            for (int member : members) {
                folds[member] = next++ % count; // goes on from class to class, so that small ones spread too
            }
        }
        return folds;
    }

    private Result run() {
        Fold[] parts = IntStream.range(0, count).parallel().mapToObj(Fold::new).toArray(Fold[]::new);
        List<Point> points = new ArrayList<>();
        double lowest = Double.POSITIVE_INFINITY;
        int worse = 0;
        for (double decay : DECAYS) {
            IntStream.range(0, count).parallel().forEach(i -> parts[i].fit(decay));
            Point point = point(decay, parts);
            points.add(point);
            worse = point.loss < lowest ? 0 : worse + 1;
            lowest = Math.min(lowest, point.loss);
            if (worse > WORSE) {
                break;
            }
        }
        return new Result(points, count, examples.features().dimension());
    }

    private Point point(double decay, Fold[] parts) {
        double weights = 0;
        double sum = 0;
        double squares = 0;
        int right = 0;
        for (Fold part : parts) {
            for (int i = 0; i < part.held.length; i++) {
                double weight = classWeights[examples.labels()[part.held[i]]];
                weights += weight;
                sum += weight * part.losses[i];
                squares += weight * part.losses[i] * part.losses[i];
                right += part.right[i] ? 1 : 0;
            }
        }
        int n = examples.labels().length;
        double mean = sum / weights;
        double variance = Math.max(0, squares / weights - mean * mean);
        return new Point(decay, mean, Math.sqrt(variance / n), (double) right / n);
    }

    /** One part, which is held out, and the head that learns from the others. */
    private final class Fold {

        private final int[] held;
        private final Features learnt;
        private final int[] labels;
        private final Scaling scaling;
        private final double[] losses;
        private final boolean[] right;
        private double[] parameters;

        Fold(int number) {
            int n = examples.labels().length;
            held = IntStream.range(0, n).filter(i -> folds[i] == number).toArray();
            int[] rows = IntStream.range(0, examples.features().rows())
                    .filter(row -> folds[row % n] != number)
                    .toArray();
            learnt = examples.features().select(rows);
            labels = IntStream.of(rows).map(row -> examples.labels()[row % n]).toArray();
            scaling = Scaling.of(learnt);
            losses = new double[held.length];
            right = new boolean[held.length];
            parameters = SoftmaxRegression.zero(classWeights.length, learnt.dimension());
        }

        void fit(double decay) {
            parameters = SoftmaxRegression.fit(learnt, labels, classWeights, scaling, decay, parameters);
            int classes = classWeights.length;
            float[] row = new float[learnt.dimension()];
            double[] x = new double[learnt.dimension()];
            double[] scores = new double[classes];
            for (int i = 0; i < held.length; i++) {
                examples.features().read(held[i], row);
                scaling.apply(row, x);
                SoftmaxRegression.logits(parameters, x, scores);
                int truth = examples.labels()[held[i]];
                double logit = scores[truth];
                right[i] = IntStream.range(0, classes).allMatch(c -> scores[c] <= logit);
                losses[i] = Head.softmax(scores) - logit;
            }
        }
    }
}
