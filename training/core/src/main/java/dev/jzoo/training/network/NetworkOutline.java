package dev.jzoo.training.network;

import java.util.Arrays;
import java.util.List;

/**
 * A network as reports show it: its layers with shapes and parameters. Shapes are those of one example, without the batch.
 *
 * @param input shape of what it takes
 * @param layers in the order in which values go through them
 * @param dropouts share of each dropout, in the same order
 */
public record NetworkOutline(List<Long> input, List<OutlineLayer> layers, List<Double> dropouts) {

    /**
     * A layer.
     *
     * @param name for people: "convolution 6 of 5"
     * @param output shape of what it gives
     * @param parameters numbers that it learns
     */
    public record OutlineLayer(String name, List<Long> output, long parameters) {

        public OutlineLayer {
            output = List.copyOf(output);
        }

        /** Describes a layer that gives a shape of these axes. */
        public static OutlineLayer of(String name, long parameters, long... output) {
            return new OutlineLayer(name, boxed(output), parameters);
        }
    }

    public NetworkOutline {
        input = List.copyOf(input);
        layers = List.copyOf(layers);
        dropouts = List.copyOf(dropouts);
    }

    /** Returns how many numbers all layers learn. */
    public long parameters() {
        return layers.stream().mapToLong(OutlineLayer::parameters).sum();
    }

    static List<Long> boxed(long... axes) {
        return Arrays.stream(axes).boxed().toList();
    }
}
