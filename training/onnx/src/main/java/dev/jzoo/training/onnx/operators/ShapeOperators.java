package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.jzoo.onnx.passes.StridedWalk;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operators that move elements and change shapes. */
final class ShapeOperators {

    private ShapeOperators() {}

    static void addTo(Map<String, Operator.OperatorFactory> table) {
        table.put("Reshape", settings -> {
            boolean allowZero = settings.flag("allowzero");
            boolean batched = !settings.isFixed(0) && settings.isFixed(1);
            return Operator.single(call -> {
                long scale = batched ? call.run().batchScale() : 1;
                return OperatorInputs.reshaped(call.x(), reshaped(call.dims(0), call.longs(1), allowZero, scale));
            });
        });
        table.put("Flatten", settings -> {
            long from = settings.integer("axis", 1);
            return Operator.single(call -> {
                long[] dims = call.dims(0);
                int axis = from == dims.length ? dims.length : HostTensors.axis(from, dims.length);
                return OperatorInputs.reshaped(
                        call.x(), HostTensors.product(dims, 0, axis), HostTensors.product(dims, axis, dims.length));
            });
        });
        table.put("Squeeze", Operator.plain(ShapeOperators::squeeze));
        table.put("Unsqueeze", Operator.plain(ShapeOperators::unsqueeze));
        table.put("Transpose", settings -> {
            int[] order = Arrays.stream(settings.integers("perm").orElse(new long[0]))
                    .mapToInt(Math::toIntExact)
                    .toArray();
            return Operator.single(call -> order.length == 0
                    ? call.rank() == 0
                            ? OperatorInputs.view(call.x())
                            : call.x().transpose()
                    : call.x().transpose(order));
        });
        table.put("Concat", settings -> {
            long axis = settings.integer("axis", 0);
            return Operator.single(call -> {
                NDList parts = new NDList();
                for (int i = 0; i < call.inputs().size(); i++) {
                    parts.add(call.array(i));
                }
                return parts.size() == 1
                        ? OperatorInputs.view(parts.head())
                        : NDArrays.concat(parts, HostTensors.axis(axis, call.rank()));
            });
        });
        table.put("Split", ShapeOperators::split);
        table.put("Expand", Operator.plain(call -> call.x()
                .broadcast(new Shape(HostTensors.checked(StridedWalk.broadcast(call.dims(0), call.longs(1)))))));
        table.put("Tile", Operator.plain(call -> {
            long[] repeats = call.longs(1);
            long[] dims = call.dims(0);
            Arrays.setAll(dims, i -> Math.multiplyExact(dims[i], repeats[i]));
            HostTensors.checked(dims);
            return call.x().tile(repeats);
        }));
        table.put("Col2Im", BlockFolding::of);
        table.put("DepthToSpace", ShapeOperators::depthToSpace);
        table.put("SpaceToDepth", settings -> {
            long block = settings.integer("blocksize", 1);
            return Operator.single(call -> {
                long[] d = call.dims(0);
                NDArray blocks =
                        OperatorInputs.reshaped(call.x(), d[0], d[1], d[2] / block, block, d[3] / block, block);
                NDArray moved = blocks.transpose(0, 3, 5, 1, 2, 4);
                return OperatorInputs.reshaped(moved, d[0], d[1] * block * block, d[2] / block, d[3] / block);
            });
        });
        table.put("Trilu", ShapeOperators::triangle);
        table.put("Range", Operator.plain(ShapeOperators::range));
        table.put("ConstantOfShape", ShapeOperators::constantOfShape);
        table.put("Pad", Padding::of);
    }

    /**
     * Returns the result shape of a Reshape: 0 copies an axis unless allowzero is set, and -1 is the remaining size. If
     * the shape was written for another batch size, its first axis becomes the actual batch, provided that the other
     * axes fit one example or one of them is -1.
     */
    private static long[] reshaped(long[] dims, long[] target, boolean allowZero, long scale) {
        long[] result = target.clone();
        for (int i = 0; i < result.length; i++) {
            if (result[i] == 0 && !allowZero) {
                result[i] = dims[i];
            }
        }
        long each = HostTensors.product(result, 1, result.length);
        long given = HostTensors.product(dims, 0, dims.length);
        boolean behindBatch = dims.length > 0 && result.length > 0 && each > 0 && dims[0] * each == given;
        if (behindBatch && result[0] > 0) {
            result[0] = dims[0];
        }
        boolean left = Arrays.stream(result).skip(1).anyMatch(size -> size == -1);
        if (scale > 1 && left && result[0] > 0 && dims.length > 0 && dims[0] != result[0] && dims[0] % scale == 0) {
            result[0] *= scale;
        }
        return result;
    }

