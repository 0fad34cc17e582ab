package dev.jzoo.finetune.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShrunkDiscriminantTest {

    private static final int CLASSES = 3;

    /** More rows than features, and fewer. */
    @ParameterizedTest
    @ValueSource(ints = {4, 90})
    void theWeightsTimesTheShrunkCovarianceAreTheMeansOfTheClasses(int dimension) {
        int[] labels = IntStream.range(0, 40).map(i -> i % CLASSES).toArray();
        float[][] rows = clouds(labels, dimension);
        Features features = Features.of(rows);
        Scaling scaling = Scaling.of(features);
        double[] parameters = ShrunkDiscriminant.fit(features, labels, CLASSES, scaling);

        double[][] z = new double[rows.length][dimension];
        double[][] means = new double[CLASSES][dimension];
        for (int i = 0; i < rows.length; i++) {
            scaling.apply(rows[i], z[i]);
            for (int k = 0; k < dimension; k++) {
                means[labels[i]][k] += z[i][k] / count(labels, labels[i]);
            }
        }
        double[][] covariance = shrunk(z, labels, means);
        for (int c = 0; c < CLASSES; c++) {
            double[] weights = Arrays.copyOfRange(parameters, c * dimension, (c + 1) * dimension);
            double bias = 0;
            for (int k = 0; k < dimension; k++) {
                double sum = 0;
                for (int j = 0; j < dimension; j++) {
                    sum += covariance[k][j] * weights[j];
                }
                assertEquals(means[c][k], sum, 1e-9);
                bias -= means[c][k] * weights[k] / 2;
            }
            assertEquals(bias, parameters[CLASSES * dimension + c], 1e-9);
        }
    }

    @Test
    void ofFewPicturesTheMeanOfBothHeadsIsTakenWhereItTellsNoFewerApart() {
        HeadTraining trained = trained(60, 0);
        CrossValidation.Blend blend = trained.search().blend().orElseThrow();
        assertTrue(blend.point().accuracy() >= trained.search().best().accuracy());
        assertTrue(blend.point().accuracy() > 0.8, () -> blend.point().toString());
        assertEquals(blend.point(), trained.search().chosen());
        assertTrue(trained.words().contains("discriminant"), trained.words());
    }

    @Test
    void ofManyPicturesOrOfAClassWithOneTheRegressionLearnsAlone() {
        HeadTraining many = trained(1500, 0);
        assertTrue(many.search().blend().isEmpty());
        assertFalse(many.words().contains("discriminant"), many.words());
        HeadTraining rare = trained(60, 1);
        assertTrue(rare.search().blend().isEmpty());
    }

    /** Learns from so many pictures of two classes, and some of a third. */
    private static HeadTraining trained(int pictures, int rare) {
        int[] labels =
                IntStream.range(0, pictures).map(i -> i < rare ? 2 : i % 2).toArray();
        return HeadTraining.of(new FeatureRows(Features.of(clouds(labels, 20)), labels), 20, 2 + rare, 1);
    }

    private static double[][] shrunk(double[][] z, int[] labels, double[][] means) {
        int dimension = z[0].length;
        double[][] covariance = new double[dimension][dimension];
        for (int i = 0; i < z.length; i++) {
            for (int k = 0; k < dimension; k++) {
                for (int j = 0; j < dimension; j++) {
                    covariance[k][j] += (z[i][k] - means[labels[i]][k]) * (z[i][j] - means[labels[i]][j]) / z.length;
                }
            }
        }
        double trace =
                IntStream.range(0, dimension).mapToDouble(k -> covariance[k][k]).sum();
        for (int k = 0; k < dimension; k++) {
            for (int j = 0; j < dimension; j++) {
                covariance[k][j] = covariance[k][j] / 2 + (k == j ? trace / dimension / 2 : 0);
            }
        }
        return covariance;
    }

    private static long count(int[] labels, int label) {
        return IntStream.of(labels).filter(it -> it == label).count();
    }

    /** Rows around a point of their class, their features of unlike sizes. */
    private static float[][] clouds(int[] labels, int dimension) {
        Random random = new Random(3);
        double[][] centres = new double[CLASSES][];
        Arrays.setAll(centres, c -> random.doubles(dimension, -1, 1).toArray());
        float[][] rows = new float[labels.length][dimension];
        for (int i = 0; i < rows.length; i++) {
            for (int k = 0; k < dimension; k++) {
                rows[i][k] = (float) ((k + 1) * (centres[labels[i]][k] + random.nextGaussian()));
            }
        }
        return rows;
    }
}
