package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.jzoo.onnx.TensorData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Operators that sample maps at positions between their elements. */
final class SamplingOperators {

    /** Coefficient of the cubic in PyTorch and ONNX. */
    private static final double CUBIC = -0.75;

    /** An index along one axis, [N, P], and its weight. */
    private record Tap(NDArray index, NDArray weight) {}

    private SamplingOperators() {}

    static void addTo(Map<String, Operator.OperatorFactory> table) {
        table.put("GridSample", SamplingOperators::gridSample);
        table.put("AffineGrid", settings -> {
            boolean corners = settings.flag("align_corners");
            return Operator.single(call -> affineGrid(call, corners));
        });
        table.put("RoiAlign", RegionPooling::of);
    }

    private static Operator gridSample(NodeAttributes settings) {
        String mode = settings.text("mode", "linear").replace("bi", "");
        String padding = settings.text("padding_mode", "zeros");
        boolean corners = settings.flag("align_corners");
        return Operator.single(call -> {
            long[] dims = call.dims(0);
            long[] grid = call.dims(1);
            int axes = dims.length - 2;
            long places = HostTensors.product(grid, 1, grid.length - 1);
            NDArray x = OperatorInputs.reshaped(call.x(), dims[0], dims[1], -1);
            NDArray sum = null;
            List<List<Tap>> taps = new ArrayList<>();
            for (int i = 0; i < axes; i++) {
                // The last value of a position is for the first axis: x before y before z.
                NDArray place = OperatorInputs.reshaped(
                        Slicing.along(call.array(1), grid.length - 1, axes - 1 - i, axes - i, 1), dims[0], places);
                taps.add(taps(new GridAxis(call, dims[i + 2], padding, corners), place, mode));
            }
            for (List<Tap> corner : combinations(taps)) {
                NDArray index = null;
                NDArray weight = null;
                for (int i = 0; i < axes; i++) {
                    NDArray step = call.run().scalar(HostTensors.product(dims, i + 3, dims.length), DataType.INT64);
                    NDArray part = corner.get(i).index.mul(step);
                    index = index == null ? part : index.add(part);
                    weight = weight == null ? corner.get(i).weight : weight.mul(corner.get(i).weight);
                }
                NDArray read = x.gather(index.expandDims(1).broadcast(new Shape(dims[0], dims[1], places)), 2);
                NDArray part = read.mul(weight.expandDims(1));
                sum = sum == null ? part : sum.add(part);
            }
            long[] result = grid.clone();
            System.arraycopy(grid, 1, result, 2, axes);
            result[0] = dims[0];
            result[1] = dims[1];
            return OperatorInputs.reshaped(sum, result);
        });
    }

    private static List<List<Tap>> combinations(List<List<Tap>> taps) {
        List<List<Tap>> all = List.of(List.of());
        for (List<Tap> axis : taps) {
            List<List<Tap>> longer = new ArrayList<>();
            for (List<Tap> before : all) {
                for (Tap tap : axis) {
                    List<Tap> next = new ArrayList<>(before);
                    next.add(tap);
                    longer.add(next);
                }
            }
            all = longer;
        }
        return all;
    }

    /** Returns the elements around a position along one axis. */
    private static List<Tap> taps(GridAxis axis, NDArray place, String mode) {
        NDArray x = axis.denormalized(place);
        if (mode.equals("nearest")) {
            NDArray nearest = axis.bounded(x.round());
            return List.of(axis.tap(nearest, axis.number(1).broadcast(x.getShape())));
        }
        NDArray bounded = axis.bounded(x);
        NDArray first = bounded.stopGradient().floor();
        NDArray t = bounded.sub(first);
        NDArray one = axis.number(1);
        if (mode.equals("linear")) {
            return List.of(axis.tap(first, one.sub(t)), axis.tap(first.add(one), t));
        }
        List<Tap> taps = new ArrayList<>();
        for (int i = -1; i <= 2; i++) {
            NDArray offset = axis.number(i);
            taps.add(axis.tap(first.add(offset), cubic(axis, t.sub(offset).abs(), i == -1 || i == 2)));
        }
        return taps;
    }

