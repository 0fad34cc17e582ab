package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.util.stream.LongStream;

/** Slices of tensors, by ranges of indices. */
final class Slicing {

    private Slicing() {}

    /**
     * Returns the elements along an axis from one index to before another. Both are from 0 to the axis' size; the step
     * is above 0.
     */
    static NDArray along(NDArray x, int axis, long first, long end, long step) {
        return x.get(new NDIndex().addAllDim(axis).addSliceDim(first, end, step));
    }

    static NDArray slice(OperatorInputs call) {
        long[] starts = call.longs(1);
        long[] ends = call.longs(2);
        long[] axes =
                call.longsIfGiven(3).orElse(LongStream.range(0, starts.length).toArray());
        long[] steps = call.longsIfGiven(4)
                .orElse(LongStream.generate(() -> 1).limit(starts.length).toArray());
        NDArray result = call.x();
        for (int i = 0; i < starts.length; i++) {
            int axis = HostTensors.axis(axes[i], call.rank());
            result = slice(result, axis, starts[i], ends[i], steps[i]);
        }
        return result == call.x() ? OperatorInputs.view(result) : result;
    }

    private static NDArray slice(NDArray x, int axis, long start, long end, long step) {
        long size = x.getShape().get(axis);
        // Clamped as in the specification: for a negative step, the end may be before the first element.
        long from = clamp(start < 0 ? start + size : start, 0, step > 0 ? size : size - 1);
        long to = clamp(end < 0 ? end + size : end, step > 0 ? 0 : -1, step > 0 ? size : size - 1);
        if (step > 0) {
            return from == 0 && to == size && step == 1 ? x : along(x, axis, from, Math.max(from, to), step);
        }
        // The engine has no negative steps, so the axis is flipped.
        return along(x.flip(axis), axis, size - 1 - from, Math.max(size - 1 - from, size - 1 - to), -step);
    }

    private static long clamp(long value, long least, long most) {
        return Math.max(least, Math.min(most, value));
    }
}
