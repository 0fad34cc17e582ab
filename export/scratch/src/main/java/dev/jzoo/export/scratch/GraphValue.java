package dev.jzoo.export.scratch;

import dev.jzoo.onnx.DataType;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.List;

/**
 * A tensor of the graph.
 *
 * @param tensor its name
 */
record GraphValue(String tensor, DataType type, List<Dimension> shape) {

    GraphValue {
        shape = List.copyOf(shape);
    }

    int rank() {
        return shape.size();
    }

    /** Returns the result of a node that keeps type and shape. */
    GraphValue as(String result) {
        return new GraphValue(result, type, shape);
    }

    /** Returns the result of a node that changes the size of one axis. */
    GraphValue as(String result, int axis, Dimension size) {
        List<Dimension> changed = new ArrayList<>(shape);
        changed.set(axis, size);
        return new GraphValue(result, type, changed);
    }
}
