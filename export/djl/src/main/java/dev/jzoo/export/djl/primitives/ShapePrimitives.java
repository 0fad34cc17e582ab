package dev.jzoo.export.djl.primitives;

import ai.djl.ndarray.types.Shape;
import dev.jzoo.onnx.GraphBuilder;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Primitives that move or copy elements without computing or selecting. */
final class ShapePrimitives {

    private ShapePrimitives() {}

    static void addTo(Map<String, Primitives.Emitter> table) {
        table.put("reshape", ShapePrimitives::reshape);
        table.put("flatten", ShapePrimitives::reshape);
        table.put("transpose", ShapePrimitives::transpose);
        table.put("expandDims", ShapePrimitives::expandDims);
        table.put("swapAxes", ShapePrimitives::swapAxes);
        table.put("squeeze", ShapePrimitives::squeeze);
        table.put("broadcast", ShapePrimitives::broadcast);
        table.put("flip", call -> call.result(flip(call, call.in(0), call.axes(1))));
        table.put("rotate90", ShapePrimitives::rotate);
        table.put("pad", ShapePrimitives::pad);
        table.put("tile", ShapePrimitives::tile);
        table.put("repeat", ShapePrimitives::repeat);
    }

    /**
     * Emits reshape. Axes that depend on the size of the input are copied (0) if they keep their position, and one may
     * be inferred (-1). If that is not enough, the new shape is computed.
     */
    private static void reshape(StepContext call) {
        long[] target = call.resultKnown(0);
        long[] source = call.known(0);
        if (target.length == 2 && target[0] == -1 && source.length > 1 && unknown(source) == 1 && isKept(call, 0)) {
            call.result(
                    call.graph().op("Flatten", call.in(0)).integer("axis", 1).emit());
            return;
        }
        for (int i = 0; i < Math.min(target.length, source.length) && unknown(target) > 1; i++) {
            boolean stays = target[i] == -1 && isKept(call, i);
            target[i] = stays ? 0 : target[i];
        }
        String shape =
                unknown(target) > 1 ? call.resultShapeList(0) : call.graph().constant(target);
        call.result(call.graph().op("Reshape", call.in(0), shape).emit());
    }

    /** Returns whether an axis has the same size before and after, in both recordings. */
    private static boolean isKept(StepContext call, int axis) {
        return call.argumentShape(0, 0).get(axis) == call.resultShape(0, 0).get(axis)
                && call.argumentShape(0, 1).get(axis) == call.resultShape(0, 1).get(axis);
    }

    private static long unknown(long[] sizes) {
        return Arrays.stream(sizes).filter(size -> size == -1).count();
    }

    private static void transpose(StepContext call) {
        int rank = call.shape(0).dimension();
        long[] axes = call.arguments() > 1
                ? call.axes(1)
                : IntStream.range(0, rank).mapToLong(axis -> rank - 1 - axis).toArray();
        call.result(call.graph().op("Transpose", call.in(0)).ints("perm", axes).emit());
    }

    /** Emits expandDims. A negative axis counts from the end of the result. */
    private static void expandDims(StepContext call) {
        long axis = call.integer(1);
        long from = axis < 0 ? axis + call.shape(0).dimension() + 1 : axis;
        call.result(call.graph()
                .op("Unsqueeze", call.in(0), call.graph().constant(from))
                .emit());
    }

    private static void swapAxes(StepContext call) {
        long[] axes = LongStream.range(0, call.shape(0).dimension()).toArray();
        axes[(int) call.axis(1)] = call.axis(2);
        axes[(int) call.axis(2)] = call.axis(1);
        call.result(call.graph().op("Transpose", call.in(0)).ints("perm", axes).emit());
    }

    /** Emits squeeze(), squeeze(axis) or squeeze(axes). The engine keeps an axis whose size is not 1. */
    private static void squeeze(StepContext call) {
        long[] sizes = call.known(0);
        long[] given = call.arguments() == 1 ? LongStream.range(0, sizes.length).toArray() : call.axes(1);
        long[] axes =
                Arrays.stream(given).filter(axis -> sizes[(int) axis] == 1).toArray();
        // In ONNX, no axes means all axes of size 1.
        call.result(
                axes.length == 0
                        ? call.in(0)
                        : call.graph()
                                .op("Squeeze", call.in(0), call.graph().constant(axes))
                                .emit());
    }

