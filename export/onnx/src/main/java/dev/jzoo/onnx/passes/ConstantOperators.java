package dev.jzoo.onnx.passes;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.zoo.annotation.Internal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The operators that are computed on constants when a graph is written. Each returns the same bits as a runtime. Programs
 * that interpret graphs compute sizes with them.
 */
@Internal
public final class ConstantOperators {

    private ConstantOperators() {}

    /** Returns an upper bound of the size of a node's result in bytes, before it is computed. */
    static long resultBytes(Node node, List<TensorData> inputs) {
        if (inputs.isEmpty()) {
            return 0;
        }
        TensorData x = inputs.get(0);
        return switch (node.opType()) {
            case "Concat" -> inputs.stream().mapToLong(TensorData::byteSize).sum();
            case "Gather" ->
                Math.multiplyExact(x.byteSize(), Math.max(1, inputs.get(1).elements()));
            case "Add", "Sub", "Mul", "Div" ->
                StridedWalk.elements(
                                StridedWalk.broadcast(x.dims(), inputs.get(1).dims()))
                        * x.type().bytes();
            case "Cast" -> x.elements() * Double.BYTES;
            default -> x.byteSize();
        };
    }

    /**
     * Returns the result; empty if the operator or its settings are not supported here. Fails with an unchecked exception
     * if the inputs violate the operator's rules.
     *
     * @param node of opset 13 or later
     */
    public static Optional<TensorData> compute(Node node, List<TensorData> inputs) {
        return switch (node.opType()) {
            case "Constant" ->
                node.attributes().get("value") instanceof Attribute.TensorValue given
                        ? Optional.of(given.value())
                        : Optional.empty();
            case "Shape" ->
                node.attributes().isEmpty()
                        ? Optional.of(TensorData.vector(inputs.get(0).dims()))
                        : Optional.empty();
            case "Transpose" -> Optional.of(transpose(node, inputs.get(0)));
            case "Reshape" -> reshape(node, inputs);
            case "Flatten" -> flatten(node, inputs.get(0));
            case "Unsqueeze" -> inputs.size() < 2 ? Optional.empty() : Optional.of(unsqueeze(inputs));
            case "Squeeze" -> Optional.of(squeeze(inputs));
            case "Slice" -> slice(inputs);
            case "Gather" -> gather(node, inputs);
            case "Concat" -> concat(node, inputs);
            case "Cast" -> ConstantArithmetic.cast(inputs.get(0), integer(node, "to", 0));
            case "Add", "Sub", "Mul", "Div" -> ConstantArithmetic.binary(node.opType(), inputs.get(0), inputs.get(1));
            default -> Optional.empty();
        };
    }

    private static TensorData transpose(Node node, TensorData x) {
        long[] dims = x.dims();
        int rank = dims.length;
        long[] perm = node.attributes().get("perm") instanceof Attribute.Ints given
                ? given.values().stream().mapToLong(Long::longValue).toArray()
                : LongStream.range(0, rank).map(i -> rank - 1 - i).toArray();
        long[] strides = StridedWalk.strides(dims);
        return StridedWalk.of(x, pick(dims, perm), pick(strides, perm), 0);
    }

    private static long[] pick(long[] values, long[] positions) {
        return Arrays.stream(positions).map(i -> values[(int) i]).toArray();
    }

    private static Optional<TensorData> reshape(Node node, List<TensorData> inputs) {
        TensorData x = inputs.get(0);
        return reshaped(x.dims(), inputs.get(1).longs(), integer(node, "allowzero", 0) != 0)
                .map(dims -> shaped(x, dims));
    }

    /** Returns the result shape of a Reshape: 0 copies an axis unless {@code allowZero}, -1 is the remaining size. */
    static Optional<long[]> reshaped(long[] shape, long[] target, boolean allowZero) {
        long[] dims = target.clone();
        for (int i = 0; i < dims.length; i++) {
            if (dims[i] == 0 && !allowZero) {
                dims[i] = shape[i];
            }
        }
        long known = Arrays.stream(dims).filter(dim -> dim >= 0).reduce(1, Math::multiplyExact);
        for (int i = 0; i < dims.length; i++) {
            if (dims[i] < 0) {
                if (known == 0) {
                    return Optional.empty();
                }
                dims[i] = StridedWalk.elements(shape) / known;
            }
        }
        return Optional.of(dims);
    }

    private static Optional<TensorData> flatten(Node node, TensorData x) {
        int axis = axis(integer(node, "axis", 1), x.dims().length);
        return Optional.of(shaped(x, product(x.dims(), 0, axis), product(x.dims(), axis, x.dims().length)));
    }

    private static TensorData unsqueeze(List<TensorData> inputs) {
        TensorData x = inputs.get(0);
        long[] axes = inputs.get(1).longs();
        int rank = x.dims().length + axes.length;
        long[] dims = new long[rank];
        for (long axis : axes) {
            dims[axis(axis, rank)] = -1;
        }
        int from = 0;
        for (int i = 0; i < rank; i++) {
            dims[i] = dims[i] == -1 ? 1 : x.dims()[from++];
        }
        return shaped(x, dims);
    }

