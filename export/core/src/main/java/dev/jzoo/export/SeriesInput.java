package dev.jzoo.export;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;

/**
 * The last values of a series, {@code history} float [batch, lookBack] in its own unit, oldest first, to the scaled sequence
 * that a recurrent network was trained on.
 *
 * @param lookBack number of values
 * @param perStep values that the network reads at each step, side by side as its features; the look-back is a multiple
 * @param scale of the values
 * @param layout of the network's input
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
            throw new IllegalArgumentException("Expected a look-back of 1 or more and as many values at each step, not "
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
