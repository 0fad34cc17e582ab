package dev.jzoo.finetune.head;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A head that learnt from all training pictures, with the weight decay that cross-validation found best.
 *
 * @param head for features as they are
 * @param decay of its weights
 * @param classWeights how much a picture of each class counted: 1, or less the more pictures its class has
 * @param search what was tried
 * @param constant number of features that are left out, since they never change but for rounding
 */
public record HeadTraining(
        Head head, double decay, double[] classWeights, CrossValidation.DecaySearch search, int constant) {

    /** Where the largest class has more pictures than the smallest by more than this, classes are made to count alike. */
    static final double BALANCED = 1.5;

    private static final int FOLDS = 5;

    /** Decays are compared on no more pictures: beyond, they change nothing but the time. */
    private static final int SEARCHED = 4000;

    /**
     * Learns.
     *
     * @param means how many numbers of a row are means; a head reads them alone or the whole row, whichever does better
     */
    public static HeadTraining of(FeatureRows examples, int means, int classes, long seed) {
        double[] weights = classWeights(examples.labels(), classes);
        int n = examples.labels().length;
        int[] searched = searched(n, seed);
        int folds = Math.max(2, Math.min(FOLDS, searched.length));
        CrossValidation.DecaySearch search = search(examples.select(searched), means, weights, folds, seed);
        Features features = examples.features().first(search.dimension());
        // The penalty is on a mean, so with more pictures as much of it is as many times less needed.
        double decay = search.best().decay() * searched.length / n;
        Scaling scaling = Scaling.of(features);
        double[] parameters = SoftmaxRegression.fit(
                features,
                examples.rowLabels(),
                weights,
                scaling,
                decay,
                SoftmaxRegression.zero(classes, scaling.dimension()));
        search.blend().ifPresent(blend -> {
            double[] others = ShrunkDiscriminant.fit(features, examples.rowLabels(), classes, scaling);
            Arrays.setAll(parameters, i -> (parameters[i] + blend.scale() * others[i]) / 2);
        });
        return new HeadTraining(
                SoftmaxRegression.head(parameters, classes, scaling), decay, weights, search, scaling.constant());
    }

    /** The better of two searches: with the means alone, and with all of each row. */
    public static CrossValidation.DecaySearch search(
            FeatureRows examples, int means, double[] classWeights, int folds, long seed) {
        CrossValidation.DecaySearch some = CrossValidation.of(examples.first(means), classWeights, folds, seed);
        if (means == examples.features().dimension()) {
            return some;
        }
        CrossValidation.DecaySearch all = CrossValidation.of(examples, classWeights, folds, seed);
        return all.chosen().loss() < some.chosen().loss() ? all : some;
    }

    /** How the head was made, in words. */
    public String words() {
        String regression = "a softmax regression on standardised features, by L-BFGS in double precision";
        return search.blend()
                .map(blend -> "the mean of two: " + regression
                        + ", and a linear discriminant whose covariance is shrunk by half, its logits times "
                        + (float) blend.scale())
                .orElse(regression);
    }

    /** Whether classes were made to count alike. */
    public boolean isBalanced() {
        return Arrays.stream(classWeights).distinct().count() > 1;
    }

    private static int[] searched(int n, long seed) {
        int[] all = IntStream.range(0, n).toArray();
        if (n <= SEARCHED) {
            return all;
        }
        Random random = new Random(seed);
        for (int i = 0; i < SEARCHED; i++) {
            int j = i + random.nextInt(n - i);
            int swapped = all[i];
            all[i] = all[j];
            all[j] = swapped;
        }
        int[] some = Arrays.copyOf(all, SEARCHED);
        Arrays.sort(some);
        return some;
    }

    public static double[] classWeights(int[] labels, int classes) {
        int[] counts = new int[classes];
        for (int label : labels) {
            counts[label]++;
        }
        double most = Arrays.stream(counts).max().orElse(1);
        double fewest = Math.max(1, Arrays.stream(counts).min().orElse(1));
        double[] weights = new double[classes];
        Arrays.setAll(
                weights,
                label -> most <= BALANCED * fewest ? 1 : labels.length / (double) classes / Math.max(1, counts[label]));
        return weights;
    }
}
