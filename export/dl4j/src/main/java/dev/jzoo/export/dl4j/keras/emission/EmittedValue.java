package dev.jzoo.export.dl4j.keras.emission;

import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.List;

/**
 * A tensor of the graph for a value of the model.
 *
 * @param tensor name of the tensor, float
 * @param shape shape with the batch first
 * @param mask name of a tensor of flags, [batch, time], false where Keras masks the step; empty without a mask
 */
public record EmittedValue(String tensor, List<Dimension> shape, String mask) {

    public EmittedValue {
        shape = List.copyOf(shape);
    }

    boolean isMasked() {
        return !mask.isEmpty();
    }

    int rank() {
        return shape.size();
    }

    /** Returns the size of an axis; -1 if it is open. */
    long size(int axis) {
        return shape.get(axis).fixedSize().orElse(-1);
    }

    Dimension last() {
        return shape.get(shape.size() - 1);
    }

    /** Returns the same shape with another size of one axis; -1 for an open one. */
    List<Dimension> shapeWith(int axis, long size) {
        List<Dimension> other = new ArrayList<>(shape);
        other.set(axis, dimension(size));
        return other;
    }

    static Dimension dimension(long size) {
        return size < 0 ? new Dimension.UnknownDimension() : Dimension.of(size);
    }

    /** Returns the shape with its axes in another order. */
    List<Dimension> shapeInOrder(long... order) {
        List<Dimension> other = new ArrayList<>();
        for (long axis : order) {
            other.add(shape.get((int) axis));
        }
        return other;
    }
}
