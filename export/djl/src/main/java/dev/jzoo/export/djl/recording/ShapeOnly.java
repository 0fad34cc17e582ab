package dev.jzoo.export.djl.recording;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Primitives that a recording need not compute. A recording keeps the shapes of tensors that depend on the input and
 * never reads their values, so one zero, presented as a whole tensor, is enough. The primitives here have a result
 * whose shape is known, and would take most of the time and memory of a forward pass.
 */
public final class ShapeOnly {

    private static final Set<String> ELEMENTWISE =
            Set.of("relu", "leakyRelu", "sigmoid", "tanh", "elu", "selu", "gelu", "softPlus", "softSign");

    private ShapeOnly() {}

    /**
     * Returns the shape of a primitive's only result; empty if the engine must compute it or report a fault.
     *
     * @param recorded the receiver and the arguments
     */
    public static Optional<Shape> of(String primitive, List<Object> recorded) {
        if (primitive.equals("convolution")) {
            return convolution(recorded);
        } else if (primitive.equals("linear")) {
            return linear(shape(recorded, 1), shape(recorded, 2));
        } else if (primitive.equals("batchNorm")) {
            return Optional.of(shape(recorded, 1));
        }
        return ELEMENTWISE.contains(primitive) ? Optional.of(shape(recorded, 0)) : Optional.empty();
    }

    private static Shape shape(List<Object> recorded, int position) {
        return ((RecordedTensor) recorded.get(position)).shape();
    }

    /**
     * Returns the shape for the arguments input [N, C, ...], weight [O, C / groups, ...], bias, stride, padding,
     * dilation, groups.
     */
    private static Optional<Shape> convolution(List<Object> recorded) {
        Shape input = shape(recorded, 1);
        Shape weight = shape(recorded, 2);
        int groups = (int) recorded.get(7);
        if (input.dimension() != weight.dimension() || input.get(1) != weight.get(1) * groups) {
            return Optional.empty();
        }
        long[] sizes = input.getShape().clone();
        sizes[1] = weight.get(0);
        for (int axis = 2; axis < sizes.length; axis++) {
            long stride = ((Shape) recorded.get(4)).get(axis - 2);
            long padding = ((Shape) recorded.get(5)).get(axis - 2);
            long dilation = ((Shape) recorded.get(6)).get(axis - 2);
            long room = sizes[axis] + 2 * padding - dilation * (weight.get(axis) - 1) - 1;
            if (room < 0) {
                return Optional.empty();
            }
            sizes[axis] = room / stride + 1;
        }
        return Optional.of(new Shape(sizes));
    }

    /** Returns the shape for input [..., I], weight [O, I]. */
    private static Optional<Shape> linear(Shape input, Shape weight) {
        int last = input.dimension() - 1;
        if (last < 0 || weight.dimension() != 2 || input.get(last) != weight.get(1)) {
            return Optional.empty();
        }
        long[] sizes = input.getShape().clone();
        sizes[last] = weight.get(0);
        return Optional.of(new Shape(sizes));
    }

    /** Returns an array of a shape and the type of another array that takes the memory of one element. */
    static NDArray array(NDManager manager, Shape shape, RecordedTensor like) {
        return manager.zeros(new Shape(1), like.type()).broadcast(shape);
    }
}
