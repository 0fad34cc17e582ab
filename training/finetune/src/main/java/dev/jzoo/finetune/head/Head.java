package dev.jzoo.finetune.head;

import dev.jzoo.numerics.Softmax;
import dev.jzoo.onnx.TensorData;
import java.util.stream.IntStream;

/** The last layer of a classifier: probabilities are softmax(W x + b), where x are the features, not standardised. */
public final class Head {

    private final float[][] weights;
    private final float[] bias;

    /** Creates a head from weights [class][feature] and bias [class], without copying the arrays. */
    Head(float[][] weights, float[] bias) {
        this.weights = weights;
        this.bias = bias;
    }

    public int classes() {
        return bias.length;
    }

    int dimension() {
        return weights[0].length;
    }

    /** Returns W as a tensor [classes, dimension], for a Gemm with transB. */
    public TensorData weightTensor() {
        float[] all = new float[classes() * dimension()];
        for (int c = 0; c < classes(); c++) {
            System.arraycopy(weights[c], 0, all, c * dimension(), dimension());
        }
        return TensorData.of(all, classes(), dimension());
    }

    /** Returns b as a tensor [classes]. */
    public TensorData biasTensor() {
        return TensorData.of(bias.clone(), classes());
    }

    /** Computes the probability of each class, in double precision. */
    double[] probabilities(float[] features) {
        double[] scores = new double[classes()];
        for (int c = 0; c < scores.length; c++) {
            double sum = bias[c];
            for (int k = 0; k < features.length; k++) {
                sum += (double) weights[c][k] * features[k];
            }
            scores[c] = sum;
        }
        Softmax.inPlace(scores);
        return scores;
    }

    /**
     * Computes the probability of each class for some rows, from the number of features that the head was trained on.
     */
    public double[][] probabilities(Features rows, int[] numbers) {
        Features trained = rows.first(dimension());
        float[] features = new float[dimension()];
        return IntStream.of(numbers)
                .mapToObj(number -> {
                    trained.read(number, features);
                    return probabilities(features);
                })
                .toArray(double[][]::new);
    }
}
