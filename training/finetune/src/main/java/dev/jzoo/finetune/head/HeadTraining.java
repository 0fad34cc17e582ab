package dev.jzoo.finetune.head;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A head that was trained on all training pictures, with the weight decay that cross-validation chose.
 *
 * @param head the head, for features that are not standardised
 * @param decay its weight decay
 * @param classWeights weight of a picture of each class in the loss: 1, or less for larger classes
 * @param search the search for the decay
 * @param constant number of features that are left out because they are constant except for rounding
 */
public record HeadTraining(
        Head head, double decay, double[] classWeights, CrossValidation.DecaySearch search, int constant) {

    /** Ratio of the largest to the smallest class above which all classes are weighted equally. */
    static final double BALANCED = 1.5;

    private static final int FOLDS = 5;

    /** Largest number of pictures on which decays are compared; more of them take time but do not change the choice. */
    private static final int SEARCHED = 4000;

    /**
     * Trains a head.
     *
     * @param means number of values in a row that are means; the head reads these or the whole row, whichever is better
     */
    public static HeadTraining of(FeatureRows examples, int means, int classes, long seed) {
        double[] weights = classWeights(examples.labels(), classes);
        int n = examples.labels().length;
        int[] searched = searched(n, seed);
        int folds = Math.max(2, Math.min(FOLDS, searched.length));
        CrossValidation.DecaySearch search = search(examples.select(searched), means, weights, folds, seed);
        Features features = examples.features().first(search.dimension());
        // The penalty is added to a mean loss, so n times the pictures need 1/n of it.
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

    /** Returns the better of two searches: with the means alone, and with the whole row. */
    public static CrossValidation.DecaySearch search(
            FeatureRows examples, int means, double[] classWeights, int folds, long seed) {
        CrossValidation.DecaySearch some = CrossValidation.of(examples.first(means), classWeights, folds, seed);
        if (means == examples.features().dimension()) {
            return some;
        }
        CrossValidation.DecaySearch all = CrossValidation.of(examples, classWeights, folds, seed);
        return all.chosen().loss() < some.chosen().loss() ? all : some;
    }

    /** Describes the training of the head, in words. */
    public String words() {
        String regression = "a softmax regression on standardised features, by L-BFGS in double precision";
        return search.blend()
                .map(blend -> "the mean of two: " + regression
                        + ", and a linear discriminant whose covariance is shrunk by half, its logits times "
                        + (float) blend.scale())
                .orElse(regression);
    }

    /** Returns whether all classes were weighted equally. */
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
