package dev.jzoo.scratch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.recurrent.RNN;
import dev.jzoo.scratch.NeuralLayer.Phase;
import dev.jzoo.scratch.layers.AveragePool2d;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.DropoutLayer;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.layers.EmbeddingLayer;
import dev.jzoo.scratch.layers.FlattenLayer;
import dev.jzoo.scratch.layers.Gru;
import dev.jzoo.scratch.layers.LastStepLayer;
import dev.jzoo.scratch.layers.Lstm;
import dev.jzoo.scratch.layers.MaxPool2d;
import dev.jzoo.scratch.layers.ResidualLayer;
import dev.jzoo.scratch.layers.SelfAttention;
import dev.jzoo.scratch.layers.SelfAttention.AttentionMask;
import dev.jzoo.scratch.layers.SimpleRnn;
import dev.jzoo.scratch.layers.SoftmaxLayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** All layers in several sizes, each with the same function in DJL. */
final class LayerCases {

    private final Random random = new Random(17);
    private final List<LayerCase> cases = new ArrayList<>();

    static List<LayerCase> all() {
        LayerCases cases = new LayerCases();
        cases.dense();
        cases.convolutions();
        cases.pools();
        cases.normalisations();
        cases.activations();
        cases.shapes();
        cases.recurrent();
        cases.attention();
        return cases.cases;
    }

    private Array normal(int... shape) {
        return WeightInit.normal(1).draw(random, 1, 1, shape);
    }

    private void add(String name, NeuralLayer layer, Array input, LayerCase.DjlFunction djl) {
        cases.add(LayerCase.of(name, layer, input, djl));
    }

    private void dense() {
        for (int[] s : new int[][] {{1, 1, 1}, {1, 3, 2}, {5, 4, 7}, {3, 17, 9}, {40, 70, 33}}) {
            add(
                    "dense [" + s[0] + ", " + s[1] + "] to " + s[2],
                    new DenseLayer(normal(s[1], s[2]), normal(s[2])),
                    normal(s[0], s[1]),
                    (x, w) -> Linear.linear(x, w.get(0).transpose(), w.get(1)).head());
        }
    }

    private void convolutions() {
        // batch, channels, height, width, filters, kernel height and width, stride, padding
        for (int[] s : new int[][] {
            {1, 1, 3, 3, 1, 3, 3, 1, 0},
            {1, 1, 5, 4, 2, 1, 1, 1, 0},
            {2, 3, 6, 5, 4, 3, 3, 1, 1},
            {3, 2, 7, 8, 3, 3, 3, 2, 1},
            {2, 2, 8, 9, 3, 2, 2, 3, 0},
            {1, 3, 6, 6, 2, 5, 5, 2, 2},
            {2, 1, 1, 12, 3, 1, 5, 2, 0},
            {2, 2, 4, 6, 3, 3, 2, 1, 1}
        }) {
            add(
                    "convolution " + Arrays.toString(s),
                    new dev.jzoo.scratch.layers.Conv2d(normal(s[4], s[1], s[5], s[6]), normal(s[4]), s[7], s[8]),
                    normal(s[0], s[1], s[2], s[3]),
                    (x, w) -> Conv2d.conv2d(x, w.get(0), w.get(1), new Shape(s[7], s[7]), new Shape(s[8], s[8]))
                            .head());
        }
    }

    private void pools() {
        // batch, channels, height, width, kernel, stride
        for (int[] s : new int[][] {
            {1, 1, 2, 2, 2, 2}, {2, 3, 6, 4, 2, 2}, {3, 2, 7, 6, 3, 2}, {1, 2, 5, 5, 2, 1}, {2, 1, 7, 7, 2, 3}
        }) {
            Shape kernel = new Shape(s[4], s[4]);
            Shape stride = new Shape(s[5], s[5]);
            Shape none = new Shape(0, 0);
            String sizes = Arrays.toString(s);
            Array input = normal(s[0], s[1], s[2], s[3]);
            add(
                    "largest of windows " + sizes,
                    new MaxPool2d(s[4], s[5]),
                    input,
                    (x, w) -> Pool.maxPool2d(x, kernel, stride, none, false));
            add(
                    "mean of windows " + sizes,
                    new AveragePool2d(s[4], s[5]),
                    input.copy(),
                    (x, w) -> Pool.avgPool2d(x, kernel, stride, none, false, true));
        }
    }

