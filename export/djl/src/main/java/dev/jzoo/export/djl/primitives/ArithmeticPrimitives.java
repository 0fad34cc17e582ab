package dev.jzoo.export.djl.primitives;

import ai.djl.ndarray.types.DataType;
import dev.jzoo.export.djl.recording.RecordedTensor;
import dev.jzoo.onnx.GraphBuilder;
import java.util.Map;

/**
 * Arithmetic, comparison and logic of two operands. The engine casts operands of different types; ONNX requires equal
 * types.
 */
final class ArithmeticPrimitives {

    private ArithmeticPrimitives() {}

    static void addTo(Map<String, Primitives.Emitter> table) {
        Map.of("add", "Add", "sub", "Sub", "mul", "Mul", "div", "Div", "pow", "Pow", "maximum", "Max")
                .forEach((primitive, operator) -> table.put(primitive, call -> arithmetic(call, operator)));
        table.put("minimum", ArithmeticPrimitives::minimum);
        table.put("mod", ArithmeticPrimitives::mod);
        table.put("xlogy", ArithmeticPrimitives::xlogy);
        table.put("atan2", ArithmeticPrimitives::atan2);
        Map.of("eq", "Equal", "gt", "Greater", "gte", "GreaterOrEqual", "lt", "Less", "lte", "LessOrEqual")
                .forEach((primitive, operator) -> table.put(primitive, call -> call.result(compare(call, operator))));
        table.put(
                "neq",
                call -> call.result(
                        call.graph().op("Not", compare(call, "Equal")).emit()));
        Map.of("logicalAnd", "And", "logicalOr", "Or", "logicalXor", "Xor")
                .forEach((primitive, operator) -> table.put(primitive, call -> logic(call, operator)));
        table.put(
                "logicalNot",
                call -> call.result(call.graph().op("Not", bool(call, 0)).emit()));
        table.put("where", ArithmeticPrimitives::where);
        table.put("clip", ArithmeticPrimitives::clip);
        table.put("toType", call -> call.result(call.cast(call.in(0), call.type(0), call.resultType())));
    }

    private static void arithmetic(StepContext call, String operator) {
        var type = call.resultType();
        call.result(call.graph()
                .op(operator, call.operand(0, type), call.operand(1, type))
                .emit());
    }

    /** Emits the smaller operand. The minimum of a ReLU and a number, as in ReLU6, becomes a Clip. */
    private static void minimum(StepContext call) {
        if (call.isTensor(1) || !call.isOnlyFor(0, "relu") || call.resultType() != call.type(0)) {
            arithmetic(call, "Min");
            return;
        }
        var type = call.resultType();
        String zero = call.graph().constant(DjlTypes.scalar(type, 0));
        call.result(call.graph()
                .op("Clip", call.before(0), zero, call.operand(1, type))
                .emit());
    }

    /** Emits the remainder with the divisor's sign; ONNX's Mod of real numbers has the dividend's sign. */
    private static void mod(StepContext call) {
        var type = call.resultType();
        GraphBuilder graph = call.graph();
        String dividend = call.operand(0, type);
        String divisor = call.operand(1, type);
        if (!type.isFloating()) {
            call.result(graph.op("Mod", dividend, divisor).emit());
            return;
        }
        String quotient = graph.op("Div", dividend, divisor).emit();
        String whole = graph.op("Floor", quotient).emit();
        String rest = graph.op("Mul", whole, divisor).emit();
        call.result(graph.op("Sub", dividend, rest).emit());
    }

    /** Emits x log y, and 0 if x is 0. */
    private static void xlogy(StepContext call) {
        var type = call.resultType();
        GraphBuilder graph = call.graph();
        String x = call.operand(0, type);
        String product = graph.op(
                        "Mul", x, graph.op("Log", call.operand(1, type)).emit())
                .emit();
        String zero = graph.constant(DjlTypes.scalar(type, 0));
        String isZero = graph.op("Equal", x, zero).emit();
        call.result(graph.op("Where", isZero, zero, product).emit());
    }

    /**
     * Emits the angle of the point (x, y), where y is the receiver: atan(y / x), plus or minus half a turn if x is
     * negative. If x is 0, the angle is a quarter of a turn.
     */
    private static void atan2(StepContext call) {
        var type = call.resultType();
        GraphBuilder graph = call.graph();
        String y = call.operand(0, type);
        String x = call.operand(1, type);
        String zero = graph.constant(DjlTypes.scalar(type, 0));
        String side = graph.op(
                        "Where",
                        graph.op("Less", y, zero).emit(),
                        graph.constant(DjlTypes.scalar(type, -Math.PI)),
                        graph.constant(DjlTypes.scalar(type, Math.PI)))
                .emit();
        String onAxis = graph.op("Equal", x, zero).emit();
        String divisor = graph.op("Where", onAxis, graph.constant(DjlTypes.scalar(type, 1)), x)
                .emit();
        String angle = graph.op("Atan", graph.op("Div", y, divisor).emit()).emit();
        String turned = graph.op(
                        "Where",
                        graph.op("Less", x, zero).emit(),
                        graph.op("Add", angle, side).emit(),
                        angle)
                .emit();
        String quarter = graph.op("Mul", graph.op("Sign", y).emit(), graph.constant(DjlTypes.scalar(type, Math.PI / 2)))
                .emit();
        call.result(graph.op("Where", onAxis, quarter, turned).emit());
    }

    private static String compare(StepContext call, String operator) {
        var type = DjlTypes.of(common(call));
        return call.graph()
                .op(operator, call.operand(0, type), call.operand(1, type))
                .emit();
    }

    /** Returns the type in which the engine compares. */
    private static DataType common(StepContext call) {
        RecordedTensor left = call.tensor(0);
        if (call.isTensor(1)) {
            RecordedTensor right = call.tensor(1);
            return promote(left, right.type(), right.shape().isScalar());
        }
        Number number = call.example(1);
        DataType type = number instanceof Double
                ? DataType.FLOAT64
                : number instanceof Float ? DataType.FLOAT32 : number instanceof Long ? DataType.INT64 : DataType.INT32;
        return promote(left, type, true);
    }

    /**
     * Returns the type of a result. Booleans become integers, and these become real numbers. Within a kind a scalar
     * takes the other operand's type, and the narrower type becomes the wider.
     */
    private static DataType promote(RecordedTensor left, DataType right, boolean rightIsScalar) {
        DataType ours = left.type();
        if (kind(ours) != kind(right)) {
            return kind(ours) > kind(right) ? ours : right;
        } else if (left.shape().isScalar() != rightIsScalar) {
            return rightIsScalar ? ours : right;
        }
        return ours.getNumOfBytes() >= right.getNumOfBytes() ? ours : right;
    }

    private static int kind(DataType type) {
        return type.isFloating() ? 2 : type.isBoolean() ? 0 : 1;
    }

    private static void logic(StepContext call, String operator) {
        call.result(call.graph().op(operator, bool(call, 0), bool(call, 1)).emit());
    }

    static String bool(StepContext call, int argument) {
        return call.operand(argument, dev.jzoo.onnx.DataType.BOOL);
    }

    /** Emits x.where(condition, other). */
    private static void where(StepContext call) {
        var type = call.resultType();
        call.result(call.graph()
                .op("Where", bool(call, 1), call.operand(0, type), call.operand(2, type))
                .emit());
    }

    private static void clip(StepContext call) {
        var type = call.resultType();
        call.result(call.graph()
                .op("Clip", call.operand(0, type), call.operand(1, type), call.operand(2, type))
                .emit());
    }
}