    private static NDArray squeeze(OperatorInputs call) {
        long[] dims = call.dims(0);
        int[] axes = call.longsIfGiven(1)
                .map(given -> Arrays.stream(given)
                        .mapToInt(axis -> HostTensors.axis(axis, dims.length))
                        .toArray())
                .orElseGet(() -> IntStream.range(0, dims.length)
                        .filter(axis -> dims[axis] == 1)
                        .toArray());
        for (int axis : axes) {
            if (dims[axis] != 1) {
                throw new IllegalArgumentException(
                        "Cannot squeeze axis " + axis + ", which has " + dims[axis] + " elements.");
            }
        }
        return OperatorInputs.reshaped(
                call.x(),
                IntStream.range(0, dims.length)
                        .filter(axis -> Arrays.stream(axes).noneMatch(gone -> gone == axis))
                        .mapToLong(axis -> dims[axis])
                        .toArray());
    }

    private static NDArray unsqueeze(OperatorInputs call) {
        long[] dims = call.dims(0);
        long[] given = call.longs(1);
        int rank = dims.length + given.length;
        boolean[] isNew = new boolean[rank];
        for (long axis : given) {
            isNew[HostTensors.axis(axis, rank)] = true;
        }
        long[] result = new long[rank];
        int from = 0;
        for (int i = 0; i < rank; i++) {
            result[i] = isNew[i] ? 1 : dims[from++];
        }
        return OperatorInputs.reshaped(call.x(), result);
    }

    private static Operator split(NodeAttributes settings) {
        long along = settings.integer("axis", 0);
        int parts = settings.outputs();
        return call -> {
            int axis = HostTensors.axis(along, call.rank());
            long size = call.dims(0)[axis];
            // Equal parts; the last one may be smaller.
            long each = (size + parts - 1) / parts;
            long[] sizes = call.longsIfGiven(1).orElseGet(() -> LongStream.range(0, parts)
                    .map(i -> Math.min(each, size - i * each))
                    .toArray());
            NDList results = new NDList();
            long first = 0;
            for (long length : sizes) {
                results.add(Slicing.along(call.x(), axis, first, first + length, 1));
                first += length;
            }
            return results;
        };
    }

    private static Operator depthToSpace(NodeAttributes settings) {
        long block = settings.integer("blocksize", 1);
        boolean columnsFirst = settings.text("mode", "DCR").equals("DCR");
        return Operator.single(call -> {
            long[] d = call.dims(0);
            long channels = d[1] / (block * block);
            NDArray moved = columnsFirst
                    ? OperatorInputs.reshaped(call.x(), d[0], block, block, channels, d[2], d[3])
                            .transpose(0, 3, 4, 1, 5, 2)
                    : OperatorInputs.reshaped(call.x(), d[0], channels, block, block, d[2], d[3])
                            .transpose(0, 1, 4, 2, 5, 3);
            return OperatorInputs.reshaped(moved, d[0], channels, d[2] * block, d[3] * block);
        });
    }

    /** Returns the upper or lower triangle of matrices, from a diagonal on; the rest is 0. */
    private static Operator triangle(NodeAttributes settings) {
        boolean upper = settings.integer("upper", 1) != 0;
        return Operator.single(call -> {
            long[] dims = call.dims(0);
            long diagonal = call.has(1) ? call.longs(1)[0] : 0;
            int rows = (int) dims[dims.length - 2];
            int columns = (int) dims[dims.length - 1];
            long[] mask = new long[HostTensors.checkedCount(rows, columns)];
            for (int i = 0; i < mask.length; i++) {
                long above = i % columns - i / columns - diagonal;
                mask[i] = (upper ? above >= 0 : above <= 0) ? 1 : 0;
            }
            // The other elements may be infinite, so they are replaced, not multiplied with 0.
            NDArray kept = OperatorInputs.reshaped(call.run().array(mask), rows, columns)
                    .toType(DataType.BOOLEAN, false)
                    .broadcast(call.x().getShape());
            return call.x()
                    .getNDArrayInternal()
                    .where(kept, call.scalar(0).broadcast(call.x().getShape()));
        });
    }

    private static NDArray range(OperatorInputs call) {
        DataType type = call.x().getDataType();
        double start = call.value(0).reals()[0];
        double step = call.value(2).reals()[0];
        double steps = Math.max(0, Math.ceil((call.value(1).reals()[0] - start) / step));
        int count = HostTensors.checkedCount((long) steps);
        NDArray places = call.run().array(LongStream.range(0, count).toArray());
        return places.toType(DataType.FLOAT64, false)
                .mul(call.run().scalar(step, DataType.FLOAT64))
                .add(call.run().scalar(start, DataType.FLOAT64))
                .toType(type, true);
    }

    /** Returns ConstantOfShape for a shape that is known only when the graph runs. */
    private static Operator constantOfShape(NodeAttributes settings) {
        return Operator.single(call -> {
            NDArray value = settings.node().attributes().get("value")
                            instanceof dev.jzoo.onnx.Attribute.TensorValue given
                    ? call.run().constants().tensor(given.value(), call.run().device())
                    : call.run().scalar(0, DataType.FLOAT32);
            return value.reshape(new Shape()).broadcast(new Shape(HostTensors.checked(call.longs(0))));
        });
    }
}