    private void normalisations() {
        for (int[] shape : new int[][] {{6, 3}, {2, 1}, {3, 2, 4, 5}, {1, 2, 3, 3}}) {
            for (Phase phase : Phase.values()) {
                dev.jzoo.scratch.layers.BatchNorm layer = new dev.jzoo.scratch.layers.BatchNorm(shape[1], 0.875, 1e-5);
                layer.weights().forEach(weight -> weight.setValue(normal(shape[1])));
                for (int c = 0; c < shape[1]; c++) {
                    layer.runningMean()[c] = random.nextGaussian();
                    layer.runningVariance()[c] = 0.5 + random.nextDouble();
                }
                double[] mean = layer.runningMean().clone();
                double[] variance = layer.runningVariance().clone();
                cases.add(new LayerCase(
                        "batch normalisation " + Arrays.toString(shape) + " " + phase,
                        layer,
                        phase,
                        normal(shape),
                        (x, w) -> {
                            NDManager manager = x.getManager();
                            return BatchNorm.batchNorm(
                                            x,
                                            manager.create(mean),
                                            manager.create(variance),
                                            w.get(0),
                                            w.get(1),
                                            1,
                                            0.875f,
                                            1e-5f,
                                            phase == Phase.TRAINING)
                                    .head();
                        }));
            }
        }
    }

    private void activations() {
        add("ReLU", Elementwise.relu(), normal(4, 5), (x, w) -> Activation.relu(x));
        add("sigmoid", Elementwise.sigmoid(), normal(4, 5).times(3), (x, w) -> Activation.sigmoid(x));
        add("tanh", Elementwise.tanh(), normal(4, 5).times(2), (x, w) -> Activation.tanh(x));
        add(
                "leaky ReLU",
                new Elementwise(Elementwise.Function.LEAKY_RELU),
                normal(2, 3, 4),
                (x, w) -> Activation.leakyRelu(x, 0.01f));
        add("identity", new Elementwise(Elementwise.Function.IDENTITY), normal(2, 3), (x, w) -> x.mul(1));
        for (int[] shape : new int[][] {{1, 1}, {1, 4}, {5, 3}, {2, 3, 4}}) {
            add("softmax " + shape.length, new SoftmaxLayer(), normal(shape), (x, w) -> x.softmax(-1));
        }
        DropoutLayer dropout = new DropoutLayer(0.5, 1);
        cases.add(new LayerCase("dropout in inference", dropout, Phase.INFERENCE, normal(3, 4), (x, w) -> x.mul(1)));
    }

    private void shapes() {
        add("flatten", new FlattenLayer(), normal(2, 3, 4, 5), (x, w) -> x.reshape(2, 60));
        add("last step", new LastStepLayer(), normal(2, 3, 4), (x, w) -> x.get(":, 2, :"));
        for (int batch : new int[] {1, 4}) {
            DenseLayer dense = new DenseLayer(normal(3, 3), normal(3));
            NeuralNetwork body = NeuralNetwork.of(dense, Elementwise.tanh());
            add(
                    "shortcut, batch " + batch,
                    new ResidualLayer(body),
                    normal(batch, 3),
                    (x, w) -> x.add(x.matMul(w.get(0)).add(w.get(1)).tanh()));
            Array ids = Array.zeros(batch, 5).map(zero -> random.nextInt(4));
            add("embedding, batch " + batch, new EmbeddingLayer(normal(4, 3)), ids, (x, w) -> Embedding.embedding(
                            x.toType(DataType.INT64, false), w.get(0), SparseFormat.DENSE)
                    .head()
                    .add(x.mul(0).sum()));
        }
    }

