package dev.jzoo.export.scratch;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.Weight;
import dev.jzoo.scratch.layers.BatchNorm;
import dev.jzoo.scratch.layers.Conv2d;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.EmbeddingLayer;
import dev.jzoo.scratch.layers.Gru;
import dev.jzoo.scratch.layers.Lstm;
import dev.jzoo.scratch.layers.ResidualLayer;
import dev.jzoo.scratch.layers.SelfAttention;
import dev.jzoo.scratch.layers.SimpleRnn;
import java.util.Arrays;
import java.util.Random;

/** Layers with weights of some sizes. Their values come from {@link #randomise}. */
final class RandomLayers {

    private RandomLayers() {}

    static DenseLayer dense(int inputs, int outputs) {
        return new DenseLayer(Array.zeros(inputs, outputs), Array.zeros(outputs));
    }

    static Conv2d convolution(int channels, int filters, int kernel, int stride, int padding) {
        return new Conv2d(Array.zeros(filters, channels, kernel, kernel), Array.zeros(filters), stride, padding);
    }

    static EmbeddingLayer embedding(int ids, int size) {
        return new EmbeddingLayer(Array.zeros(ids, size));
    }

    static SimpleRnn simple(int features, int units) {
        return new SimpleRnn(Array.zeros(features, units), Array.zeros(units, units), Array.zeros(units));
    }

    static Lstm lstm(int features, int units) {
        return new Lstm(Array.zeros(features, 4 * units), Array.zeros(units, 4 * units), Array.zeros(4 * units));
    }

    static Gru gru(int features, int units) {
        return new Gru(
                Array.zeros(features, 3 * units),
                Array.zeros(units, 3 * units),
                Array.zeros(3 * units),
                Array.zeros(3 * units));
    }

    static SelfAttention attention(int features, int size, int values, SelfAttention.AttentionMask mask) {
        return new SelfAttention(
                Array.zeros(features, size), Array.zeros(features, size), Array.zeros(features, values), mask);
    }

    /** Sets normal deviates everywhere, including biases; variances are between 0.5 and 2. */
    static <L extends NeuralLayer> L randomise(L layer, Random random) {
        for (Weight weight : layer.weights()) {
            Arrays.setAll(weight.value().values(), i -> 0.4 * random.nextGaussian());
        }
        statistics(layer, random);
        return layer;
    }

    private static void statistics(NeuralLayer layer, Random random) {
        if (layer instanceof NeuralNetwork chain) {
            chain.layers().forEach(each -> statistics(each, random));
        } else if (layer instanceof ResidualLayer residual) {
            statistics(residual.body(), random);
        } else if (layer instanceof BatchNorm norm) {
            Arrays.setAll(norm.runningMean(), i -> random.nextGaussian());
            Arrays.setAll(norm.runningVariance(), i -> 0.5 + 1.5 * random.nextDouble());
        }
    }
}
