package dev.jzoo.onnx.passes;

import dev.jzoo.onnx.TensorData;
import dev.jzoo.zoo.annotation.Internal;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A walk over the elements of a tensor in another order. Each axis has a stride in elements, which may be 0 or negative. */
@Internal
public final class StridedWalk {

    /** A visitor of element positions. */
    interface Visitor {
        void accept(long position);
    }

    private StridedWalk() {}

    /** Returns the number of elements of a shape. */
    static long elements(long[] dims) {
        return Arrays.stream(dims).reduce(1, Math::multiplyExact);
    }

    /** Returns the strides of a row-major tensor, in elements. */
    static long[] strides(long[] dims) {
        long[] strides = new long[dims.length];
        long stride = 1;
        for (int i = dims.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= dims[i];
        }
        return strides;
    }

    /**
     * Returns the common shape of two shapes by NumPy's broadcasting. Fails with IllegalArgumentException if they are
     * incompatible.
     */
    public static long[] broadcast(long[] a, long[] b) {
        long[] dims = new long[Math.max(a.length, b.length)];
        for (int i = 1; i <= dims.length; i++) {
            long ours = i <= a.length ? a[a.length - i] : 1;
            long theirs = i <= b.length ? b[b.length - i] : 1;
            if (ours != theirs && ours != 1 && theirs != 1) {
                throw new IllegalArgumentException(
                        "Axes of " + ours + " and " + theirs + " elements cannot be broadcast to each other.");
            }
            dims[dims.length - i] = ours == 1 ? theirs : ours;
        }
        return dims;
    }

    /** Returns the strides of a tensor that is broadcast to a shape. */
    static long[] broadcastStrides(long[] dims, long[] to) {
        long[] own = strides(dims);
        long[] strides = new long[to.length];
        for (int i = 1; i <= dims.length; i++) {
            strides[to.length - i] = dims[dims.length - i] == 1 ? 0 : own[dims.length - i];
        }
        return strides;
    }

    /** Returns a tensor of the elements that a walk visits. */
    static TensorData of(TensorData x, long[] dims, long[] strides, long offset) {
        TensorAssembly blocks = new TensorAssembly(x.type(), elements(dims));
        ByteBuffer source = x.bytes();
        walk(dims, strides, offset, position -> blocks.copy(source, position));
        return blocks.tensor(dims);
    }

    /** Visits the position of each element, in the row-major order of a shape. */
    static void walk(long[] dims, long[] strides, long offset, Visitor visitor) {
        walk(dims, strides, 0, offset, visitor);
    }

    private static void walk(long[] dims, long[] strides, int axis, long offset, Visitor visitor) {
        if (axis == dims.length) {
            visitor.accept(offset);
            return;
        }
        for (long i = 0; i < dims[axis]; i++) {
            walk(dims, strides, axis + 1, offset + i * strides[axis], visitor);
        }
    }
}
