package dev.jzoo.export.djl.primitives;

import dev.jzoo.export.djl.recording.IndexPart;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.TensorData;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Primitives that select elements by their position. */
final class SelectionPrimitives {

    private SelectionPrimitives() {}

    static void addTo(Map<String, Primitives.Emitter> table) {
        // get(index) or get(manager, index)
        table.put("get", call -> call.result(select(call, call.in(0), call.index(call.arguments() - 1))));
        table.put("diagonal", SelectionPrimitives::diagonal);
        table.put(
                "gather",
                call -> call.result(call.graph()
                        .op("GatherElements", call.in(0), call.positions(1))
                        .integer("axis", call.axis(2))
                        .emit()));
        table.put("gatherNd", SelectionPrimitives::gatherNd);
        table.put("take", SelectionPrimitives::take);
        // embedding(input, weight, format)
        table.put(
                "embedding",
                call -> call.result(call.graph()
                        .op("Gather", call.in(2), call.positions(1))
                        .integer("axis", 0)
                        .emit()));
        table.put("oneHot", SelectionPrimitives::oneHot);
    }

    /**
     * Returns the elements at an index. A position removes its axis, a range keeps it, a tensor replaces it by its own
     * axes.
     *
     * @param whole a tensor of the shape of the call's receiver
     * @param both the parts of the index in both recordings
     */
    static String select(StepContext call, String whole, List<List<IndexPart>> both) {
        List<IndexPart> ours = both.get(0);
        List<IndexPart> theirs = both.get(1);
        String value = whole;
        int axis = 0;
        int takeAxis = -1;
        String positions = "";
        for (int i = 0; i < ours.size(); i++) {
            IndexPart part = ours.get(i);
            IndexPart other = theirs.get(i);
            if (part instanceof IndexPart.SinglePosition fixed) {
                value = position(call, value, axis, fixed.position(), ((IndexPart.SinglePosition) other).position());
            } else if (part instanceof IndexPart.Slice slice) {
                value = slice(call, value, axis++, slice, (IndexPart.Slice) other);
            } else if (part instanceof IndexPart.NewAxis) {
                value = call.graph()
                        .op("Unsqueeze", value, call.graph().constant((long) axis++))
                        .emit();
            } else if (part instanceof IndexPart.Ellipsis) {
                axis += call.shape(0).dimension() - consumed(ours);
            } else if (part instanceof IndexPart.Take take) {
                if (takeAxis >= 0) {
                    throw new StepContext.UnsupportedStepException("an index with two tensors; use gatherNd");
                }
                takeAxis = axis++;
                positions = call.cast(
                        call.name(take.positions(), ((IndexPart.Take) other).positions()),
                        DjlTypes.of(take.positions().type()),
                        DataType.INT64);
            } else if (part instanceof IndexPart.Pick pick) {
                return pick(call, value, axis, pick, (IndexPart.Pick) other);
            } else if (part instanceof IndexPart.Mask) {
                throw new StepContext.UnsupportedStepException(
                        "an index of booleans: the size of its result depends on values, not on shapes; use"
                                + " NDArrays.where");
            } else {
                axis++;
            }
        }
        if (takeAxis >= 0) {
            value = call.graph()
                    .op("Gather", value, positions)
                    .integer("axis", takeAxis)
                    .emit();
        }
        return value;
    }

    private static int consumed(List<IndexPart> parts) {
        return (int) parts.stream()
                .filter(part -> !(part instanceof IndexPart.NewAxis) && !(part instanceof IndexPart.Ellipsis))
                .count();
    }

    private static String position(StepContext call, String value, int axis, long ours, long theirs) {
        String index = ours == theirs
                ? call.graph().constant(TensorData.scalar(ours))
                : call.sizes().number(ours, theirs);
        return call.graph().op("Gather", value, index).integer("axis", axis).emit();
    }

    private static String slice(
            StepContext call, String value, int axis, IndexPart.Slice ours, IndexPart.Slice theirs) {
        if (!Objects.equals(ours.step(), theirs.step())) {
            throw new StepContext.UnsupportedStepException(
                    "an index with a step that depends on the size of the input");
        }
        GraphBuilder graph = call.graph();
        return graph.op(
                        "Slice",
                        value,
                        end(call, ours.min(), theirs.min(), 0),
                        end(call, ours.max(), theirs.max(), Long.MAX_VALUE),
                        graph.constant((long) axis),
                        graph.constant(ours.step() == null ? 1 : ours.step()))
                .emit();
    }

