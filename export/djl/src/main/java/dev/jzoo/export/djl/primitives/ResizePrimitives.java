package dev.jzoo.export.djl.primitives;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.GraphBuilder.NodeBuilder;
import java.util.Map;

/**
 * Resizing of pictures. The engine always smooths (antialias) if a picture gets smaller. ONNX's Resize supports this
 * from opset 18 only, so two products with the matrices of {@link ResizeSampling} compute the same.
 */
final class ResizePrimitives {

    private static final int NEAREST = 0;
    private static final int AREA = 2;
    private static final int CUBIC = 3;

    private ResizePrimitives() {}

    static void addTo(Map<String, Primitives.Emitter> table) {
        table.put("interpolation", ResizePrimitives::interpolation);
        table.put("resize", ResizePrimitives::resize);
    }

    /** Emits interpolation([height, width], mode, alignCorners), channels first; the engine ignores alignCorners. */
    private static void interpolation(StepContext call) {
        if (call.shape(0).dimension() != 4) {
            throw new StepContext.UnsupportedStepException(
                    "interpolation of a tensor other than [batch, channels, height, width]");
        }
        call.result(scale(call, call.in(0), (int) call.integer(2), 2));
    }

    /** Emits resize(width, height, mode), channels last, computed in float and cast back. */
    private static void resize(StepContext call) {
        GraphBuilder graph = call.graph();
        String value = call.operand(0, DataType.FLOAT);
        boolean batch = call.shape(0).dimension() == 4;
        long[] toFront = batch ? new long[] {0, 3, 1, 2} : new long[] {2, 0, 1};
        long[] toBack = batch ? new long[] {0, 2, 3, 1} : new long[] {1, 2, 0};
        value = graph.op("Transpose", value).ints("perm", toFront).emit();
        value = batch ? value : graph.op("Unsqueeze", value, graph.constant(0L)).emit();
        value = scale(call, value, (int) call.integer(3), batch ? 1 : 0);
        value = batch ? value : graph.op("Squeeze", value, graph.constant(0L)).emit();
        value = graph.op("Transpose", value).ints("perm", toBack).emit();
        call.result(call.cast(value, DataType.FLOAT, call.resultType()));
    }

    /**
     * Resizes a tensor [batch, channels, height, width]. The height is the given axis of the argument and the result.
     */
    private static String scale(StepContext call, String value, int mode, int height) {
        boolean larger = true;
        boolean fixed = true;
        for (int axis = height; axis < height + 2; axis++) {
            larger &= call.resultShape(0).get(axis) >= call.shape(0).get(axis);
            fixed &= call.resultKnown(0)[axis] >= 0 && call.known(0)[axis] >= 0;
        }
        if (mode == NEAREST || larger && mode != AREA) {
            return enlarge(call, value, mode, height);
        } else if (!fixed) {
            throw new StepContext.UnsupportedStepException("smoothing of a picture whose size is not fixed");
        }
        GraphBuilder graph = call.graph();
        ResizeSampling kind =
                mode == AREA ? ResizeSampling.AREA : mode == CUBIC ? ResizeSampling.CUBIC : ResizeSampling.LINEAR;
        int in = (int) call.shape(0).get(height);
        int out = (int) call.resultShape(0).get(height);
        String columns =
                graph.op("MatMul", graph.constant(kind.matrix(in, out)), value).emit();
        in = (int) call.shape(0).get(height + 1);
        out = (int) call.resultShape(0).get(height + 1);
        String across = graph.op("Transpose", graph.constant(kind.matrix(in, out)))
                .ints("perm", 1, 0)
                .emit();
        return graph.op("MatMul", columns, across).emit();
    }

    private static String enlarge(StepContext call, String value, int mode, int height) {
        GraphBuilder graph = call.graph();
        String shape = graph.op("Shape", value).emit();
        String kept =
                graph.op("Slice", shape, graph.constant(0L), graph.constant(2L)).emit();
        String sizes = graph.op("Concat", kept, call.resultSize(0, height), call.resultSize(0, height + 1))
                .integer("axis", 0)
                .emit();
        NodeBuilder node = graph.op("Resize", value, "", "", sizes);
        if (mode == NEAREST) {
            node.text("mode", "nearest")
                    .text("coordinate_transformation_mode", "asymmetric")
                    .text("nearest_mode", "floor");
        } else {
            node.text("mode", mode == CUBIC ? "cubic" : "linear").text("coordinate_transformation_mode", "half_pixel");
        }
        if (mode == CUBIC) {
            node.real("cubic_coeff_a", -0.5).integer("exclude_outside", 1);
        }
        return node.emit();
    }
}