    private static TensorData squeeze(List<TensorData> inputs) {
        TensorData x = inputs.get(0);
        long[] dims = x.dims();
        List<Integer> gone = inputs.size() < 2
                ? LongStream.range(0, dims.length)
                        .filter(i -> dims[(int) i] == 1)
                        .mapToObj(i -> (int) i)
                        .toList()
                : Arrays.stream(inputs.get(1).longs())
                        .mapToObj(axis -> axis(axis, dims.length))
                        .toList();
        return shaped(
                x,
                LongStream.range(0, dims.length)
                        .filter(i -> !gone.contains((int) i))
                        .map(i -> dims[(int) i])
                        .toArray());
    }

    private static Optional<TensorData> slice(List<TensorData> inputs) {
        if (inputs.size() < 3) {
            return Optional.empty();
        }
        SliceView cut = cut(inputs.get(0).dims(), inputs.subList(1, inputs.size()));
        return Optional.of(StridedWalk.of(inputs.get(0), cut.dims(), cut.strides(), cut.offset()));
    }

    /** The result of a Slice: its shape, its strides in elements, and its first element. */
    record SliceView(long[] dims, long[] strides, long offset) {}

    /**
     * Computes the view of a Slice.
     *
     * @param bounds starts, ends, and optionally axes and steps
     */
    static SliceView cut(long[] shape, List<TensorData> bounds) {
        long[] dims = shape.clone();
        long[] strides = StridedWalk.strides(dims);
        long[] starts = integers(bounds.get(0));
        long[] ends = integers(bounds.get(1));
        long[] axes = bounds.size() > 2
                ? integers(bounds.get(2))
                : LongStream.range(0, starts.length).toArray();
        long offset = 0;
        for (int i = 0; i < starts.length; i++) {
            int axis = axis(axes[i], dims.length);
            long step = bounds.size() > 3 ? integers(bounds.get(3))[i] : 1;
            long size = dims[axis];
            // Clamped as in the specification: for a negative step the end may be before the first element.
            long start = clamp(starts[i] < 0 ? starts[i] + size : starts[i], 0, step > 0 ? size : size - 1);
            long end = clamp(ends[i] < 0 ? ends[i] + size : ends[i], step > 0 ? 0 : -1, step > 0 ? size : size - 1);
            dims[axis] = Math.max(0, (long) Math.ceil((end - start) / (double) step));
            offset += start * strides[axis];
            strides[axis] *= step;
        }
        return new SliceView(dims, strides, offset);
    }

    private static long clamp(long value, long least, long most) {
        return Math.max(least, Math.min(most, value));
    }

    /** Gathers along an axis, which is replaced by the axes of {@code indices}. */
    private static Optional<TensorData> gather(Node node, List<TensorData> inputs) {
        TensorData x = inputs.get(0);
        long[] indices = integers(inputs.get(1));
        int axis = axis(integer(node, "axis", 0), x.dims().length);
        long size = x.dims()[axis];
        long outer = product(x.dims(), 0, axis);
        long inner = product(x.dims(), axis + 1, x.dims().length);
        TensorAssembly blocks = new TensorAssembly(x.type(), outer * indices.length * inner);
        for (long o = 0; o < outer; o++) {
            for (long index : indices) {
                long position = index < 0 ? index + size : index;
                if (position < 0 || position >= size) {
                    return Optional.empty();
                }
                blocks.copy(x, (o * size + position) * inner, inner);
            }
        }
        long[] dims = LongStream.concat(
                        LongStream.concat(
                                Arrays.stream(x.dims(), 0, axis),
                                Arrays.stream(inputs.get(1).dims())),
                        Arrays.stream(x.dims(), axis + 1, x.dims().length))
                .toArray();
        return Optional.of(blocks.tensor(dims));
    }

    private static Optional<TensorData> concat(Node node, List<TensorData> inputs) {
        long[] dims = inputs.get(0).dims();
        int axis = axis(integer(node, "axis", 0), dims.length);
        dims[axis] = inputs.stream().mapToLong(input -> input.dims()[axis]).sum();
        TensorAssembly blocks = new TensorAssembly(inputs.get(0).type(), product(dims, 0, dims.length));
        for (long o = 0; o < product(dims, 0, axis); o++) {
            for (TensorData input : inputs) {
                long inner = product(input.dims(), axis, dims.length);
                blocks.copy(input, o * inner, inner);
            }
        }
        return Optional.of(blocks.tensor(dims));
    }

    private static TensorData shaped(TensorData x, long... dims) {
        return x.reshaped(dims);
    }

    static long product(long[] dims, int from, int to) {
        return Arrays.stream(dims, from, to).reduce(1, Math::multiplyExact);
    }

    static int axis(long axis, int rank) {
        return (int) (axis < 0 ? axis + rank : axis);
    }

    static long integer(Node node, String attribute, long otherwise) {
        return node.attributes().get(attribute) instanceof Attribute.Int given ? given.value() : otherwise;
    }

    /** Returns the values of a tensor of 32- or 64-bit integers. */
    static long[] integers(TensorData value) {
        if (value.type() == DataType.INT32) {
            int[] values = new int[(int) value.elements()];
            value.bytes().asIntBuffer().get(values);
            return Arrays.stream(values).asLongStream().toArray();
        }
        return value.longs();
    }
}
