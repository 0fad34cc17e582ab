package dev.jzoo.scratch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * A number that remembers how it was computed. {@link #backward} then computes the derivative of the number with respect to every
 * number it was computed from: reverse-mode automatic differentiation, after Karpathy's micrograd.
 */
public final class Value {

    private double data;
    private double gradient;
    private final String operation;
    private final List<Value> operands;
    private Runnable chainRule = () -> {};

    private Value(double data, String operation, Value... operands) {
        this.data = data;
        this.operation = operation;
        this.operands = List.of(operands);
    }

    /** Creates a number that was not computed from others: an input or a weight. */
    public static Value of(double data) {
        return new Value(data, "");
    }

    /** Returns the number. */
    public double data() {
        return data;
    }

    /** Changes a weight. Values that were computed from it keep their numbers. */
    public void set(double other) {
        data = other;
    }

    /** Returns d(result)/d(this) after {@code result.backward()}. */
    public double gradient() {
        return gradient;
    }

    /** Returns the operation that computed this value, such as "+"; empty for an input. */
    public String operation() {
        return operation;
    }

    /** Returns the values that this one was computed from. */
    public List<Value> operands() {
        return operands;
    }

    /** Returns the sum. d(a + b)/da = 1. */
    public Value plus(Value other) {
        Value sum = new Value(data + other.data, "+", this, other);
        sum.chainRule = () -> {
            gradient += sum.gradient;
            other.gradient += sum.gradient;
        };
        return sum;
    }

    /** Returns the product. d(a b)/da = b. */
    public Value times(Value other) {
        Value product = new Value(data * other.data, "*", this, other);
        product.chainRule = () -> {
            gradient += other.data * product.gradient;
            other.gradient += data * product.gradient;
        };
        return product;
    }

    /** Returns the power with a constant exponent. d(a^n)/da = n a^(n-1). */
    public Value power(double exponent) {
        Value power = new Value(Math.pow(data, exponent), "^" + exponent, this);
        power.chainRule = () -> gradient += exponent * Math.pow(data, exponent - 1) * power.gradient;
        return power;
    }

    /** Returns e^a. d(e^a)/da = e^a. */
    public Value exp() {
        Value exp = new Value(Math.exp(data), "exp", this);
        exp.chainRule = () -> gradient += exp.data * exp.gradient;
        return exp;
    }

    /** Returns the natural logarithm. d(ln a)/da = 1 / a. */
    public Value log() {
        Value log = new Value(Math.log(data), "log", this);
        log.chainRule = () -> gradient += log.gradient / data;
        return log;
    }

    /** Returns tanh a. d(tanh a)/da = 1 - tanh² a. */
    public Value tanh() {
        Value tanh = new Value(Math.tanh(data), "tanh", this);
        tanh.chainRule = () -> gradient += (1 - tanh.data * tanh.data) * tanh.gradient;
        return tanh;
    }

    /** Returns sin a. d(sin a)/da = cos a. */
    public Value sin() {
        Value sin = new Value(Math.sin(data), "sin", this);
        sin.chainRule = () -> gradient += Math.cos(data) * sin.gradient;
        return sin;
    }

    /** Returns cos a. d(cos a)/da = -sin a. */
    public Value cos() {
        Value cos = new Value(Math.cos(data), "cos", this);
        cos.chainRule = () -> gradient -= Math.sin(data) * cos.gradient;
        return cos;
    }

    /** Returns max(0, a). Its derivative is 1 above 0, and 0 elsewhere. */
    public Value relu() {
        Value relu = new Value(Math.max(0, data), "ReLU", this);
        relu.chainRule = () -> gradient += relu.data > 0 ? relu.gradient : 0;
        return relu;
    }

    /** Returns the negative. */
    public Value negate() {
        return times(of(-1));
    }

    /** Returns the difference. */
    public Value minus(Value other) {
        return plus(other.negate());
    }

    /** Returns the quotient. */
    public Value dividedBy(Value other) {
        return times(other.power(-1));
    }

    /** Returns the sum with a constant. */
    public Value plus(double constant) {
        return plus(of(constant));
    }

    /** Returns the product with a constant. */
    public Value times(double constant) {
        return times(of(constant));
    }

    /** Computes the gradients of this value with respect to all values that it was computed from, from the last operation back to the inputs. */
    public void backward() {
        List<Value> order = graph();
        order.forEach(value -> value.gradient = 0);
        gradient = 1;
        Collections.reverse(order);
        order.forEach(value -> value.chainRule.run());
    }

    /** Returns all values that this one was computed from, and itself at the end: each after its operands. */
    public List<Value> graph() {
        List<Value> order = new ArrayList<>();
        visit(order, Collections.newSetFromMap(new IdentityHashMap<>()));
        return order;
    }

    private void visit(List<Value> order, Set<Value> seen) {
        if (seen.add(this)) {
            for (Value operand : operands) {
                operand.visit(order, seen);
            }
            order.add(this);
        }
    }

    /** Returns the sum of some values. */
    public static Value sum(Value... values) {
        return Arrays.stream(values).reduce(Value::plus).orElseGet(() -> of(0));
    }

    @Override
    public String toString() {
        return "Value(" + data + ", gradient " + gradient + ")";
    }
}
