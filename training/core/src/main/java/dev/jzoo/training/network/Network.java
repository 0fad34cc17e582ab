package dev.jzoo.training.network;

import dev.jzoo.training.network.Layer.Activation;
import dev.jzoo.training.network.Layer.Bias;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The description of a network, which each engine builds with the same initial weights: He normal in front of a ReLU (He et
 * al., 2015), Glorot uniform elsewhere (Glorot and Bengio, 2010), recurrent weights orthogonal, biases 0 but that of an LSTM's
 * forget gate, which is 1. Immutable: each method gives a longer network.
 *
 * <pre>{@code
 * Network.of(1, 28, 28).convolution(6, 5).relu().maxPool(2).dense(84).relu().dense(10)
 * }</pre>
 *
 * The last layer is dense and gives logits, or numbers. An engine may end a classifier in the softmax itself.
 */
public final class Network {

    /** How weights begin, in words. */
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
     * The beginning of a network.
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

    /** Weighted sums of all values, with a bias. */
    public Network dense(int units) {
        return with(new Layer.Dense(units));
    }

    /** Convolution with a bias, of odd size, which leaves height and width as they are. */
    public Network convolution(int filters, int kernel) {
        return with(new Layer.Convolution(filters, kernel, 1, kernel / 2, Bias.WITH));
    }

    /** Convolution with a bias. */
    public Network convolution(int filters, int kernel, int stride, int padding) {
        return with(new Layer.Convolution(filters, kernel, stride, padding, Bias.WITH));
    }

    /** Convolution of odd size that leaves height and width as they are, batch normalisation and ReLU. */
    public Network normalisedConvolution(int filters, int kernel) {
        return with(new Layer.Convolution(filters, kernel, 1, kernel / 2, Bias.WITHOUT))
                .with(new Layer.BatchNormalization())
                .relu();
    }

    /**
     * Two convolutions of 3 with batch normalisation, around which the input goes, and a ReLU. Where the shape changes, the
     * input goes through a convolution of 1.
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

    /** Largest value in each window, windows side by side. */
    public Network maxPool(int kernel) {
        return with(new Layer.MaxPool(kernel, kernel, 0));
    }

    /** Largest value in each window. */
    public Network maxPool(int kernel, int stride, int padding) {
        return with(new Layer.MaxPool(kernel, stride, padding));
    }

    /** Mean of each channel over all places. */
    public Network globalAveragePool() {
        return with(new Layer.GlobalAveragePool());
    }

    /** Goes along a sequence with a plain recurrent layer, tanh, and gives its state at each step. */
    public Network simpleRnn(int units) {
        return with(new Layer.Recurrent(Layer.CellType.SIMPLE, units));
    }

    /** Goes along a sequence with an LSTM and gives its state at each step. */
    public Network lstm(int units) {
        return with(new Layer.Recurrent(Layer.CellType.LSTM, units));
    }

    /** Goes along a sequence with a GRU and gives its state at each step. DL4J has none. */
    public Network gru(int units) {
        return with(new Layer.Recurrent(Layer.CellType.GRU, units));
    }

    /** What a sequence ends with. */
    public Network lastStep() {
        return with(new Layer.LastStep());
    }

    public Network relu() {
        return with(Activation.RELU);
    }

    public Network tanh() {
        return with(Activation.TANH);
    }

    /** In training, sets a share of the values to 0 and scales the rest up. */
    public Network dropout(double share) {
        return with(new Layer.Dropout(share));
    }

    /** Shape of one example's input. A copy. */
    public long[] input() {
        return input.clone();
    }

    /** Whether the first layer is a recurrent one. */
    public boolean beginsRecurrent() {
        return !layers.isEmpty() && layers.get(0) instanceof Layer.Recurrent;
    }

    /** Shape of what it gives for one example. */
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

    /** Share of each dropout, from the input to the output. */
    public List<Double> dropouts() {
        return layers.stream()
                .filter(Layer.Dropout.class::isInstance)
                .map(layer -> ((Layer.Dropout) layer).share())
                .toList();
    }

    /**
     * The same with another share in each of its dropouts.
     *
     * @param share from 0, which leaves them out, to below 1
     */
    public Network withDropout(double share) {
        return new Network(
                input,
                layers.stream()
                        .filter(layer -> share > 0 || !(layer instanceof Layer.Dropout))
                        .map(layer -> layer instanceof Layer.Dropout ? new Layer.Dropout(share) : layer)
                        .toList());
    }

    /** Layers from the input to the output. */
    public List<Layer> layers() {
        return layers;
    }

    /**
     * Checks that the last layer is dense, as training needs it.
     *
     * @throws IllegalArgumentException where it is not
     */
    public void requireDenseEnd() {
        if (layers.isEmpty() || !(layers.get(layers.size() - 1) instanceof Layer.Dense)) {
            throw new IllegalArgumentException("A network ends in a dense layer; this one is " + this + ".");
        }
    }

    /** "1 x 28 x 28 -> convolution 6 of 5 -> ReLU -> ..." */
    @Override
    public String toString() {
        String shape = Arrays.stream(input).mapToObj(Long::toString).collect(Collectors.joining(" x "));
        return Stream.concat(Stream.of(shape), layers.stream().map(Layer::toString))
                .collect(Collectors.joining(" -> "));
    }
}
