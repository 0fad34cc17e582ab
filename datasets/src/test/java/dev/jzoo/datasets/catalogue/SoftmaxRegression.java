package dev.jzoo.datasets.catalogue;

import dev.jzoo.datasets.LabelledImages;

/**
 * Softmax regression from 784 pixels to 10 digits in plain loops: SGD with rate 0.1, batches of 100, pixels in 0..1.
 */
final class SoftmaxRegression {

    private static final int PIXELS = 784;
    private static final int BATCH = 100;

    private final float[][] weights = new float[10][PIXELS];
    private final float[] biases = new float[10];

    void train(LabelledImages images, int[] order) {
        for (int from = 0; from + BATCH <= order.length; from += BATCH) {
            float[][] inputs = new float[BATCH][];
            float[][] errors = new float[BATCH][];
            for (int i = 0; i < BATCH; i++) {
                inputs[i] = scaled(images.image(order[from + i]));
                errors[i] = probabilities(inputs[i]);
                errors[i][images.label(order[from + i])] -= 1;
            }
            for (int i = 0; i < BATCH; i++) {
                for (int digit = 0; digit < 10; digit++) {
                    float step = .1f * errors[i][digit] / BATCH;
                    biases[digit] -= step;
                    for (int p = 0; p < PIXELS; p++) {
                        weights[digit][p] -= step * inputs[i][p];
                    }
                }
            }
        }
    }

    double accuracy(LabelledImages images) {
        int right = 0;
        for (int i = 0; i < images.size(); i++) {
            right += classify(images.image(i)) == images.label(i) ? 1 : 0;
        }
        return (double) right / images.size();
    }

    int classify(byte[] image) {
        float[] probabilities = probabilities(scaled(image));
        int best = 0;
        for (int digit = 1; digit < 10; digit++) {
            best = probabilities[digit] > probabilities[best] ? digit : best;
        }
        return best;
    }

    private float[] probabilities(float[] input) {
        float[] result = new float[10];
        float max = Float.NEGATIVE_INFINITY;
        for (int digit = 0; digit < 10; digit++) {
            float logit = biases[digit];
            for (int p = 0; p < PIXELS; p++) {
                logit += weights[digit][p] * input[p];
            }
            result[digit] = logit;
            max = Math.max(max, logit);
        }
        float sum = 0;
        for (int digit = 0; digit < 10; digit++) {
            result[digit] = (float) Math.exp(result[digit] - max);
            sum += result[digit];
        }
        for (int digit = 0; digit < 10; digit++) {
            result[digit] /= sum;
        }
        return result;
    }

    private static float[] scaled(byte[] image) {
        float[] input = new float[image.length];
        for (int p = 0; p < image.length; p++) {
            input[p] = Byte.toUnsignedInt(image[p]) / 255f;
        }
        return input;
    }
}
