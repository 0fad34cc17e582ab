package dev.jzoo.finetune.head;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.numerics.Softmax;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SoftmaxRegressionTest {

    private static final int CLASSES = 3;
    private static final double[] WEIGHTS = {1, 0.5, 2};

    private final Random random = new Random(7);

    @Test
    void noNeighbourOfTheSolutionHasALowerPenalisedLoss() {
        Features features = Features.of(rows(600, 4));
        int[] labels = random.ints(600, 0, CLASSES).toArray();
        Scaling scaling = Scaling.of(features);
        double[] best =
                SoftmaxRegression.fit(features, labels, WEIGHTS, scaling, 0.1, SoftmaxRegression.zero(CLASSES, 4));
        double lowest = loss(features, labels, scaling, best, 0.1);
        for (int i = 0; i < best.length; i++) {
            for (double step : new double[] {-1e-3, 1e-3}) {
                double[] other = best.clone();
                other[i] += step;
                assertTrue(loss(features, labels, scaling, other, 0.1) > lowest, "parameter " + i + " by " + step);
            }
        }
    }

    @Test
    void theFoldedHeadGivesTheSameProbabilitiesForFeaturesAsTheyAre() {
        float[][] rows = rows(40, 3);
        for (float[] row : rows) {
            row[2] = 5; // never changes: whatever its weight, it must not matter
        }
        Features features = Features.of(rows);
        Scaling scaling = Scaling.of(features);
        double[] parameters = random.doubles(CLASSES * 4, -1, 1).toArray();
        Head head = SoftmaxRegression.head(parameters, CLASSES, scaling);
        double[] x = new double[3];
        double[] scores = new double[CLASSES];
        scaling.apply(rows[0], x);
        assertEquals(0, x[2]);
        SoftmaxRegression.logits(parameters, x, scores);
        Softmax.inPlace(scores);
        assertArrayEquals(scores, head.probabilities(rows[0]), 1e-5);
    }

    /** The definition, in plain loops. */
    private static double loss(Features features, int[] labels, Scaling scaling, double[] parameters, double decay) {
        double sum = 0;
        double total = 0;
        int d = features.dimension();
        for (int i = 0; i < labels.length; i++) {
            float[] row = new float[d];
            double[] x = new double[d];
            features.read(i, row);
            scaling.apply(row, x);
            double[] logits = new double[CLASSES];
            double normaliser = 0;
            for (int c = 0; c < CLASSES; c++) {
                logits[c] = parameters[CLASSES * d + c];
                for (int k = 0; k < d; k++) {
                    logits[c] += parameters[c * d + k] * x[k];
                }
                normaliser += Math.exp(logits[c]);
            }
            sum += WEIGHTS[labels[i]] * (Math.log(normaliser) - logits[labels[i]]);
            total += WEIGHTS[labels[i]];
        }
        double squares = 0;
        for (int i = 0; i < CLASSES * d; i++) {
            squares += parameters[i] * parameters[i];
        }
        return sum / total + decay / 2 * squares;
    }

    private float[][] rows(int count, int dimension) {
        float[][] rows = new float[count][dimension];
        for (float[] row : rows) {
            for (int k = 0; k < dimension; k++) {
                row[k] = (float) (random.nextGaussian() * (k + 1) + 10 * k);
            }
        }
        return rows;
    }
}
