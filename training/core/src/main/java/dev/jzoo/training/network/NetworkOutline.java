package dev.jzoo.training.network;

import java.util.Arrays;
import java.util.List;

/**
 * The outline of a network for reports: its layers with shapes and parameters. Shapes are those of one example, without
 * the batch.
 *
 * @param input input shape
 * @param layers the layers from the input to the output
 * @param dropouts share of each dropout, in the same order
 */
public record NetworkOutline(List<Long> input, List<OutlineLayer> layers, List<Double> dropouts) {

    /**
     * A layer.
     *
     * @param name name for people: "convolution 6 of 5"
     * @param output output shape
     * @param parameters number of trainable parameters
     */
    public record OutlineLayer(String name, List<Long> output, long parameters) {

        public OutlineLayer {
            output = List.copyOf(output);
        }

        /** Returns a layer with an output shape of these axes. */
        public static OutlineLayer of(String name, long parameters, long... output) {
            return new OutlineLayer(name, boxed(output), parameters);
        }
    }

    public NetworkOutline {
        input = List.copyOf(input);
        layers = List.copyOf(layers);
        dropouts = List.copyOf(dropouts);
    }

    /** Returns the number of trainable parameters of all layers. */
    public long parameters() {
        return layers.stream().mapToLong(OutlineLayer::parameters).sum();
    }

    static List<Long> boxed(long... axes) {
        return Arrays.stream(axes).boxed().toList();
    }
}
