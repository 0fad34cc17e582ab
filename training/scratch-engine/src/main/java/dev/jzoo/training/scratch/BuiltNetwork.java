package dev.jzoo.training.scratch;

import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.Weight;
import dev.jzoo.scratch.layers.DropoutLayer;
import dev.jzoo.scratch.layers.ResidualLayer;
import java.util.List;
import java.util.Random;

/**
 * A network with the weights that training changes. The bias of a convolution that is described without one stays 0.
 *
 * @param trainable the weights to change, in the order of the network
 */
record BuiltNetwork(NeuralNetwork network, List<Weight> trainable) {

    BuiltNetwork {
        trainable = List.copyOf(trainable);
    }

    /**
     * Returns the same layers with new dropout layers, whose masks are determined by a seed. A resumed training draws the same masks in an
     * epoch as one that was not interrupted.
     */
    NeuralNetwork withDropout(long seed) {
        return withDropout(network, new Random(seed));
    }

    private static NeuralNetwork withDropout(NeuralNetwork chain, Random seeds) {
        return new NeuralNetwork(
                chain.layers().stream().map(layer -> replaced(layer, seeds)).toList());
    }

    private static NeuralLayer replaced(NeuralLayer layer, Random seeds) {
        if (layer instanceof DropoutLayer dropout) {
            return new DropoutLayer(dropout.probability(), seeds.nextLong());
        }
        if (layer instanceof NeuralNetwork chain) {
            return withDropout(chain, seeds);
        }
        return layer instanceof ResidualLayer residual ? new ResidualLayer(replaced(residual.body(), seeds)) : layer;
    }
}
