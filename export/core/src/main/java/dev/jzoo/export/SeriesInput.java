package dev.jzoo.export;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;

/**
 * Pre-processing that converts the last values of a series, {@code history} float [batch, lookBack] in its own unit,
 * oldest first, to the scaled sequence that a recurrent network was trained on.
 *
 * @param lookBack number of values
 * @param perStep number of values that the network reads at each step, as that step's features; it divides the
 * look-back
 * @param scale scaling of the values
 * @param layout layout of the network's input
 */
public record SeriesInput(int lookBack, int perStep, SeriesScale scale, SeriesLayout layout) implements Preprocessing {

    static final String HISTORY = "history";

    /** Order of the axes that a network reads. */
    public enum SeriesLayout {
        /** [batch, time, features], as in DJL */
        TIME_FIRST,
        /** [batch, features, time], as in DL4J */
        FEATURES_FIRST
    }

    public SeriesInput {
        if (lookBack < 1 || perStep < 1 || lookBack % perStep != 0) {
            throw new IllegalArgumentException(
                    "Expected a look-back of at least 1 that is a multiple of the values of each step, found "
                            + lookBack + " values in steps of " + perStep + ".");
        }
    }

    @Override
    public ValueInfo input() {
        return new ValueInfo(HISTORY, DataType.FLOAT, Dimension.batchOf(lookBack));
    }

    @Override
    public String emit(GraphBuilder graph, String input) {
        graph.scope("preprocess");
        String scaled = scale.scaled(graph, input);
        if (perStep == 1) {
            return graph.op("Unsqueeze", scaled, graph.constant(layout == SeriesLayout.TIME_FIRST ? 2L : 1L))
                    .emit();
        }
        String steps = graph.op("Reshape", scaled, graph.constant(0, lookBack / perStep, perStep))
                .emit();
        return layout == SeriesLayout.TIME_FIRST
                ? steps
                : graph.op("Transpose", steps).ints("perm", 0, 2, 1).emit();
    }
}
