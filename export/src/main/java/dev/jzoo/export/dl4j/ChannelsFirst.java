package dev.jzoo.export.dl4j;

import dev.jzoo.export.onnx.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The input of a layer with its channels on axis 1, as ONNX wants them, and the way back.
 *
 * @param layer whose input it is
 * @param value the input, channels first
 * @param spatial sizes of the axes behind the channels
 * @param isLast whether the layer itself has them on the last axis
 */
record ChannelsFirst(LayerContext layer, String value, List<Dim> spatial, boolean isLast) {

    static ChannelsFirst of(LayerContext layer, boolean isLast) {
        List<Dim> shape = layer.inputShape();
        int rank = shape.size();
        if (!isLast) {
            return new ChannelsFirst(layer, layer.input(), shape.subList(2, rank), false);
        }
        long[] order = new long[rank];
        for (int i = 2; i < rank; i++) {
            order[i] = i - 1;
        }
        order[1] = rank - 1;
        return new ChannelsFirst(
                layer, layer.transpose(layer.input(), order), new ArrayList<>(shape.subList(1, rank - 1)), true);
    }

    /** A tensor in the layer's own layout again. */
    String restore(String result) {
        int rank = spatial.size() + 2;
        return isLast
                ? layer.transpose(
                        result,
                        LongStream.range(0, rank)
                                .map(i -> i == 0 ? 0 : i == rank - 1 ? 1 : i + 1)
                                .toArray())
                : result;
    }
}
