package dev.jzoo.finetune.head;

import dev.jzoo.numerics.Softmax;
import dev.jzoo.onnx.TensorData;
import java.util.stream.IntStream;

/** The last layer of a classifier: probabilities are softmax(W x + b), x the features as they are. */
public final class Head {

    private final float[][] weights;
    private final float[] bias;

    /** Takes the arrays over: weights [class][feature], bias [class]. */
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

    /** W as a tensor [classes, dimension]: that of a Gemm with transB. */
    public TensorData weightTensor() {
        float[] all = new float[classes() * dimension()];
        for (int c = 0; c < classes(); c++) {
            System.arraycopy(weights[c], 0, all, c * dimension(), dimension());
        }
        return TensorData.of(all, classes(), dimension());
    }

    /** b as a tensor [classes]. */
    public TensorData biasTensor() {
        return TensorData.of(bias.clone(), classes());
    }

    /** The probability of each class, in double precision. */
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

    /** The probability of each class for some rows, by their first features: as many as were learnt from. */
    public double[][] probabilities(Features rows, int[] numbers) {
        Features learnt = rows.first(dimension());
        float[] features = new float[dimension()];
        return IntStream.of(numbers)
                .mapToObj(number -> {
                    learnt.read(number, features);
                    return probabilities(features);
                })
                .toArray(double[][]::new);
    }
}
