package dev.jzoo.finetune.head;

import dev.jzoo.numerics.Softmax;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Stratified cross-validation of a head on training pictures: each picture is judged by a head that was trained on the
 * other folds only, including augmented views. Tries the weight decays of a softmax regression from the strongest on,
 * each starting from the previous solution, until weaker ones only make the result worse. If there are few pictures,
 * averages the best one with a {@link ShrunkDiscriminant}.
 */
public final class CrossValidation {

    /** Weight decays, half a power of ten apart. */
    private static final double[] DECAYS = {10, 3, 1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0003, 0.0001};

    private static final int WORSE = 2;

    /**
     * The result of a decay on pictures that its heads were not trained on.
     *
     * @param decay the weight decay
     * @param loss mean cross-entropy in nats, weighted by class
     * @param error standard error of the loss
     * @param accuracy share of correct pictures
     */
    public record Point(double decay, double loss, double error, double accuracy) {}

    /**
     * The mean of two heads' logits: those of the softmax regression, and those of the discriminant times a scale.
     *
     * @param scale factor that makes the discriminant's logits as large as those of the regression, on held-out
     *     pictures
     * @param point the result of the mean
     */
    public record Blend(double scale, Point point) {}

    /**
     * The result of a search.
     *
     * @param points results of softmax regression, from the strongest decay to the weakest
     * @param folds number of folds
     * @param dimension number of features that the heads read
     * @param blend the mean of softmax regression at its best decay and the discriminant, if its accuracy is not lower
     */
    public record DecaySearch(List<Point> points, int folds, int dimension, Optional<Blend> blend) {
        public DecaySearch {
            points = List.copyOf(points);
        }

        /** Returns the result with the lowest loss. */
        public Point best() {
            return points.stream().min(Comparator.comparingDouble(Point::loss)).orElseThrow();
        }

        /** Returns the result of the chosen head. */
        public Point chosen() {
            return blend.map(Blend::point).orElseGet(this::best);
        }
    }

    private final FeatureRows examples;
    private final double[] classWeights;
    private final int[] folds;
    private final int count;

    private CrossValidation(FeatureRows examples, double[] classWeights, int[] folds, int count) {
        this.examples = examples;
        this.classWeights = classWeights;
        this.folds = folds;
        this.count = count;
    }

    /**
     * Tries decays.
     *
     * @param examples at least one picture per fold
     * @param classWeights weight of a picture of each class in the loss
     * @param folds 2 or more
     * @param seed decides which picture is in which fold
     */
    static DecaySearch of(FeatureRows examples, double[] classWeights, int folds, long seed) {
        int[] assigned = folds(examples.labels(), classWeights.length, folds, seed);
        return new CrossValidation(examples, classWeights, assigned, folds).run();
    }

