package dev.jzoo.training.network;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A layer of a {@link Network}, described once for every engine. Shapes are those of one example, without the batch:
 * [features], [channels, length] or [channels, height, width].
 */
public sealed interface Layer {

    /**
     * Returns the output shape for an input shape. Fails with IllegalArgumentException if the layer does not accept it.
     */
    long[] output(long[] input);

    /** Returns the number of trainable parameters for an input shape. */
    default long parameters(long[] input) {
        return 0;
    }

    /** A dense layer: weighted sums of all values, with a bias. The output is [units]. */
    record Dense(int units) implements Layer {
        @Override
        public long[] output(long[] input) {
            return new long[] {units};
        }

        @Override
        public long parameters(long[] input) {
            return (Arrays.stream(input).reduce(1, Math::multiplyExact) + 1) * units;
        }

        @Override
        public String toString() {
            return "dense " + units;
        }
    }

    /** A convolution: cross-correlation over the axes after the channels, with zero padding and an optional bias. */
    record Convolution(int filters, int kernel, int stride, int padding, Bias bias) implements Layer {
        @Override
        public long[] output(long[] input) {
            long[] output = window(input, this + " takes pictures or sequences", kernel, stride, padding);
            output[0] = filters;
            return output;
        }

        @Override
        public long parameters(long[] input) {
            long window = input[0];
            for (int axis = 1; axis < input.length; axis++) {
                window *= kernel;
            }
            return filters * (window + (bias == Bias.WITH ? 1 : 0));
        }

        @Override
        public String toString() {
            return "convolution " + filters + " of " + kernel + (stride == 1 ? "" : ", stride " + stride);
        }
    }

    /** Choice whether a layer adds a constant to each of its outputs. */
    enum Bias {
        WITH,
        /** Without bias, for a batch normalisation that follows and has its own. */
        WITHOUT
    }

    /** A max-pool: the largest value in each window. */
    record MaxPool(int kernel, int stride, int padding) implements Layer {
        @Override
        public long[] output(long[] input) {
            return window(input, this + " takes pictures or sequences", kernel, stride, padding);
        }

        @Override
        public String toString() {
            return "max-pool " + kernel + (stride == kernel ? "" : ", stride " + stride);
        }
    }

    /** A global average pool: the mean over all positions. The output is [channels]. */
    record GlobalAveragePool() implements Layer {
        @Override
        public long[] output(long[] input) {
            return new long[] {input[0]};
        }

        @Override
        public String toString() {
            return "global average pool";
        }
    }

    /** Normalisation of each channel over the batch, then a trainable scale and shift (Ioffe and Szegedy, 2015). */
    record BatchNormalization() implements Layer {
        @Override
        public long[] output(long[] input) {
            return input.clone();
        }

        @Override
        public long parameters(long[] input) {
            return 2 * input[0];
        }

        @Override
        public String toString() {
            return "batch norm";
        }
    }

    /** A function of each value. */
    enum Activation implements Layer {
        RELU("ReLU"),
        SIGMOID("sigmoid"),
        TANH("tanh");

        private final String title;

        Activation(String title) {
            this.title = title;
        }

        @Override
        public long[] output(long[] input) {
            return input.clone();
        }

        @Override
        public String toString() {
            return title;
        }
    }

    /** Cell of a recurrent layer. */
    enum CellType {
        /** {@code h' = tanh(W x + R h + b)}: Elman, Finding structure in time, 1990. */
        SIMPLE("simple RNN", 1),
        /** Cho et al., Learning phrase representations, 2014; with the reset gate after the recurrent weights. */
        GRU("GRU", 3),
        /** Hochreiter and Schmidhuber, Long short-term memory, 1997, with a forget gate. */
        LSTM("LSTM", 4);

        private final String title;
        private final int gates;

        CellType(String title, int gates) {
            this.title = title;
            this.gates = gates;
        }

        /** Returns the number of gates. The weights have this number of columns per unit. */
        public int gates() {
            return gates;
        }
    }

    /**
     * A recurrent layer that starts at state 0 and returns its state at each step: [channels, length] to [units,
     * length].
     */
    record Recurrent(CellType cell, int units) implements Layer {
        @Override
        public long[] output(long[] input) {
            return new long[] {units, sequence(input, this)[1]};
        }

        /** Counts two biases for a GRU: the second one is inside its reset gate. */
        @Override
        public long parameters(long[] input) {
            int biases = cell == CellType.GRU ? 2 : 1;
            return (long) cell.gates() * units * (input[0] + units + biases);
        }

        @Override
        public String toString() {
            return cell.title + " " + units;
        }
    }

    /** The last step of a sequence: [channels, length] to [channels]. */
    record LastStep() implements Layer {
        @Override
        public long[] output(long[] input) {
            return new long[] {sequence(input, this)[0]};
        }

        @Override
        public String toString() {
            return "last step";
        }
    }

    /** Dropout: sets a share of the values to 0 in training and scales the others up. */
    record Dropout(double share) implements Layer {
        @Override
        public long[] output(long[] input) {
            return input.clone();
        }

        @Override
        public String toString() {
            return "dropout " + share;
        }
    }

    /** The sum of two paths: He et al., Deep residual learning, 2015. An empty shortcut is the identity. */
    record Residual(List<Layer> body, List<Layer> shortcut) implements Layer {
        public Residual {
            body = List.copyOf(body);
            shortcut = List.copyOf(shortcut);
        }

        @Override
        public long[] output(long[] input) {
            long[] one = through(body, input);
            long[] other = through(shortcut, input);
            if (!Arrays.equals(one, other)) {
                throw new IllegalArgumentException("The paths of a residual block return " + Arrays.toString(one)
                        + " and " + Arrays.toString(other) + ", which cannot be added.");
            }
            return one;
        }

        @Override
        public long parameters(long[] input) {
            return parametersOf(body, input) + parametersOf(shortcut, input);
        }

        @Override
        public String toString() {
            String words = body.stream().map(Layer::toString).collect(Collectors.joining(", "));
            return "[" + words + "] + " + (shortcut.isEmpty() ? "itself" : shortcut);
        }
    }

    /** Returns the output shape of a chain of layers. */
    static long[] through(List<Layer> layers, long[] input) {
        long[] shape = input.clone();
        for (Layer layer : layers) {
            shape = layer.output(shape);
        }
        return shape;
    }

    private static long parametersOf(List<Layer> layers, long[] input) {
        long sum = 0;
        long[] shape = input;
        for (Layer layer : layers) {
            sum += layer.parameters(shape);
            shape = layer.output(shape);
        }
        return sum;
    }

    private static long[] sequence(long[] input, Layer layer) {
        if (input.length != 2) {
            throw new IllegalArgumentException(
                    layer + " takes sequences, [channels, length], not " + Arrays.toString(input) + ".");
        }
        return input;
    }

    private static long[] window(long[] input, String otherwise, int kernel, int stride, int padding) {
        if (input.length < 2) {
            throw new IllegalArgumentException(otherwise + ", not " + Arrays.toString(input) + ".");
        }
        long[] output = input.clone();
        for (int axis = 1; axis < output.length; axis++) {
            output[axis] = (input[axis] + 2L * padding - kernel) / stride + 1;
        }
        return output;
    }
}
