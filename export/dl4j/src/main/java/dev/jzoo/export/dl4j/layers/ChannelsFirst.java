package dev.jzoo.export.dl4j.layers;

import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The input of a layer with its channels on axis 1, as ONNX requires, and the conversion back.
 *
 * @param layer the layer
 * @param value the input, channels first
 * @param spatial sizes of the axes after the channels
 * @param isLast whether the layer itself has the channels on the last axis
 */
record ChannelsFirst(LayerContext layer, String value, List<Dimension> spatial, boolean isLast) {

    static ChannelsFirst of(LayerContext layer, boolean isLast) {
        List<Dimension> shape = layer.inputShape();
        int rank = shape.size();
        if (!isLast) {
            return new ChannelsFirst(layer, layer.input(), shape.subList(2, rank), false);
        }
        String value = toFirst(layer, layer.input(), rank);
        return new ChannelsFirst(layer, value, new ArrayList<>(shape.subList(1, rank - 1)), true);
    }

    /** Transposes [N, spatial, C] to [N, C, spatial]. */
    static String toFirst(LayerContext layer, String value, int rank) {
        return layer.transpose(
                value,
                LongStream.range(0, rank)
                        .map(i -> i == 0 ? 0 : i == 1 ? rank - 1 : i - 1)
                        .toArray());
    }

    /** Transposes [N, C, spatial] to [N, spatial, C]. */
    static String toLast(LayerContext layer, String value, int rank) {
        return layer.transpose(
                value,
                LongStream.range(0, rank)
                        .map(i -> i == 0 ? 0 : i == rank - 1 ? 1 : i + 1)
                        .toArray());
    }

    /** Converts a tensor back to the layer's own layout. */
    String restore(String result) {
        return isLast ? toLast(layer, result, spatial.size() + 2) : result;
    }
}