    private static NDArray cubic(GridAxis axis, NDArray d, boolean outer) {
        if (outer) {
            // ((a d - 5 a) d + 8 a) d - 4 a
            return d.mul(axis.number(CUBIC))
                    .sub(axis.number(5 * CUBIC))
                    .mul(d)
                    .add(axis.number(8 * CUBIC))
                    .mul(d)
                    .sub(axis.number(4 * CUBIC));
        }
        // ((a + 2) d - (a + 3)) d^2 + 1
        return d.mul(axis.number(CUBIC + 2))
                .sub(axis.number(CUBIC + 3))
                .mul(d)
                .mul(d)
                .add(axis.number(1));
    }

    /** One axis to sample along. */
    private record GridAxis(OperatorInputs call, long size, String padding, boolean corners) {

        NDArray number(double value) {
            return call.scalar(value);
        }

        /** Converts a position in -1..1 to an index, which may be between elements. */
        NDArray denormalized(NDArray place) {
            return corners
                    ? place.add(number(1)).mul(number((size - 1) / 2.0))
                    : place.add(number(1)).mul(number(size)).sub(number(1)).mul(number(0.5));
        }

        NDArray bounded(NDArray x) {
            return switch (padding) {
                case "border" -> x.clip(0, size - 1);
                case "reflection" -> reflected(x);
                default -> x;
            };
        }

        private NDArray reflected(NDArray x) {
            double least = corners ? 0 : -0.5;
            double range = corners ? size - 1.0 : size;
            if (range == 0) {
                return x.mul(number(0));
            }
            NDArray distance = x.sub(number(least)).abs();
            NDArray turns = distance.stopGradient().div(number(range)).floor();
            NDArray rest = distance.sub(turns.mul(number(range)));
            NDArray odd = turns.sub(turns.mul(number(0.5)).floor().mul(number(2)));
            NDArray back = number(range).sub(rest);
            return rest.mul(number(1).sub(odd)).add(back.mul(odd)).add(number(least));
        }

        /**
         * Returns the element at an index. Beyond the ends, it follows the padding mode; for zeros, the weight is 0.
         */
        Tap tap(NDArray place, NDArray weight) {
            NDArray whole = padding.equals("reflection") ? reflected(place).trunc() : place;
            NDArray inside = whole.clip(0, size - 1);
            NDArray kept =
                    padding.equals("zeros") ? weight.mul(inside.eq(whole).toType(weight.getDataType(), false)) : weight;
            return new Tap(inside.stopGradient().toType(DataType.INT64, false), kept);
        }
    }

    /** Returns a grid of positions, [N, ..., axes], for matrices [N, axes, axes + 1] of affine transformations. */
    private static NDArray affineGrid(OperatorInputs call, boolean corners) {
        long[] size = call.longs(1);
        int axes = size.length - 2;
        int places = HostTensors.checkedCount(Arrays.copyOfRange(size, 2, size.length));
        float[] points = new float[HostTensors.checkedCount(places, axes + 1L)];
        for (int i = 0; i < places; i++) {
            long rest = i;
            for (int axis = axes - 1; axis >= 0; axis--) {
                long length = size[axis + 2];
                double at = rest % length;
                double value = corners ? 2 * at / (length - 1) - 1 : (2 * at + 1) / length - 1;
                points[i * (axes + 1) + axes - 1 - axis] = (float) value;
                rest /= length;
            }
            points[i * (axes + 1) + axes] = 1;
        }
        NDArray base = call.run()
                .array(TensorData.of(points, places, axes + 1))
                .toType(call.x().getDataType(), false);
        long[] result = new long[axes + 2];
        System.arraycopy(size, 2, result, 1, axes);
        result[0] = size[0];
        result[axes + 1] = axes;
        return OperatorInputs.reshaped(base.matMul(call.x().transpose(0, 2, 1)), result);
    }
}