    private static String end(StepContext call, Long ours, Long theirs, long open) {
        return ours == null || theirs == null
                ? call.graph().constant(open)
                : call.sizes().one(ours, theirs);
    }

    /** Selects by positions, which have the shape of the result once axes of size 1 are added. */
    private static String pick(StepContext call, String value, int axis, IndexPart.Pick ours, IndexPart.Pick theirs) {
        String positions = call.cast(
                call.name(ours.positions(), theirs.positions()),
                DjlTypes.of(ours.positions().type()),
                DataType.INT64);
        String shaped =
                call.graph().op("Reshape", positions, call.resultShapeList(0)).emit();
        return call.graph()
                .op("GatherElements", value, shaped)
                .integer("axis", axis)
                .emit();
    }

    /** Emits gatherNd. Its index has the coordinates along axis 0; ONNX has them along the last axis. */
    private static void gatherNd(StepContext call) {
        int rank = call.shape(1).dimension();
        long[] lastFirst =
                IntStream.range(0, rank).mapToLong(axis -> (axis + 1) % rank).toArray();
        String index = call.graph()
                .op("Transpose", call.positions(1))
                .ints("perm", lastFirst)
                .emit();
        call.result(call.graph().op("GatherND", call.in(0), index).emit());
    }

    /** Emits take(manager, index): positions in the flattened tensor. */
    private static void take(StepContext call) {
        GraphBuilder graph = call.graph();
        String flat = graph.op("Reshape", call.in(0), graph.constant(-1L)).emit();
        call.result(
                graph.op("Gather", flat, call.positions(2)).integer("axis", 0).emit());
    }

    /**
     * Emits diagonal(offset, axis, axis) of matrices; the default is the first two axes. The diagonal becomes the last
     * axis.
     */
    private static void diagonal(StepContext call) {
        GraphBuilder graph = call.graph();
        long offset = call.arguments() > 1 ? call.integer(1) : 0;
        long rows = call.arguments() > 2 ? call.axis(2) : 0;
        long columns = call.arguments() > 2 ? call.axis(3) : 1;
        int rank = call.shape(0).dimension();
        long[] last = LongStream.concat(
                        LongStream.range(0, rank).filter(axis -> axis != rows && axis != columns),
                        LongStream.of(rows, columns))
                .toArray();
        String matrices = graph.op("Transpose", call.in(0)).ints("perm", last).emit();
        String flat = graph.op(
                        "Reshape",
                        matrices,
                        graph.op(
                                        "Concat",
                                        graph.constant(LongStream.range(0, rank - 2)
                                                .map(axis -> 0)
                                                .toArray()),
                                        graph.constant(-1L))
                                .integer("axis", 0)
                                .emit())
                .emit();
        String above = graph.constant(Math.max(0, -offset));
        String before = graph.constant(Math.max(0, offset));
        String width = call.size(0, columns);
        String length = graph.op(
                        "Min",
                        graph.op("Sub", call.size(0, rows), above).emit(),
                        graph.op("Sub", width, before).emit())
                .emit();
        String steps = graph.op(
                        "Range",
                        graph.constant(TensorData.scalar(0L)),
                        graph.op("Squeeze", length, graph.constant(0L)).emit(),
                        graph.constant(TensorData.scalar(1L)))
                .emit();
        String down = graph.op("Add", steps, above).emit();
        String across = graph.op("Add", steps, before).emit();
        String positions =
                graph.op("Add", graph.op("Mul", down, width).emit(), across).emit();
        call.result(
                graph.op("Gather", flat, positions).integer("axis", rank - 2L).emit());
    }

    /** Emits oneHot(depth[, type]). */
    private static void oneHot(StepContext call) {
        GraphBuilder graph = call.graph();
        if (call.arguments() > 3) {
            throw new StepContext.UnsupportedStepException("oneHot with values other than 1 and 0");
        }
        String encoded = graph.op(
                        "OneHot",
                        call.positions(0),
                        call.integersList(1),
                        graph.constant(TensorData.of(new float[] {0, 1}, 2)))
                .emit();
        call.result(call.cast(encoded, DataType.FLOAT, call.resultType()));
    }
}
