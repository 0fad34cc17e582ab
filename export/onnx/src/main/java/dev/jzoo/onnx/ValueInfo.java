package dev.jzoo.onnx;

import dev.jzoo.zoo.card.Dimension;
import java.util.List;

/**
 * A named tensor of a graph with its type and shape.
 *
 * @param name of the tensor, unique in its graph
 * @param type of the elements
 * @param shape one {@link Dimension} an axis; empty for a scalar
 */
public record ValueInfo(String name, DataType type, List<Dimension> shape) {

    public ValueInfo {
        shape = List.copyOf(shape);
    }

    /** The same type and shape under another name. */
    public ValueInfo named(String other) {
        return new ValueInfo(other, type, shape);
    }

    @Override
    public String toString() {
        return name + " " + type.name().toLowerCase(java.util.Locale.ROOT) + " " + Dimension.format(shape);
    }
}
