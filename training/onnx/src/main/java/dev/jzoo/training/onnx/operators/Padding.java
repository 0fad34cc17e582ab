package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import java.util.stream.LongStream;

/** Pad: adds a constant around a tensor, or repeats its elements. */
final class Padding {

    private Padding() {}

    static Operator of(NodeAttributes settings) {
        String mode = settings.text("mode", "constant");
        return Operator.single(call -> {
            NDArray x = call.x();
            int rank = call.rank();
            long[] given = call.longs(1);
            long[] axes = call.longsIfGiven(3).orElse(LongStream.range(0, rank).toArray());
            NDArray result = x;
            long[] pairs = new long[2 * rank];
            for (int i = 0; i < axes.length; i++) {
                int axis = HostTensors.axis(axes[i], rank);
                long before = given[i];
                long behind = given[i + axes.length];
                if (mode.equals("constant")) {
                    pairs[2 * (rank - 1 - axis)] = before;
                    pairs[2 * (rank - 1 - axis) + 1] = behind;
                } else if (before != 0 || behind != 0) {
                    long[] places = places(mode, call.dims(0)[axis], before, behind);
                    result = IndexingOperators.along(result, axis, call.run().array(places));
                }
            }
            long[] padded = call.dims(0);
            for (int i = 0; i < rank; i++) {
                padded[i] += pairs[2 * (rank - 1 - i)] + pairs[2 * (rank - 1 - i) + 1];
            }
            HostTensors.checked(padded);
            if (mode.equals("constant")) {
                return x.pad(new ai.djl.ndarray.types.Shape(pairs), call.real(2, 0));
            }
            return result == x ? OperatorInputs.view(x) : result;
        });
    }

    private static long[] places(String mode, long size, long before, long behind) {
        long[] places = new long[HostTensors.checkedCount(before + size + behind)];
        for (int i = 0; i < places.length; i++) {
            long place = i - before;
            places[i] = switch (mode) {
                case "edge" -> Math.max(0, Math.min(size - 1, place));
                case "wrap" -> Math.floorMod(place, size);
                // Forward and backward, with the ends once.
                default -> {
                    long turn = Math.max(1, 2 * (size - 1));
                    long along = Math.floorMod(place, turn);
                    yield Math.min(along, turn - along);
                }
            };
        }
        return places;
    }
}