    private void recurrent() {
        // batch, steps, features, units
        for (int[] s : new int[][] {{1, 1, 1, 1}, {1, 4, 2, 3}, {3, 5, 4, 2}, {2, 7, 1, 4}}) {
            String sizes = " " + Arrays.toString(s);
            Array x = normal(s[0], s[1], s[2]);
            int u = s[3];
            add(
                    "simple RNN" + sizes,
                    new SimpleRnn(normal(s[2], u), normal(u, u), normal(u)),
                    x,
                    (in, w) -> rnn(in, w, u));
            add("LSTM" + sizes, new Lstm(normal(s[2], 4 * u), normal(u, 4 * u), normal(4 * u)), x.copy(), (in, w) -> {
                NDList states = new NDList(state(in, u), state(in, u));
                NDList weights = new NDList(
                        w.get(0).transpose(),
                        w.get(1).transpose(),
                        w.get(2),
                        w.get(2).zerosLike());
                return in.getNDArrayInternal()
                        .lstm(in, states, weights, true, 1, 0, true, false, true)
                        .head();
            });
            Gru gru = new Gru(normal(s[2], 3 * u), normal(u, 3 * u), normal(3 * u), normal(3 * u));
            add("GRU" + sizes, gru, x.copy(), (in, w) -> {
                NDList weights = new NDList(w.get(0).transpose(), w.get(1).transpose(), w.get(2), w.get(3));
                return in.getNDArrayInternal()
                        .gru(in, state(in, u), weights, true, 1, 0, true, false, true)
                        .head();
            });
        }
    }

    static NDArray rnn(NDArray x, List<NDArray> w, int units) {
        return rnn(x, state(x, units), w);
    }

    static NDArray rnn(NDArray x, NDArray state, List<NDArray> w) {
        NDList weights = new NDList(
                w.get(0).transpose(), w.get(1).transpose(), w.get(2), w.get(2).zerosLike());
        return x.getNDArrayInternal()
                .rnn(x, state, weights, true, 1, RNN.Activation.TANH, 0, true, false, true)
                .head();
    }

    private static NDArray state(NDArray x, int units) {
        return x.getManager().zeros(new Shape(1, x.getShape().get(0), units), x.getDataType());
    }

    private void attention() {
        // batch, steps, features, size
        for (int[] s : new int[][] {{1, 1, 2, 2}, {1, 4, 3, 2}, {3, 5, 2, 4}}) {
            for (AttentionMask mask : AttentionMask.values()) {
                SelfAttention layer =
                        new SelfAttention(normal(s[2], s[3]), normal(s[2], s[3]), normal(s[2], s[3]), mask);
                add(
                        "attention " + Arrays.toString(s) + " " + mask,
                        layer,
                        normal(s[0], s[1], s[2]),
                        (x, w) -> attention(x, w, mask));
            }
        }
    }

    /** softmax(Q K^T / sqrt(size)) V, where a causal mask adds -1e30 above the diagonal. */
    private static NDArray attention(NDArray x, List<NDArray> w, AttentionMask mask) {
        long steps = x.getShape().get(1);
        double size = w.get(0).getShape().get(1);
        NDArray keys = x.matMul(w.get(1)).transpose(0, 2, 1);
        NDArray scores = x.matMul(w.get(0)).matMul(keys).div(Math.sqrt(size));
        if (mask == AttentionMask.CAUSAL) {
            double[][] later = new double[(int) steps][(int) steps];
            for (int i = 0; i < steps; i++) {
                for (int j = i + 1; j < steps; j++) {
                    later[i][j] = -1e30;
                }
            }
            scores = scores.add(x.getManager().create(later));
        }
        return scores.softmax(-1).matMul(x.matMul(w.get(2)));
    }
}