    /** Assigns a fold to each picture; each fold has nearly the same number of pictures of each class. */
    public static int[] folds(int[] labels, int classes, int count, long seed) {
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
                folds[member] = next++ % count; // continues from class to class, so that small ones spread too
            }
        }
        return folds;
    }

    private DecaySearch run() {
        Fold[] parts = IntStream.range(0, count).parallel().mapToObj(Fold::new).toArray(Fold[]::new);
        List<Point> points = new ArrayList<>();
        Point best = new Point(0, Double.POSITIVE_INFINITY, 0, 0);
        double[][] logits = {};
        int worse = 0;
        for (double decay : DECAYS) {
            double[][] tried = heldOut(parts, part -> part.regression(decay));
            Point point = point(decay, tried);
            points.add(point);
            if (point.loss < best.loss) {
                best = point;
                logits = tried;
                worse = 0;
            } else if (++worse > WORSE) {
                break;
            }
        }
        return new DecaySearch(points, count, examples.features().dimension(), blend(parts, best, logits));
    }

    private Optional<Blend> blend(Fold[] parts, Point best, double[][] logits) {
        if (!ShrunkDiscriminant.suits(examples.features()) || smallestClass() < 2) {
            return Optional.empty();
        }
        double[][] others = heldOut(parts, Fold::discriminant);
        double scale = size(logits) / size(others);
        Point point = point(best.decay, mean(logits, others, scale));
        return Double.isFinite(scale) && point.accuracy >= best.accuracy
                ? Optional.of(new Blend(scale, point))
                : Optional.empty();
    }

    private long smallestClass() {
        return IntStream.range(0, classWeights.length)
                .mapToLong(label -> IntStream.of(examples.labels())
                        .filter(it -> it == label)
                        .count())
                .min()
                .orElse(0);
    }

    /** Returns the mean of some logits and others times a scale. */
    private static double[][] mean(double[][] logits, double[][] others, double scale) {
        double[][] means = new double[logits.length][logits[0].length];
        for (int i = 0; i < means.length; i++) {
            for (int c = 0; c < means[i].length; c++) {
                means[i][c] = (logits[i][c] + scale * others[i][c]) / 2;
            }
        }
        return means;
    }

    /**
     * Returns the root mean square of logits after subtracting each row's mean, because only differences of logits
     * matter.
     */
    private static double size(double[][] logits) {
        double squares = 0;
        for (double[] row : logits) {
            double mean = DoubleStream.of(row).average().orElse(0);
            squares += DoubleStream.of(row).map(it -> (it - mean) * (it - mean)).sum();
        }
        return Math.sqrt(squares / logits.length);
    }

    /** Returns the logits of all pictures, [picture][class], each by a head that was not trained on it. */
    private double[][] heldOut(Fold[] parts, Function<Fold, double[]> head) {
        double[][] logits = new double[examples.labels().length][];
        Stream.of(parts).parallel().forEach(part -> part.judge(head.apply(part), logits));
        return logits;
    }

    private Point point(double decay, double[][] logits) {
        double weights = 0;
        double sum = 0;
        double squares = 0;
        int right = 0;
        int n = logits.length;
        for (int i = 0; i < n; i++) {
            int truth = examples.labels()[i];
            double[] scores = logits[i].clone();
            double logit = scores[truth];
            right += DoubleStream.of(scores).allMatch(score -> score <= logit) ? 1 : 0;
            double loss = Softmax.inPlace(scores) - logit;
            double weight = classWeights[truth];
            weights += weight;
            sum += weight * loss;
            squares += weight * loss * loss;
        }
        double mean = sum / weights;
        double variance = Math.max(0, squares / weights - mean * mean);
        return new Point(decay, mean, Math.sqrt(variance / n), (double) right / n);
    }

    /** One held-out fold, and the heads that are trained on the others. */
    private final class Fold {

        private final int[] held;
        private final Features trained;
        private final int[] labels;
        private final Scaling scaling;
        private double[] parameters;

        Fold(int number) {
            int n = examples.labels().length;
            held = IntStream.range(0, n).filter(i -> folds[i] == number).toArray();
            int[] rows = IntStream.range(0, examples.features().rows())
                    .filter(row -> folds[row % n] != number)
                    .toArray();
            trained = examples.features().select(rows);
            labels = IntStream.of(rows).map(row -> examples.labels()[row % n]).toArray();
            scaling = Scaling.of(trained);
            parameters = SoftmaxRegression.zero(classWeights.length, trained.dimension());
        }

        /** Trains a regression, starting from the solution of the previous decay. */
        double[] regression(double decay) {
            parameters = SoftmaxRegression.fit(trained, labels, classWeights, scaling, decay, parameters);
            return parameters;
        }

        double[] discriminant() {
            return ShrunkDiscriminant.fit(trained, labels, classWeights.length, scaling);
        }

        /** Fills the rows of the held-out pictures. */
        void judge(double[] head, double[][] logits) {
            float[] row = new float[trained.dimension()];
            double[] x = new double[trained.dimension()];
            for (int picture : held) {
                examples.features().read(picture, row);
                scaling.apply(row, x);
                logits[picture] = new double[classWeights.length];
                SoftmaxRegression.logits(head, x, logits[picture]);
            }
        }
    }
}
