package dev.jzoo.export.scratch;

import static dev.jzoo.export.scratch.RandomLayers.attention;
import static dev.jzoo.export.scratch.RandomLayers.convolution;
import static dev.jzoo.export.scratch.RandomLayers.dense;
import static dev.jzoo.export.scratch.RandomLayers.embedding;
import static dev.jzoo.export.scratch.RandomLayers.gru;
import static dev.jzoo.export.scratch.RandomLayers.lstm;
import static dev.jzoo.export.scratch.RandomLayers.simple;
import static dev.jzoo.export.scratch.ScratchContract.floats;
import static dev.jzoo.export.scratch.ScratchContract.input;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.layers.AveragePool2d;
import dev.jzoo.scratch.layers.BatchNorm;
import dev.jzoo.scratch.layers.DropoutLayer;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.layers.FlattenLayer;
import dev.jzoo.scratch.layers.LastStepLayer;
import dev.jzoo.scratch.layers.MaxPool2d;
import dev.jzoo.scratch.layers.ResidualLayer;
import dev.jzoo.scratch.layers.SelfAttention;
import dev.jzoo.scratch.layers.SoftmaxLayer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Compares each layer from scratch with its ONNX form. */
class ScratchLayersTest {

    private static final ValueInfo PICTURE = floats("batch", 3, 9, 7);
    private static final ValueInfo ANY_PICTURE = floats("batch", 3, "height", "width");
    private static final ValueInfo SEQUENCE = floats("batch", "steps", 4);
    private static final ValueInfo FIXED_SEQUENCE = floats("batch", 6, 4);

    private static final ValueInfo DOUBLES = input(DataType.DOUBLE, "batch", "steps", 4);

    @AfterAll
    static void print() {
        System.out.println(ScratchContract.counts());
    }

    @TestFactory
    List<DynamicTest> layersOfRowsAgree() {
        return new ScratchContract()
                .with("dense", random -> dense(5, 3), floats("batch", 5))
                .with("dense to one", random -> dense(1, 1), floats("batch", 1))
                .with("wide dense", random -> dense(70, 33), floats("batch", 70))
                .with("dense of doubles", random -> dense(5, 3), input(DataType.DOUBLE, "batch", 5))
                .with("batch norm of rows", random -> new BatchNorm(5, 0.9, 1e-5), floats("batch", 5))
                .with("batch norm of pictures", random -> new BatchNorm(3, 0.9, 1e-3), PICTURE)
                .with("batch norm of any pictures", random -> new BatchNorm(3, 0.5, 0.1), ANY_PICTURE)
                .with(
                        "batch norm of doubles",
                        random -> new BatchNorm(5, 0.9, 1e-5),
                        input(DataType.DOUBLE, "batch", 5))
                .with("softmax of rows", random -> new SoftmaxLayer(), floats("batch", 5))
                .with("softmax of sequences", random -> new SoftmaxLayer(), SEQUENCE)
                .with("softmax of doubles", random -> new SoftmaxLayer(), input(DataType.DOUBLE, "batch", 5))
                .with("dropout", random -> new DropoutLayer(0.5, 1), floats("batch", 5))
                .with("flatten rows", random -> new FlattenLayer(), floats("batch", 5))
                .with("flatten pictures", random -> new FlattenLayer(), PICTURE)
                .with("flatten any pictures", random -> new FlattenLayer(), ANY_PICTURE)
                .tests();
    }

    @TestFactory
    List<DynamicTest> activationsAgree() {
        ScratchContract contract = new ScratchContract();
        for (Elementwise.Function function : Elementwise.Function.values()) {
            if (function != Elementwise.Function.LEAKY_RELU) {
                contract.with(function + " of doubles", random -> new Elementwise(function), DOUBLES);
            }
            for (ValueInfo input : List.of(floats("batch", 5), SEQUENCE, PICTURE)) {
                contract.with(function + " of " + input.shape(), random -> new Elementwise(function), input);
            }
        }
        return contract.tests();
    }

    @TestFactory
    List<DynamicTest> layersOfPicturesAgree() {
        return new ScratchContract()
                .with("convolution", random -> convolution(3, 4, 3, 1, 0), PICTURE)
                .with("convolution with padding", random -> convolution(3, 4, 3, 1, 1), PICTURE)
                .with("convolution with stride and padding", random -> convolution(3, 5, 3, 2, 1), PICTURE)
                .with("convolution with an even kernel", random -> convolution(3, 2, 4, 3, 2), PICTURE)
                .with("convolution of one pixel", random -> convolution(3, 6, 1, 1, 0), PICTURE)
                .with("convolution of any pictures", random -> convolution(3, 4, 2, 1, 0), ANY_PICTURE)
                .with("max pool", random -> new MaxPool2d(2, 2), PICTURE)
                .with("max pool with overlap", random -> new MaxPool2d(3, 2), PICTURE)
                .with("max pool with gaps", random -> new MaxPool2d(1, 3), PICTURE)
                .with("max pool of any pictures", random -> new MaxPool2d(2, 1), ANY_PICTURE)
                .with("max pool of doubles", random -> new MaxPool2d(2, 2), input(DataType.DOUBLE, "batch", 3, 9, 7))
                .with("average pool", random -> new AveragePool2d(2, 2), PICTURE)
                .with("average pool with overlap", random -> new AveragePool2d(3, 1), PICTURE)
                .with("average pool of the whole picture", random -> new AveragePool2d(7, 7), floats("batch", 3, 7, 7))
                .with("average pool of any pictures", random -> new AveragePool2d(2, 2), ANY_PICTURE)
                .tests();
    }

