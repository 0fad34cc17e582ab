package dev.jzoo.export.djl.primitives;

import dev.jzoo.onnx.GraphBuilder;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.LongStream;

/** Pooling of windows and of whole pictures. */
final class PoolingPrimitives {

    private PoolingPrimitives() {}

    static void addTo(Map<String, Primitives.Emitter> table) {
        table.put("maxPool", PoolingPrimitives::maxPool);
        table.put("avgPool", PoolingPrimitives::avgPool);
        table.put("lpPool", PoolingPrimitives::lpPool);
        table.put("globalMaxPool", call -> globalPool(call, "GlobalMaxPool"));
        table.put("globalAvgPool", call -> globalPool(call, "GlobalAveragePool"));
        table.put("globalLpPool", PoolingPrimitives::globalLpPool);
    }

    /** Emits maxPool(kernel, stride, padding, ceilMode). */
    private static void maxPool(StepContext call) {
        call.result(call.graph()
                .op("MaxPool", call.in(0))
                .ints("kernel_shape", call.integers(1))
                .ints("strides", call.integers(2))
                .ints("pads", LayerPrimitives.bothEnds(call.integers(3)))
                .integer("ceil_mode", call.flag(4) ? 1 : 0)
                .emit());
    }

    /**
     * Emits avgPool(kernel, stride, padding, ceilMode, countIncludePad). The engine always counts padding, whatever the
     * last argument, but does not count positions of a window beyond the padding in ceil mode. ONNX Runtime up to 1.28
     * counts those too if it counts padding. In that case the padding is added first and not counted as padding.
     */
    private static void avgPool(StepContext call) {
        long[] padding = call.integers(3);
        boolean ceil = call.flag(4);
        boolean apart = ceil && Arrays.stream(padding).anyMatch(size -> size > 0);
        String input = apart ? padded(call, padding) : call.in(0);
        call.result(call.graph()
                .op("AveragePool", input)
                .ints("kernel_shape", call.integers(1))
                .ints("strides", call.integers(2))
                .ints("pads", LayerPrimitives.bothEnds(apart ? new long[padding.length] : padding))
                .integer("ceil_mode", ceil ? 1 : 0)
                .integer("count_include_pad", ceil ? 0 : 1)
                .emit());
    }

    /**
     * Returns the input, [batch, channels, spatial...], with zeros around its spatial axes. At their ends it adds only
     * as many as the last window reaches, because a window that starts in the padding is left out.
     */
    private static String padded(StepContext call, long[] padding) {
        long[] kernel = call.integers(1);
        long[] strides = call.integers(2);
        if (Arrays.stream(call.known(0)).skip(2).anyMatch(size -> size < 0)) {
            throw new StepContext.UnsupportedStepException(
                    "padding with ceilMode over axes of open size: the reach of the last window depends on"
                            + " the sizes; declare them as fixed");
        }
        int axes = padding.length;
        long[] pads = new long[2 * (axes + 2)];
        for (int i = 0; i < axes; i++) {
            long reached = (call.resultShape(0).get(i + 2) - 1) * strides[i] + kernel[i];
            long left = call.shape(0).get(i + 2) + padding[i];
            pads[i + 2] = padding[i];
            pads[axes + 4 + i] = Math.max(0, Math.min(padding[i], reached - left));
        }
        return call.graph().op("Pad", call.in(0), call.graph().constant(pads)).emit();
    }

    /**
     * Emits lpPool(order, kernel, stride, padding, ceilMode): the root of a window's sum of x^p. The engine does not
     * use |x| as ONNX's LpPool does, which differs for odd p.
     */
    private static void lpPool(StepContext call) {
        GraphBuilder graph = call.graph();
        long[] kernel = call.integers(2);
        String order = graph.constant((float) call.number(1));
        String powers = graph.op("Pow", call.in(0), order).emit();
        String means = graph.op("AveragePool", powers)
                .ints("kernel_shape", kernel)
                .ints("strides", call.integers(3))
                .integer("ceil_mode", call.flag(5) ? 1 : 0)
                .emit();
        long window = Arrays.stream(kernel).reduce(1, Math::multiplyExact);
        String sums = graph.op("Mul", means, graph.constant((float) window)).emit();
        call.result(graph.op("Pow", sums, graph.constant((float) (1 / call.number(1))))
                .emit());
    }

    /** Emits a pooling to [N, C], without the spatial axes. */
    private static void globalPool(StepContext call, String operator) {
        String pooled = call.graph().op(operator, call.in(0)).emit();
        call.result(call.graph().op("Flatten", pooled).integer("axis", 1).emit());
    }

    /** Emits globalLpPool(order) to [N, C]. */
    private static void globalLpPool(StepContext call) {
        GraphBuilder graph = call.graph();
        String powers = graph.op("Pow", call.in(0), graph.constant((float) call.number(1)))
                .emit();
        long[] spatial = LongStream.range(2, call.shape(0).dimension()).toArray();
        String sums = ReductionPrimitives.reduce(call, "ReduceSum", powers, spatial, false);
        call.result(graph.op("Pow", sums, graph.constant((float) (1 / call.number(1))))
                .emit());
    }
}
