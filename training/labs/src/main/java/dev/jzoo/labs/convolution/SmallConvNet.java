package dev.jzoo.labs.convolution;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer.Phase;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.WeightInit;
import dev.jzoo.scratch.layers.AveragePool2d;
import dev.jzoo.scratch.layers.Conv2d;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.layers.FlattenLayer;
import dev.jzoo.scratch.layers.MaxPool2d;
import java.util.Random;

/** A convolutional network for digits of 14 x 14 that trains in seconds, for labs about training. */
public final class SmallConvNet {

    private SmallConvNet() {}

    /** Returns some digits of 28 x 28 at half their size, [count, 1, 14, 14], 0 black to 1 white. */
    public static Array pictures(LabelledImages digits, int from, int count) {
        return new AveragePool2d(2, 2).forward(PictureSurface.batch(digits, from, count), Phase.INFERENCE);
    }

    /** Returns a network with random weights: two convolutions with ReLU and pooling, and a dense layer to ten logits. */
    public static NeuralNetwork create(Random random) {
        return NeuralNetwork.of(
                Conv2d.of(1, 8, 3, 1, 1, WeightInit.he(), random),
                Elementwise.relu(),
                new MaxPool2d(2, 2),
                Conv2d.of(8, 16, 3, 1, 1, WeightInit.he(), random),
                Elementwise.relu(),
                new MaxPool2d(2, 2),
                new FlattenLayer(),
                DenseLayer.of(144, 10, WeightInit.xavier(), random));
    }
}
