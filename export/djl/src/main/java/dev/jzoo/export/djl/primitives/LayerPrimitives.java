package dev.jzoo.export.djl.primitives;

import dev.jzoo.onnx.GraphBuilder;
import java.util.Map;
import java.util.stream.LongStream;

/** The layers with weights, normalisation and dropout. */
final class LayerPrimitives {

    private LayerPrimitives() {}

    static void addTo(Map<String, Primitives.Emitter> table) {
        table.put("linear", LayerPrimitives::linear);
        for (String product : new String[] {"matMul", "batchMatMul", "dot"}) {
            table.put(
                    product,
                    call -> call.result(
                            call.graph().op("MatMul", call.in(0), call.in(1)).emit()));
        }
        table.put("convolution", LayerPrimitives::convolution);
        table.put("batchNorm", LayerPrimitives::batchNorm);
        table.put("layerNorm", LayerPrimitives::layerNorm);
        table.put("dropout", LayerPrimitives::dropout);
    }

    /** Emits dropout(input, rate, training). Like linear and similar primitives it has its input as argument 1. */
    private static void dropout(StepContext call) {
        requireInference(call, 3, "drops values at random");
        call.result(call.in(1));
    }

    /**
     * Rejects a layer that the forward pass calls in training mode, which is possible in inference too.
     *
     * @param training position of the argument for the mode
     * @param effect effect of the training mode
     */
    static void requireInference(StepContext call, int training, String effect) {
        if (call.flag(training)) {
            throw new StepContext.UnsupportedStepException("the forward pass calls it in training mode, where it "
                    + effect + "; pass it the argument 'training' of forward");
        }
    }

    /** Emits linear(input, weight [units, in], bias [units] or null). */
    private static void linear(StepContext call) {
        GraphBuilder graph = call.graph();
        if (call.shape(1).dimension() == 2) {
            call.result(graph.op("Gemm", call.in(1), call.in(2), call.in(3))
                    .integer("transB", 1)
                    .emit());
            return;
        }
        String weight = graph.op("Transpose", call.in(2)).ints("perm", 1, 0).emit();
        String product = graph.op("MatMul", call.in(1), weight).emit();
        call.result(
                call.isNull(3) ? product : graph.op("Add", product, call.in(3)).emit());
    }

    /**
     * Emits convolution(input, weight, bias, stride, padding, dilation, groups). One padding value counts for both
     * ends.
     */
    private static void convolution(StepContext call) {
        call.result(call.graph()
                .op("Conv", call.in(1), call.in(2), call.in(3))
                .ints("strides", call.integers(4))
                .ints("pads", bothEnds(call.integers(5)))
                .ints("dilations", call.integers(6))
                .integer("group", call.integer(7))
                .emit());
    }

    /** Emits batchNorm(input, mean, variance, gamma, beta, axis, momentum, eps, training). */
    private static void batchNorm(StepContext call) {
        requireInference(call, 9, "normalises by the statistics of the batch");
        GraphBuilder graph = call.graph();
        long axis = call.integer(6);
        int rank = call.shape(1).dimension();
        long channels = axis < 0 ? axis + rank : axis;
        long[] swap = LongStream.range(0, rank).toArray();
        swap[1] = channels;
        swap[(int) channels] = 1;
        String input = channels == 1
                ? call.in(1)
                : graph.op("Transpose", call.in(1)).ints("perm", swap).emit();
        String normalised = graph.op("BatchNormalization", input, call.in(4), call.in(5), call.in(2), call.in(3))
                .real("epsilon", call.number(8))
                .real("momentum", call.number(7))
                .emit();
        call.result(
                channels == 1
                        ? normalised
                        : graph.op("Transpose", normalised).ints("perm", swap).emit());
    }

    /** Emits layerNorm(input, normalizedShape, gamma, beta, eps) over the trailing axes. */
    private static void layerNorm(StepContext call) {
        call.result(call.graph()
                .op("LayerNormalization", call.in(1), call.in(3), call.in(4))
                .integer("axis", -call.integers(2).length)
                .real("epsilon", call.number(5))
                .emit());
    }

    static long[] bothEnds(long[] padding) {
        return LongStream.concat(LongStream.of(padding), LongStream.of(padding)).toArray();
    }
}
