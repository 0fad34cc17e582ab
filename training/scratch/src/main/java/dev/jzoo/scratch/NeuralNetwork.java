package dev.jzoo.scratch;

import java.util.List;

/** A chain of layers: each one gets the output of the one before. */
public final class NeuralNetwork implements NeuralLayer {

    private final List<NeuralLayer> layers;

    /** Creates a network of the given layers. */
    public NeuralNetwork(List<? extends NeuralLayer> layers) {
        this.layers = List.copyOf(layers);
    }

    /** Creates a network of the given layers. */
    public static NeuralNetwork of(NeuralLayer... layers) {
        return new NeuralNetwork(List.of(layers));
    }

    /** Returns the layers, the input's first. */
    public List<NeuralLayer> layers() {
        return layers;
    }

    @Override
    public Array forward(Array input, Phase phase) {
        Array activation = input;
        for (NeuralLayer layer : layers) {
            activation = layer.forward(activation, phase);
        }
        return activation;
    }

    @Override
    public Array backward(Array gradient) {
        Array before = gradient;
        for (int i = layers.size() - 1; i >= 0; i--) {
            before = layers.get(i).backward(before);
        }
        return before;
    }

    @Override
    public void setGradients(Array gradient) {
        int first = 0;
        while (first < layers.size() && layers.get(first).weights().isEmpty()) {
            first++;
        }
        Array before = gradient;
        for (int i = layers.size() - 1; i > first; i--) {
            before = layers.get(i).backward(before);
        }
        if (first < layers.size()) {
            layers.get(first).setGradients(before);
        }
    }

    @Override
    public List<Weight> weights() {
        return layers.stream().flatMap(layer -> layer.weights().stream()).toList();
    }
}
