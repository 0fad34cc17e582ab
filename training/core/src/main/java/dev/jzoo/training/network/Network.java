package dev.jzoo.training.network;

import dev.jzoo.training.network.Layer.Activation;
import dev.jzoo.training.network.Layer.Bias;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The description of a network, which each engine builds with the same initial weights. They are He normal before a
 * ReLU (He et al., 2015) and Glorot uniform elsewhere (Glorot and Bengio, 2010). Recurrent weights are orthogonal.
 * Biases are 0, except that of an LSTM's forget gate, which is 1. Immutable: each method returns a longer network.
 *
 * <pre>{@code
 * Network.of(1, 28, 28).convolution(6, 5).relu().maxPool(2).dense(84).relu().dense(10)
 * }</pre>
 *
 * <p>The last layer is dense and returns logits, or numbers. An engine may end a classifier in the softmax itself.
 */
public final class Network {

    /** The initialisation, in words. */
    public static final String INITIALISATION =
            "He normal in front of a ReLU, Glorot uniform elsewhere, recurrent weights"
                    + " orthogonal, biases 0 but an LSTM's forget gate's 1";

    private final long[] input;
    private final List<Layer> layers;

    private Network(long[] input, List<Layer> layers) {
        this.input = input;
        this.layers = layers;
    }

    /**
     * Starts a network.
     *
     * @param input shape of one example: [features], [channels, length] or [channels, height, width]
     */
    public static Network of(long... input) {
        return new Network(input.clone(), List.of());
    }

    private Network with(Layer layer) {
        layer.output(output());
        List<Layer> longer = new ArrayList<>(layers);
        longer.add(layer);
        return new Network(input, List.copyOf(longer));
    }

    /** Adds a dense layer: weighted sums of all values, with a bias. */
    public Network dense(int units) {
        return with(new Layer.Dense(units));
    }

    /** Adds a convolution with a bias and odd size, which keeps height and width. */
    public Network convolution(int filters, int kernel) {
        return with(new Layer.Convolution(filters, kernel, 1, kernel / 2, Bias.WITH));
    }

    /** Adds a convolution with a bias. */
    public Network convolution(int filters, int kernel, int stride, int padding) {
        return with(new Layer.Convolution(filters, kernel, stride, padding, Bias.WITH));
    }

    /** Adds a convolution of odd size that keeps height and width, batch normalisation and ReLU. */
    public Network normalisedConvolution(int filters, int kernel) {
        return with(new Layer.Convolution(filters, kernel, 1, kernel / 2, Bias.WITHOUT))
                .with(new Layer.BatchNormalization())
                .relu();
    }

    /**
     * Adds a residual block: two 3 x 3 convolutions with batch normalisation, a shortcut, and a ReLU. If the shape
     * changes, the shortcut is a 1 x 1 convolution.
     */
    public Network residual(int filters, int stride) {
        List<Layer> body = List.of(
                new Layer.Convolution(filters, 3, stride, 1, Bias.WITHOUT),
                new Layer.BatchNormalization(),
                Activation.RELU,
                new Layer.Convolution(filters, 3, 1, 1, Bias.WITHOUT),
                new Layer.BatchNormalization());
        List<Layer> shortcut = stride == 1 && output()[0] == filters
                ? List.of()
                : List.of(new Layer.Convolution(filters, 1, stride, 0, Bias.WITHOUT), new Layer.BatchNormalization());
        return with(new Layer.Residual(body, shortcut)).relu();
    }

    /** Adds a max-pool: the largest value in each window. Windows do not overlap. */
    public Network maxPool(int kernel) {
        return with(new Layer.MaxPool(kernel, kernel, 0));
    }

    /** Adds a max-pool: the largest value in each window. */
    public Network maxPool(int kernel, int stride, int padding) {
        return with(new Layer.MaxPool(kernel, stride, padding));
    }

    /** Adds a global average pool: the mean of each channel over all positions. */
    public Network globalAveragePool() {
        return with(new Layer.GlobalAveragePool());
    }

    /** Adds a simple recurrent layer with tanh that returns its state at each step. */
    public Network simpleRnn(int units) {
        return with(new Layer.Recurrent(Layer.CellType.SIMPLE, units));
    }

    /** Adds an LSTM that returns its state at each step. */
    public Network lstm(int units) {
        return with(new Layer.Recurrent(Layer.CellType.LSTM, units));
    }

    /** Adds a GRU that returns its state at each step. DL4J does not have it. */
    public Network gru(int units) {
        return with(new Layer.Recurrent(Layer.CellType.GRU, units));
    }

    /** Adds a layer that keeps only the last step of a sequence. */
    public Network lastStep() {
        return with(new Layer.LastStep());
    }

    public Network relu() {
        return with(Activation.RELU);
    }

    public Network tanh() {
        return with(Activation.TANH);
    }

    /** Adds dropout: sets a share of the values to 0 in training and scales the others up. */
    public Network dropout(double share) {
        return with(new Layer.Dropout(share));
    }

    /** Returns the shape of one example's input. The array is a copy. */
    public long[] input() {
        return input.clone();
    }

    /** Returns whether the first layer is recurrent. */
    public boolean beginsRecurrent() {
        return !layers.isEmpty() && layers.get(0) instanceof Layer.Recurrent;
    }

    /** Returns the shape of the output for one example. */
    public long[] output() {
        return Layer.through(layers, input);
    }

    /** Describes the layers for a report. */
    public NetworkOutline outline() {
        List<NetworkOutline.OutlineLayer> rows = new ArrayList<>();
        long[] shape = input;
        for (Layer layer : layers) {
            long parameters = layer.parameters(shape);
            shape = layer.output(shape);
            rows.add(NetworkOutline.OutlineLayer.of(layer.toString(), parameters, shape));
        }
        return new NetworkOutline(NetworkOutline.boxed(input), rows, dropouts());
    }

    /** Returns the share of each dropout, from the input to the output. */
    public List<Double> dropouts() {
        return layers.stream()
                .filter(Layer.Dropout.class::isInstance)
                .map(layer -> ((Layer.Dropout) layer).share())
                .toList();
    }

    /**
     * Returns the same network with another share in each of its dropouts.
     *
     * @param share from 0, which removes them, to below 1
     */
    public Network withDropout(double share) {
        return new Network(
                input,
                layers.stream()
                        .filter(layer -> share > 0 || !(layer instanceof Layer.Dropout))
                        .map(layer -> layer instanceof Layer.Dropout ? new Layer.Dropout(share) : layer)
                        .toList());
    }

    /** Returns the layers from the input to the output. */
    public List<Layer> layers() {
        return layers;
    }

    /**
     * Checks that the last layer is dense, as training requires.
     *
     * @throws IllegalArgumentException if it is not
     */
    public void requireDenseEnd() {
        if (layers.isEmpty() || !(layers.get(layers.size() - 1) instanceof Layer.Dense)) {
            throw new IllegalArgumentException("A network must end in a dense layer; this one is " + this + ".");
        }
    }

    /** Returns the layers: {@code 1 x 28 x 28 -> convolution 6 of 5 -> ReLU -> ...}. */
    @Override
    public String toString() {
        String shape = Arrays.stream(input).mapToObj(Long::toString).collect(Collectors.joining(" x "));
        return Stream.concat(Stream.of(shape), layers.stream().map(Layer::toString))
                .collect(Collectors.joining(" -> "));
    }
}
