package dev.jzoo.export.djl.primitives;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import java.util.Map;

/** Functions that apply to each element. */
final class FunctionPrimitives {

    private FunctionPrimitives() {}

    static void addTo(Map<String, Primitives.Emitter> table) {
        Map.ofEntries(
                        Map.entry("exp", "Exp"),
                        Map.entry("log", "Log"),
                        Map.entry("sqrt", "Sqrt"),
                        Map.entry("neg", "Neg"),
                        Map.entry("abs", "Abs"),
                        Map.entry("sign", "Sign"),
                        Map.entry("floor", "Floor"),
                        Map.entry("ceil", "Ceil"),
                        Map.entry("round", "Round"),
                        Map.entry("sin", "Sin"),
                        Map.entry("cos", "Cos"),
                        Map.entry("tan", "Tan"),
                        Map.entry("asin", "Asin"),
                        Map.entry("acos", "Acos"),
                        Map.entry("atan", "Atan"),
                        Map.entry("sinh", "Sinh"),
                        Map.entry("cosh", "Cosh"),
                        Map.entry("tanh", "Tanh"),
                        Map.entry("erf", "Erf"),
                        Map.entry("isNaN", "IsNaN"),
                        Map.entry("isInfinite", "IsInf"))
                .forEach((primitive, operator) -> table.put(primitive, call -> function(call, operator)));
        table.put("square", call -> {
            String x = call.in(0);
            call.result(call.graph().op("Mul", x, x).emit());
        });
        table.put("trunc", FunctionPrimitives::trunc);
        table.put("cbrt", call -> with(call, "Pow", real(call, 0), 1.0 / 3));
        table.put("log2", call -> with(call, "Mul", log(call), 1 / Math.log(2)));
        table.put("log10", call -> with(call, "Mul", log(call), 1 / Math.log(10)));
        table.put("toDegrees", call -> with(call, "Mul", real(call, 0), 180 / Math.PI));
        table.put("toRadians", call -> with(call, "Mul", real(call, 0), Math.PI / 180));
    }

    private static void function(StepContext call, String operator) {
        String x = call.resultType().isFloating() ? real(call, 0) : call.in(0);
        call.result(call.graph().op(operator, x).emit());
    }

    /** Returns an operand in the type of the result: functions of integers return real numbers. */
    private static String real(StepContext call, int argument) {
        return call.operand(argument, call.resultType());
    }

    private static String log(StepContext call) {
        return call.graph().op("Log", real(call, 0)).emit();
    }

    private static void with(StepContext call, String operator, String x, double number) {
        DataType type = call.resultType();
        call.result(call.graph()
                .op(operator, x, call.graph().constant(DjlTypes.scalar(type, number)))
                .emit());
    }

    /** Emits rounding towards 0: sign(x) floor|x|. */
    private static void trunc(StepContext call) {
        GraphBuilder graph = call.graph();
        String whole = graph.op("Floor", graph.op("Abs", call.in(0)).emit()).emit();
        call.result(graph.op("Mul", graph.op("Sign", call.in(0)).emit(), whole).emit());
    }
}