    private static void broadcast(StepContext call) {
        call.result(
                call.graph().op("Expand", call.in(0), call.resultShapeList(0)).emit());
    }

    private static String flip(StepContext call, String value, long... axes) {
        GraphBuilder graph = call.graph();
        long[] last = filled(axes.length, -1);
        return graph.op(
                        "Slice",
                        value,
                        graph.constant(last),
                        graph.constant(filled(axes.length, -Long.MAX_VALUE)),
                        graph.constant(axes),
                        graph.constant(last))
                .emit();
    }

    /** Emits rotate90(times, two axes): a quarter of a turn from the first axis to the second. */
    private static void rotate(StepContext call) {
        int quarters = Math.floorMod((int) call.integer(1), 4);
        long[] plane = call.axes(2);
        long[] swapped = LongStream.range(0, call.shape(0).dimension()).toArray();
        swapped[(int) plane[0]] = plane[1];
        swapped[(int) plane[1]] = plane[0];
        String value = call.in(0);
        if (quarters == 2) {
            value = flip(call, value, plane);
        } else if (quarters != 0) {
            value = flip(call, value, quarters == 1 ? plane[1] : plane[0]);
            value = call.graph().op("Transpose", value).ints("perm", swapped).emit();
        }
        call.result(value);
    }

    /**
     * Emits pad. DJL lists begin and end of the last axis, then of the axis before it; ONNX lists all begins, then all
     * ends.
     */
    private static void pad(StepContext call) {
        long[] pairs = call.integers(1);
        int rank = call.shape(0).dimension();
        long[] pads = new long[2 * rank];
        for (int i = 0; i < pairs.length / 2; i++) {
            pads[rank - 1 - i] = pairs[2 * i];
            pads[2 * rank - 1 - i] = pairs[2 * i + 1];
        }
        call.result(call.graph()
                .op("Pad", call.in(0), call.graph().constant(pads), call.operand(2, call.type(0)))
                .emit());
    }

    /** Emits tile(repeats for each axis) or tile(repeats); more repeats than axes add axes in front. */
    private static void tile(StepContext call) {
        GraphBuilder graph = call.graph();
        int rank = call.shape(0).dimension();
        int target = call.resultShape(0).dimension();
        String value = call.in(0);
        if (target > rank) {
            long[] front = LongStream.range(0, target - rank).toArray();
            value = graph.op("Unsqueeze", value, graph.constant(front)).emit();
        }
        call.result(graph.op("Tile", value, call.integersList(1, target)).emit());
    }

    /** Emits repeat(axis, times), repeat(times for each axis) or repeat(times): each element several times in a row. */
    private static void repeat(StepContext call) {
        GraphBuilder graph = call.graph();
        int rank = call.shape(0).dimension();
        // Reshapes [a, b] to [a, 1, b, 1], copies along the new axes, and reshapes to [a times, b times].
        long[] behind = LongStream.range(0, rank).map(axis -> 2 * axis + 1).toArray();
        String apart = graph.op("Unsqueeze", call.in(0), graph.constant(behind)).emit();
        String copied = graph.op(
                        "Tile",
                        apart,
                        call.sizes()
                                .list(
                                        copies(call.argumentShape(0, 0), call.resultShape(0, 0)),
                                        copies(call.argumentShape(0, 1), call.resultShape(0, 1))))
                .emit();
        call.result(graph.op("Reshape", copied, call.resultShapeList(0)).emit());
    }

    /** Returns the number of copies along each axis, and along the new axis after it, between two shapes. */
    private static long[] copies(Shape from, Shape to) {
        long[] copies = filled(2 * from.dimension(), 1);
        for (int axis = 0; axis < from.dimension(); axis++) {
            copies[2 * axis + 1] = to.get(axis) / from.get(axis);
        }
        return copies;
    }

    private static long[] filled(int count, long value) {
        long[] values = new long[count];
        Arrays.fill(values, value);
        return values;
    }
}
