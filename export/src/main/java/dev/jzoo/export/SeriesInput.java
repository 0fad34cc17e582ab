package dev.jzoo.export;

import dev.jzoo.export.onnx.DataType;
import dev.jzoo.export.onnx.Dim;
import dev.jzoo.export.onnx.GraphBuilder;
import dev.jzoo.export.onnx.ValueInfo;

/**
 * The last values of a series, {@code history} float [batch, lookBack] in its own unit, oldest first, to what a recurrent
 * network was trained on: {@code (value - min) / (max - min)} with an axis for the one feature.
 *
 * @param lookBack number of values
 * @param min value that becomes 0
 * @param max value that becomes 1
 * @param layout of the network's input
 */
public record SeriesInput(int lookBack, double min, double max, Layout layout) implements Preprocessing {

    /** Order of the axes that a network reads. */
    public enum Layout {
        /** [batch, time, features], as in DJL */
        TIME_FIRST,
        /** [batch, features, time], as in DL4J */
        FEATURES_FIRST
    }

    public SeriesInput {
        if (lookBack < 1 || !(max > min)) {
            throw new IllegalArgumentException("Expected a look-back of 1 or more and max above min, not " + lookBack
                    + ", " + min + " and " + max + ".");
        }
    }

    @Override
    public ValueInfo input() {
        return new ValueInfo("history", DataType.FLOAT, Dim.batchOf(lookBack));
    }

    @Override
    public String emit(GraphBuilder graph, String input) {
        graph.scope("preprocess");
        String shifted = graph.op("Sub", input, graph.constant((float) min)).emit();
        String scaled =
                graph.op("Div", shifted, graph.constant((float) (max - min))).emit();
        return graph.op("Unsqueeze", scaled, graph.constant(layout == Layout.TIME_FIRST ? 2L : 1L))
                .emit();
    }
}
