package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.jzoo.onnx.passes.StridedWalk;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Element-wise operators: arithmetic, comparisons, rounding. */
final class ArithmeticOperators {

    private ArithmeticOperators() {}

    static void addTo(Map<String, Operator.OperatorFactory> table) {
        binary(table, "Add", NDArray::add);
        binary(table, "Sub", NDArray::sub);
        binary(table, "Mul", NDArray::mul);
        table.put("Div", Operator.plain(call -> divided(call.x(), call.array(1))));
        table.put("Pow", Operator.plain(call -> power(call.x(), call.array(1))));
        table.put("Mod", ArithmeticOperators::mod);
        table.put("Sum", folding(NDArray::add));
        table.put("Max", folding(NDArray::maximum));
        table.put("Min", folding(NDArray::minimum));
        table.put("Mean", Operator.plain(call -> fold(call, NDArray::add)
                .div(call.scalar(call.inputs().size()))));
        unary(table, "Abs", NDArray::abs);
        unary(table, "Ceil", NDArray::ceil);
        unary(table, "Exp", NDArray::exp);
        unary(table, "Floor", NDArray::floor);
        unary(table, "Log", NDArray::log);
        unary(table, "Neg", NDArray::neg);
        unary(table, "Round", NDArray::round);
        unary(table, "Sign", NDArray::sign);
        unary(table, "Sqrt", NDArray::sqrt);
        unary(table, "Sin", NDArray::sin);
        unary(table, "Cos", NDArray::cos);
        unary(table, "Tan", NDArray::tan);
        unary(table, "Asin", NDArray::asin);
        unary(table, "Acos", NDArray::acos);
        unary(table, "Atan", NDArray::atan);
        unary(table, "Sinh", NDArray::sinh);
        unary(table, "Cosh", NDArray::cosh);
        unary(table, "Erf", NDArray::erf);
        table.put("Reciprocal", Operator.plain(call -> call.scalar(1).div(call.x())));
        inverseHyperbolic(table);
        comparisons(table);
        table.put("Where", Operator.plain(ArithmeticOperators::where));
        table.put("Clip", Operator.plain(ArithmeticOperators::clip));
        table.put("Cast", settings -> {
            DataType type = type(settings.integer("to", 0));
            return Operator.single(call -> cast(call.x(), type));
        });
        table.put(
                "CastLike", Operator.plain(call -> cast(call.x(), call.array(1).getDataType())));
        table.put("Identity", Operator.plain(call -> OperatorInputs.view(call.x())));
    }

    private static void comparisons(Map<String, Operator.OperatorFactory> table) {
        binary(table, "Equal", NDArray::eq);
        binary(table, "Greater", NDArray::gt);
        binary(table, "GreaterOrEqual", NDArray::gte);
        binary(table, "Less", NDArray::lt);
        binary(table, "LessOrEqual", NDArray::lte);
        binary(table, "And", NDArray::logicalAnd);
        binary(table, "Or", NDArray::logicalOr);
        binary(table, "Xor", NDArray::logicalXor);
        unary(table, "Not", NDArray::logicalNot);
        unary(table, "IsNaN", NDArray::isNaN);
        table.put("IsInf", settings -> {
            boolean negative = settings.integer("detect_negative", 1) != 0;
            boolean positive = settings.integer("detect_positive", 1) != 0;
            return Operator.single(call -> {
                NDArray above = call.x().eq(call.scalar(positive ? Double.POSITIVE_INFINITY : Double.NaN));
                NDArray below = call.x().eq(call.scalar(negative ? Double.NEGATIVE_INFINITY : Double.NaN));
                return above.logicalOr(below);
            });
        });
    }

    /** Adds functions that the engine does not have. */
    private static void inverseHyperbolic(Map<String, Operator.OperatorFactory> table) {
        table.put("Asinh", Operator.plain(call -> {
            // Uses the magnitude, because x + sqrt(x^2 + 1) loses all digits of a negative x.
            NDArray size = call.x().abs();
            NDArray positive =
                    size.add(size.square().add(call.scalar(1)).sqrt()).log();
            return positive.mul(call.x().sign());
        }));
        table.put("Acosh", Operator.plain(call -> call.x()
                .add(call.x().square().sub(call.scalar(1)).sqrt())
                .log()));
        table.put("Atanh", Operator.plain(call -> call.scalar(1)
                .add(call.x())
                .div(call.scalar(1).sub(call.x()))
                .log()
                .mul(call.scalar(0.5))));
    }

    private static void unary(
            Map<String, Operator.OperatorFactory> table, String opType, UnaryOperator<NDArray> function) {
        table.put(opType, Operator.plain(call -> function.apply(call.x())));
    }