    @TestFactory
    List<DynamicTest> layersOfSequencesAgree() {
        ScratchContract contract = new ScratchContract()
                .with("embedding of ids", random -> embedding(11, 3), input(DataType.INT64, "batch", "steps"))
                .with("embedding of short ids", random -> embedding(11, 3), input(DataType.INT32, "batch", 6))
                .with("embedding of floats", random -> embedding(11, 3), floats("batch", "steps"))
                .with("embedding of doubles", random -> embedding(11, 3), input(DataType.DOUBLE, "batch", "steps"))
                .with("last step of doubles", random -> new LastStepLayer(), DOUBLES)
                .with(
                        "attention of doubles",
                        random -> attention(4, 4, 4, SelfAttention.AttentionMask.CAUSAL),
                        DOUBLES);
        for (ValueInfo input : List.of(SEQUENCE, FIXED_SEQUENCE)) {
            String of = " of " + input.shape();
            contract.with("simple" + of, random -> simple(4, 3), input)
                    .with("simple of one unit" + of, random -> simple(4, 1), input)
                    .with("LSTM" + of, random -> lstm(4, 3), input)
                    .with("LSTM of many units" + of, random -> lstm(4, 17), input)
                    .with("GRU" + of, random -> gru(4, 3), input)
                    .with("GRU of many units" + of, random -> gru(4, 17), input)
                    .with("last step" + of, random -> new LastStepLayer(), input);
            for (SelfAttention.AttentionMask mask : SelfAttention.AttentionMask.values()) {
                contract.with("attention " + mask + of, random -> attention(4, 4, 4, mask), input)
                        .with("wide attention " + mask + of, random -> attention(4, 6, 2, mask), input);
            }
        }
        return contract.tests();
    }

    @TestFactory
    List<DynamicTest> residualLayersAgree() {
        return new ScratchContract()
                .with("around dense", random -> new ResidualLayer(dense(5, 5)), floats("batch", 5))
                .with("around dropout", random -> new ResidualLayer(new DropoutLayer(0.5, 1)), floats("batch", 5))
                .with(
                        "around a chain of convolutions",
                        random -> new ResidualLayer(NeuralNetwork.of(
                                convolution(3, 4, 3, 1, 1),
                                new BatchNorm(4, 0.9, 1e-5),
                                Elementwise.relu(),
                                convolution(4, 3, 3, 1, 1))),
                        PICTURE)
                .with(
                        "around each other",
                        random -> new ResidualLayer(new ResidualLayer(dense(5, 5))),
                        floats("batch", 5))
                .with("around a recurrent layer", random -> new ResidualLayer(lstm(4, 4)), SEQUENCE)
                .tests();
    }

    @TestFactory
    List<DynamicTest> wholeNetworksAgree() {
        return new ScratchContract()
                .with("no layers", random -> NeuralNetwork.of(), floats("batch", 5))
                .with(
                        "perceptron",
                        random -> NeuralNetwork.of(
                                dense(12, 9),
                                Elementwise.relu(),
                                new DropoutLayer(0.2, 3),
                                dense(9, 8),
                                Elementwise.tanh(),
                                dense(8, 3),
                                new SoftmaxLayer()),
                        floats("batch", 12))
                .with("convolutional network", random -> convolutional(), floats("batch", 1, 12, 12))
                .with(
                        "character model",
                        random -> NeuralNetwork.of(
                                embedding(11, 6),
                                attention(6, 6, 6, SelfAttention.AttentionMask.CAUSAL),
                                gru(6, 5),
                                lstm(5, 4),
                                simple(4, 3)),
                        input(DataType.INT64, "batch", "steps"))
                .with("forecast", random -> NeuralNetwork.of(lstm(4, 8), new LastStepLayer(), dense(8, 1)), SEQUENCE)
                .with(
                        "networks in networks",
                        random -> NeuralNetwork.of(
                                NeuralNetwork.of(dense(5, 4), Elementwise.sigmoid()),
                                NeuralNetwork.of(NeuralNetwork.of(dense(4, 2)))),
                        floats("batch", 5))
                .with("one layer twice", random -> twice(dense(5, 5)), floats("batch", 5))
                .tests();
    }

    private static NeuralLayer twice(NeuralLayer layer) {
        return NeuralNetwork.of(layer, Elementwise.tanh(), layer);
    }

    static NeuralNetwork convolutional() {
        return NeuralNetwork.of(
                convolution(1, 4, 3, 1, 1),
                new BatchNorm(4, 0.9, 1e-5),
                Elementwise.relu(),
                new MaxPool2d(2, 2),
                new ResidualLayer(NeuralNetwork.of(convolution(4, 4, 3, 1, 1), new BatchNorm(4, 0.9, 1e-5))),
                new AveragePool2d(3, 3),
                new FlattenLayer(),
                dense(16, 5));
    }
}
