package dev.jzoo.onnx;

import dev.jzoo.zoo.card.Dimension;
import java.util.List;
import java.util.Locale;

/**
 * A named tensor of a graph with its type and shape.
 *
 * @param name of the tensor, unique in its graph
 * @param type of the elements
 * @param shape one {@link Dimension} for each axis; empty for a scalar, and if the rank is not declared
 * @param rank whether the shape is declared
 */
public record ValueInfo(String name, DataType type, List<Dimension> shape, Rank rank) {

    /** The knowledge of the number of a tensor's axes. */
    public enum Rank {
        DECLARED,
        OPEN
    }

    public ValueInfo {
        shape = List.copyOf(shape);
    }

    /** Creates a tensor with a declared shape. */
    public ValueInfo(String name, DataType type, List<Dimension> shape) {
        this(name, type, shape, Rank.DECLARED);
    }

    /** Returns a tensor whose shape, even its number of axes, is not declared. */
    public static ValueInfo ofAnyShape(String name, DataType type) {
        return new ValueInfo(name, type, List.of(), Rank.OPEN);
    }

    /** Returns a copy with another name. */
    public ValueInfo named(String other) {
        return new ValueInfo(other, type, shape, rank);
    }

    @Override
    public String toString() {
        return name + " " + type.name().toLowerCase(Locale.ROOT) + " "
                + (rank == Rank.DECLARED ? Dimension.format(shape) : "of any shape");
    }
}
