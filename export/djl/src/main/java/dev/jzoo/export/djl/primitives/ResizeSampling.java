package dev.jzoo.export.djl.primitives;

import dev.jzoo.onnx.TensorData;

/**
 * The engine's ways to shorten or lengthen a line of pixels. Each new pixel is a weighted mean of the old pixels around
 * its centre. If the line gets shorter, the window grows with the ratio (antialias), as in Pillow.
 */
enum ResizeSampling {
    /** A triangle of radius 1. */
    LINEAR(1) {
        @Override
        double weight(double distance) {
            return Math.max(0, 1 - Math.abs(distance));
        }
    },

    /** Keys' cubic of radius 2 with a = -0.5. */
    CUBIC(2) {
        @Override
        double weight(double distance) {
            double x = Math.abs(distance);
            if (x < 1) {
                return (1.5 * x - 2.5) * x * x + 1;
            }
            return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
        }
    },

    /** The mean of all old pixels that the new pixel touches. */
    AREA(0) {
        @Override
        double weight(double distance) {
            return 1;
        }
    };

    private final double radius;

    ResizeSampling(double radius) {
        this.radius = radius;
    }

    abstract double weight(double distance);

    /** Returns the weights [out, in] of the old pixels in the new pixels; the sum of each row is 1. */
    TensorData matrix(int in, int out) {
        float[] weights = new float[in * out];
        double ratio = (double) in / out;
        double stretch = Math.max(1, ratio);
        for (int row = 0; row < out; row++) {
            double centre = ratio * (row + 0.5);
            int from = this == AREA ? row * in / out : (int) Math.max(0, Math.floor(centre - radius * stretch + 0.5));
            int to = this == AREA
                    ? ((row + 1) * in + out - 1) / out
                    : (int) Math.min(in, Math.floor(centre + radius * stretch + 0.5));
            double sum = 0;
            for (int column = from; column < to; column++) {
                sum += weight((column + 0.5 - centre) / stretch);
            }
            for (int column = from; column < to; column++) {
                weights[row * in + column] = (float) (weight((column + 0.5 - centre) / stretch) / sum);
            }
        }
        return TensorData.of(weights, out, in);
    }
}
