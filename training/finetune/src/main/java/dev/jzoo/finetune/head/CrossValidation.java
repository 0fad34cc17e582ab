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
 * Stratified cross-validation of a head on training pictures: each picture is judged by a head that learnt from the other parts
 * only, its augmented views included. Decays of a softmax regression are tried from the strongest on, each beginning where the one
 * before ended, until weaker ones have only made it worse. Where there are few pictures, the best one is averaged with a {@link
 * ShrunkDiscriminant}.
 */
public final class CrossValidation {

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
    public record Point(double decay, double loss, double error, double accuracy) {}

    /**
     * The mean of two heads' logits: those of softmax regression, and those of the discriminant times a scale.
     *
     * @param scale makes the discriminant's logits as large as those of softmax regression, on pictures held out
     * @param point what the mean reaches
     */
    public record Blend(double scale, Point point) {}

    /**
     * What was tried.
     *
     * @param points of softmax regression, from the strongest decay to the weakest
     * @param folds parts of the pictures
     * @param dimension features that the heads read
     * @param blend of softmax regression at its best decay with the discriminant, where it tells no fewer pictures apart
     */
    public record DecaySearch(List<Point> points, int folds, int dimension, Optional<Blend> blend) {
        public DecaySearch {
            points = List.copyOf(points);
        }

        /** The decay with the lowest loss. */
        public Point best() {
            return points.stream().min(Comparator.comparingDouble(Point::loss)).orElseThrow();
        }

        /** What the head that is chosen reaches. */
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
     * @param examples at least one picture a fold
     * @param classWeights how much a picture of each class counts
     * @param folds 2 or more
     * @param seed decides which picture is in which fold
     */
    static DecaySearch of(FeatureRows examples, double[] classWeights, int folds, long seed) {
        int[] assigned = folds(examples.labels(), classWeights.length, folds, seed);
        return new CrossValidation(examples, classWeights, assigned, folds).run();
    }

    /** The fold of each picture; each has nearly as many of each class as any other. */
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
                folds[member] = next++ % count; // goes on from class to class, so that small ones spread too
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

    /** The mean of some logits and others times a scale. */
    private static double[][] mean(double[][] logits, double[][] others, double scale) {
        double[][] means = new double[logits.length][logits[0].length];
        for (int i = 0; i < means.length; i++) {
            for (int c = 0; c < means[i].length; c++) {
                means[i][c] = (logits[i][c] + scale * others[i][c]) / 2;
            }
        }
        return means;
    }

    /** The root of the mean square of logits, each row's mean put at 0, since only differences of logits matter. */
    private static double size(double[][] logits) {
        double squares = 0;
        for (double[] row : logits) {
            double mean = DoubleStream.of(row).average().orElse(0);
            squares += DoubleStream.of(row).map(it -> (it - mean) * (it - mean)).sum();
        }
        return Math.sqrt(squares / logits.length);
    }

    /** Logits of all pictures, [picture][class], each by a head that has not learnt from it. */
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

    /** One part, which is held out, and the heads that learn from the others. */
    private final class Fold {

        private final int[] held;
        private final Features learnt;
        private final int[] labels;
        private final Scaling scaling;
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
            parameters = SoftmaxRegression.zero(classWeights.length, learnt.dimension());
        }

        /** Begins where the decay before this one ended. */
        double[] regression(double decay) {
            parameters = SoftmaxRegression.fit(learnt, labels, classWeights, scaling, decay, parameters);
            return parameters;
        }

        double[] discriminant() {
            return ShrunkDiscriminant.fit(learnt, labels, classWeights.length, scaling);
        }

        /** Fills the rows of the pictures that are held out. */
        void judge(double[] head, double[][] logits) {
            float[] row = new float[learnt.dimension()];
            double[] x = new double[learnt.dimension()];
            for (int picture : held) {
                examples.features().read(picture, row);
                scaling.apply(row, x);
                logits[picture] = new double[classWeights.length];
                SoftmaxRegression.logits(head, x, logits[picture]);
            }
        }
    }
}
