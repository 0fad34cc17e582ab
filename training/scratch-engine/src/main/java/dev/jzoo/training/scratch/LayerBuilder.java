package dev.jzoo.training.scratch;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.Weight;
import dev.jzoo.scratch.layers.AveragePool2d;
import dev.jzoo.scratch.layers.BatchNorm;
import dev.jzoo.scratch.layers.Conv2d;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.DropoutLayer;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.layers.FlattenLayer;
import dev.jzoo.scratch.layers.LastStepLayer;
import dev.jzoo.scratch.layers.MaxPool2d;
import dev.jzoo.scratch.layers.ResidualLayer;
import dev.jzoo.training.network.InitialWeights;
import dev.jzoo.training.network.Layer;
import dev.jzoo.training.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A builder of networks from scratch. A description has sequences as [channels, length]. After recurrent layers they are [length,
 * channels], and a dense layer gets its weights in that order.
 */
final class LayerBuilder {

    /** Share of the running averages that a batch leaves, as in DJL. */
    private static final double MOMENTUM = 0.9;

    private static final double EPSILON = 1e-5;

    private final InitialWeights weights;
    private final List<Weight> fixed = new ArrayList<>();

    LayerBuilder(InitialWeights weights) {
        this.weights = weights;
    }

    /** Returns the layers of a network that the library lacks. */
    static List<Layer> missing(Network network) {
        return missing(network.layers(), network.input());
    }

    private static List<Layer> missing(List<Layer> layers, long[] input) {
        List<Layer> missing = new ArrayList<>();
        long[] shape = input;
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            // [length, channels], which begins with a network's first layer
            boolean timeFirst = shape.length == 2 && layers.get(0) instanceof Layer.Recurrent;
            if (!(timeFirst ? fitsTimeFirst(layer) : fits(layer, shape))) {
                missing.add(layer);
            }
            shape = layer.output(shape);
        }
        return missing;
    }

    private static boolean fitsTimeFirst(Layer layer) {
        return layer instanceof Layer.Recurrent
                || layer instanceof Layer.LastStep
                || layer instanceof Layer.Dropout
                || layer instanceof Layer.Activation
                || layer instanceof Layer.Dense;
    }

    private static boolean fits(Layer layer, long[] shape) {
        if (layer instanceof Layer.Convolution) {
            return shape.length == 3;
        } else if (layer instanceof Layer.MaxPool pool) {
            return shape.length == 3 && pool.padding() == 0;
        } else if (layer instanceof Layer.GlobalAveragePool) {
            return shape.length == 3 && shape[1] == shape[2];
        } else if (layer instanceof Layer.Residual residual) {
            return residual.shortcut().isEmpty()
                    && missing(residual.body(), shape).isEmpty();
        }
        return !(layer instanceof Layer.Recurrent || layer instanceof Layer.LastStep);
    }

    /** Builds a network with its initial weights. */
    BuiltNetwork build(Network network) {
        NeuralNetwork built = new NeuralNetwork(chain(network.layers(), network.input(), List.of()));
        List<Weight> trainable = built.weights().stream()
                .filter(weight -> !fixed.contains(weight))
                .toList();
        return new BuiltNetwork(built, trainable);
    }

    /** @param behind the layers after the chain */
    private List<NeuralLayer> chain(List<Layer> layers, long[] input, List<Layer> behind) {
        List<NeuralLayer> built = new ArrayList<>();
        long[] shape = input;
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            List<Layer> following = i + 1 < layers.size() ? layers.subList(i + 1, layers.size()) : behind;
            boolean timeFirst = shape.length == 2 && layers.get(0) instanceof Layer.Recurrent;
            if (layer instanceof Layer.Dense dense) {
                if (shape.length > 1) {
                    built.add(new FlattenLayer());
                }
                DenseLayer connected = dense(dense, shape, following);
                built.add(timeFirst ? byTime(connected, shape) : connected);
            } else if (layer instanceof Layer.GlobalAveragePool) {
                built.add(new AveragePool2d((int) shape[1], 1));
                built.add(new FlattenLayer());
            } else {
                built.add(layer(layer, shape, following));
            }
            shape = layer.output(shape);
        }
        return built;
    }

    private NeuralLayer layer(Layer layer, long[] shape, List<Layer> following) {
        if (layer instanceof Layer.Convolution convolution) {
            return convolution(convolution, (int) shape[0], following);
        } else if (layer instanceof Layer.MaxPool pool) {
            return new MaxPool2d(pool.kernel(), pool.stride());
        } else if (layer instanceof Layer.BatchNormalization) {
            return new BatchNorm((int) shape[0], MOMENTUM, EPSILON);
        } else if (layer instanceof Layer.Recurrent recurrent) {
            return RecurrentBuilder.build(recurrent, (int) shape[0], weights);
        } else if (layer instanceof Layer.LastStep) {
            return new LastStepLayer();
        } else if (layer instanceof Layer.Dropout dropout) {
            return new DropoutLayer(dropout.share(), 0);
        } else if (layer instanceof Layer.Residual residual) {
            return new ResidualLayer(new NeuralNetwork(chain(residual.body(), shape, following)));
        }
        return switch ((Layer.Activation) layer) {
            case RELU -> Elementwise.relu();
            case SIGMOID -> Elementwise.sigmoid();
            case TANH -> Elementwise.tanh();
        };
    }

    /** Draws [units, inputs], which every engine does; the library has [inputs, units]. */
    private DenseLayer dense(Layer.Dense dense, long[] shape, List<Layer> following) {
        int inputs = (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
        float[] drawn = weights.draw(dense.units() * inputs, inputs, dense.units(), following);
        Array byUnit = Array.of(doubles(drawn), dense.units(), inputs);
        return new DenseLayer(byUnit.transpose(), Array.zeros(dense.units()));
    }

    /** Returns the layer with its rows, which are by channel, in the order of time. */
    private static DenseLayer byTime(DenseLayer layer, long[] shape) {
        Array weight = layer.weights().get(0).value();
        int channels = (int) shape[0];
        int length = (int) shape[1];
        int[] rows = new int[channels * length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i % channels * length + i / channels;
        }
        return new DenseLayer(weight.take(rows), layer.weights().get(1).value());
    }

    private Conv2d convolution(Layer.Convolution layer, int channels, List<Layer> following) {
        int window = layer.kernel() * layer.kernel();
        int fanIn = channels * window;
        float[] drawn = weights.draw(layer.filters() * fanIn, fanIn, layer.filters() * window, following);
        Array weight = Array.of(doubles(drawn), layer.filters(), channels, layer.kernel(), layer.kernel());
        Conv2d built = new Conv2d(weight, Array.zeros(layer.filters()), layer.stride(), layer.padding());
        if (layer.bias() == Layer.Bias.WITHOUT) {
            fixed.add(built.weights().get(1));
        }
        return built;
    }

    static double[] doubles(float[] drawn) {
        double[] values = new double[drawn.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = drawn[i];
        }
        return values;
    }
}
