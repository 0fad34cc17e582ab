package dev.jzoo.export.djl.primitives;

import dev.jzoo.onnx.GraphBuilder;
import java.util.Map;

/** The activations, including the softmax family. */
final class ActivationPrimitives {

    private ActivationPrimitives() {}

    static void addTo(Map<String, Primitives.Emitter> table) {
        Map.of(
                        "relu", "Relu",
                        "sigmoid", "Sigmoid",
                        "selu", "Selu",
                        "softPlus", "Softplus",
                        "softSign", "Softsign")
                .forEach((primitive, operator) -> table.put(
                        primitive,
                        call -> call.result(
                                call.graph().op(operator, call.in(0)).emit())));
        table.put("elu", call -> alpha(call, "Elu"));
        table.put("leakyRelu", call -> alpha(call, "LeakyRelu"));
        table.put("gelu", ActivationPrimitives::gelu);
        table.put("mish", ActivationPrimitives::mish);
        table.put("softmax", call -> alongAxis(call, "Softmax"));
        table.put("logSoftmax", call -> alongAxis(call, "LogSoftmax"));
    }

    private static void alpha(StepContext call, String operator) {
        call.result(call.graph()
                .op(operator, call.in(0))
                .real("alpha", call.number(1))
                .emit());
    }

    private static void alongAxis(StepContext call, String operator) {
        call.result(call.graph()
                .op(operator, call.in(0))
                .integer("axis", call.axis(1))
                .emit());
    }

    /** Emits x/2 (1 + erf(x/sqrt 2)): ONNX has Gelu from opset 20. */
    private static void gelu(StepContext call) {
        GraphBuilder graph = call.graph();
        String scaled = graph.op("Mul", call.in(0), graph.constant((float) Math.sqrt(0.5)))
                .emit();
        String erf = graph.op("Erf", scaled).emit();
        String gate = graph.op("Add", erf, graph.constant(1f)).emit();
        String half = graph.op("Mul", call.in(0), graph.constant(0.5f)).emit();
        call.result(graph.op("Mul", half, gate).emit());
    }

    /** Emits x tanh(log2(1 + e^x)): DJL takes the logarithm to base 2, unlike Mish in its paper and in ONNX. */
    private static void mish(StepContext call) {
        GraphBuilder graph = call.graph();
        String softplus = graph.op("Softplus", call.in(0)).emit();
        String base2 = graph.op("Mul", softplus, graph.constant((float) (1 / Math.log(2))))
                .emit();
        String gate = graph.op("Tanh", base2).emit();
        call.result(graph.op("Mul", call.in(0), gate).emit());
    }
}
