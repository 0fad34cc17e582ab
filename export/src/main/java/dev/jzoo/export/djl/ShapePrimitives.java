package dev.jzoo.export.djl;

import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.index.dim.NDIndexAll;
import ai.djl.ndarray.index.dim.NDIndexElement;
import ai.djl.ndarray.index.dim.NDIndexFixed;
import ai.djl.ndarray.index.dim.NDIndexNull;
import ai.djl.ndarray.index.dim.NDIndexSlice;
import dev.jzoo.export.onnx.GraphBuilder;
import dev.jzoo.export.onnx.TensorData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Primitives that move elements without computing. */
final class ShapePrimitives {

    private ShapePrimitives() {}

    static void addTo(Map<String, Primitives.Emitter> table) {
        table.put("reshape", ShapePrimitives::reshape);
        table.put("flatten", ShapePrimitives::reshape);
        table.put("transpose", ShapePrimitives::transpose);
        table.put(
                "expandDims",
                call -> call.result(call.graph()
                        .op("Unsqueeze", call.in(0), call.graph().constant(call.axis(1)))
                        .emit()));
        table.put("squeeze", ShapePrimitives::squeeze);
        table.put("concat", call -> join(call, "Concat"));
        table.put("get", ShapePrimitives::get);
    }

    /** Axes that depend on the size of the input are copied (0) where they stay in place; one may be inferred (-1). */
    private static void reshape(Call call) {
        long[] target = call.resultShape(0);
        long[] source = call.sizes(0);
        if (target.length == 2 && target[0] == -1 && source[0] == -1 && unknown(source) == 1) {
            call.result(
                    call.graph().op("Flatten", call.in(0)).integer("axis", 1).emit());
            return;
        }
        if (unknown(target) > 1) {
            for (int i = 0; i < Math.min(target.length, source.length) && unknown(target) > 1; i++) {
                if (target[i] == -1 && source[i] == -1) {
                    target[i] = 0;
                }
            }
        }
        if (unknown(target) > 1) {
            throw new Call.Unsupported("more than one size of the reshaped tensor depends on the size of the input");
        }
        call.result(call.graph()
                .op("Reshape", call.in(0), call.graph().constant(target))
                .emit());
    }

    private static long unknown(long[] sizes) {
        return Arrays.stream(sizes).filter(size -> size == -1).count();
    }

    private static void transpose(Call call) {
        int rank = call.shape(0).dimension();
        long[] axes = call.arguments() > 1
                ? call.integers(1)
                : IntStream.range(0, rank).mapToLong(axis -> rank - 1 - axis).toArray();
        call.result(call.graph().op("Transpose", call.in(0)).ints("perm", axes).emit());
    }

    private static void squeeze(Call call) {
        long[] sizes = call.sizes(0);
        long[] axes = call.arguments() > 1
                ? call.integers(1)
                : IntStream.range(0, sizes.length)
                        .filter(axis -> sizes[axis] == 1)
                        .asLongStream()
                        .toArray();
        call.result(call.graph()
                .op("Squeeze", call.in(0), call.graph().constant(axes))
                .emit());
    }

    /** concat(list, axis) of the receiver's own list: NDArrayEx is called on its first element. */
    private static void join(Call call, String operator) {
        List<String> parts = new ArrayList<>(call.list(1));
        parts.add(0, call.in(0));
        call.result(
                call.graph().op(operator, parts).integer("axis", call.axis(2)).emit());
    }

    /** get(index) or get(manager, index). Basic indexing: a fixed index drops its axis, a slice keeps it. */
    private static void get(Call call) {
        List<NDIndex> indices = call.both(call.arguments() - 1, NDIndex.class);
        if (!describe(indices.get(0)).equals(describe(indices.get(1)))) {
            throw new Call.Unsupported("an index that depends on the size of the input");
        }
        GraphBuilder graph = call.graph();
        String value = call.in(0);
        int axis = 0;
        for (NDIndexElement element : indices.get(0).getIndices()) {
            if (element instanceof NDIndexFixed fixed) {
                value = graph.op("Gather", value, graph.constant(TensorData.scalar(fixed.getIndex())))
                        .integer("axis", axis)
                        .emit();
            } else if (element instanceof NDIndexSlice slice) {
                value = slice(graph, value, axis++, slice);
            } else if (element instanceof NDIndexNull) {
                value = graph.op("Unsqueeze", value, graph.constant((long) axis++))
                        .emit();
            } else if (element instanceof NDIndexAll) {
                axis++;
            } else {
                throw new Call.Unsupported("indexing with " + element.getClass().getSimpleName());
            }
        }
        call.result(value);
    }

    private static String describe(NDIndex index) {
        if (index.getEllipsisIndex() >= 0) {
            throw new Call.Unsupported("indexing with an ellipsis");
        }
        return index.stream()
                .map(element -> element instanceof NDIndexFixed fixed
                        ? Long.toString(fixed.getIndex())
                        : element instanceof NDIndexSlice slice
                                ? slice.getMin() + ":" + slice.getMax() + ":" + slice.getStep()
                                : element.getClass().getSimpleName())
                .collect(Collectors.joining(","));
    }

    private static String slice(GraphBuilder graph, String value, int axis, NDIndexSlice slice) {
        long min = slice.getMin() == null ? 0 : slice.getMin();
        long max = slice.getMax() == null ? Long.MAX_VALUE : slice.getMax();
        long step = slice.getStep() == null ? 1 : slice.getStep();
        return graph.op(
                        "Slice",
                        value,
                        graph.constant(min),
                        graph.constant(max),
                        graph.constant((long) axis),
                        graph.constant(step))
                .emit();
    }
}