    private static void binary(
            Map<String, Operator.OperatorFactory> table, String opType, BinaryOperator<NDArray> function) {
        table.put(opType, Operator.plain(call -> function.apply(call.x(), call.array(1))));
    }

    private static Operator.OperatorFactory folding(BinaryOperator<NDArray> function) {
        return Operator.plain(call -> fold(call, function));
    }

    private static NDArray fold(OperatorInputs call, BinaryOperator<NDArray> function) {
        NDArray result = call.x();
        for (int i = 1; i < call.inputs().size(); i++) {
            result = function.apply(result, call.array(i));
        }
        return call.inputs().size() == 1 ? OperatorInputs.view(result) : result;
    }

    /** Divides; integers are rounded towards 0, where the engine would return fractions. */
    private static NDArray divided(NDArray x, NDArray y) {
        NDArray quotient = x.div(y);
        return x.getDataType().isFloating() ? quotient : quotient.trunc().toType(x.getDataType(), false);
    }

    private static NDArray power(NDArray x, NDArray exponent) {
        NDArray typed = cast(exponent, x.getDataType());
        return exponent.getDataType().isFloating() && !x.getDataType().isFloating()
                ? x.toType(exponent.getDataType(), false).pow(exponent).toType(x.getDataType(), false)
                : x.pow(typed);
    }

    /** Returns Mod. The result has the sign of the divisor, or with fmod that of the dividend. */
    private static Operator mod(NodeAttributes settings) {
        if (!settings.flag("fmod")) {
            return Operator.single(call -> call.x().mod(call.array(1)));
        }
        return Operator.single(call -> {
            NDArray x = call.x();
            NDArray y = call.array(1);
            NDArray whole = x.div(y).trunc();
            return x.sub(whole.mul(y)).toType(x.getDataType(), false);
        });
    }

    private static NDArray where(OperatorInputs call) {
        NDArray yes = call.array(1);
        NDArray no = call.array(2);
        // The engine's own where does not broadcast its operands.
        Shape shape = new Shape(StridedWalk.broadcast(
                StridedWalk.broadcast(call.dims(0), HostTensors.dims(yes)), HostTensors.dims(no)));
        return yes.broadcast(shape).getNDArrayInternal().where(call.x().broadcast(shape), no.broadcast(shape));
    }

    /** Clips values. Constant bounds stay numbers, which is faster. */
    private static NDArray clip(OperatorInputs call) {
        NDArray x = call.x();
        boolean floating = x.getDataType().isFloating();
        if (floating && isConstant(call, 1) && isConstant(call, 2)) {
            double least = call.real(1, Double.NEGATIVE_INFINITY);
            double most = call.real(2, Double.POSITIVE_INFINITY);
            return x.clip(Math.min(least, most), most);
        }
        NDArray result = x;
        if (call.has(1)) {
            result = result.maximum(call.array(1));
        }
        if (call.has(2)) {
            result = result.minimum(call.array(2));
        }
        return result == x ? OperatorInputs.view(x) : result;
    }

    private static boolean isConstant(OperatorInputs call, int input) {
        return !call.has(input) || call.value(input).host().isPresent();
    }

    static DataType type(long code) {
        dev.jzoo.onnx.DataType type;
        try {
            type = dev.jzoo.onnx.DataType.of((int) code);
        } catch (IllegalArgumentException e) {
            throw new UnsupportedOperationException(e.getMessage());
        }
        return HostTensors.type(type)
                .orElseThrow(() -> new UnsupportedOperationException("the engine has no tensors of " + type));
    }

    /**
     * Casts to another type, always in a new handle. The engine's conversion does not pass a gradient; writing into an
     * array of the other type does.
     */
    static NDArray cast(NDArray x, DataType type) {
        if (x.getDataType() == type) {
            return OperatorInputs.view(x);
        }
        return x.getDataType().isFloating() && type.isFloating() ? copy(x, type) : x.toType(type, true);
    }

    /** Copies values to new memory. The engine's own copy does not pass a gradient. */
    static NDArray copy(NDArray x) {
        return x.getDataType().isFloating() ? copy(x, x.getDataType()) : x.duplicate();
    }

    private static NDArray copy(NDArray x, DataType type) {
        boolean single = x.getShape().dimension() == 0;
        Shape shape = single ? new Shape(1) : x.getShape();
        NDArray written = x.getManager().zeros(shape, type, x.getDevice());
        written.set(new NDIndex().addAllDim(), single ? x.reshape(shape) : x);
        return single ? written.reshape(new Shape()) : written;
    }
}
