package dev.jzoo.scratch.layers;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import java.util.function.DoubleUnaryOperator;

/** An activation function that is applied to each value, y = f(x), with dL/dx = f'(x) dL/dy. */
public final class Elementwise implements NeuralLayer {

    /** The functions with their derivatives. */
    public enum Function {
        /** max(0, x); its derivative is 1 above 0, and 0 elsewhere. */
        RELU(x -> Math.max(0, x), (x, y) -> x > 0 ? 1 : 0),
        /** x above 0, x / 100 below. */
        LEAKY_RELU(x -> x > 0 ? x : 0.01 * x, (x, y) -> x > 0 ? 1 : 0.01),
        /** 1 / (1 + e^-x); its derivative is y (1 - y), at most 1/4. */
        SIGMOID(Function::logistic, (x, y) -> y * (1 - y)),
        /** tanh x; its derivative is 1 - y², at most 1. */
        TANH(Math::tanh, (x, y) -> 1 - y * y),
        /** x; its derivative is 1. */
        IDENTITY(x -> x, (x, y) -> 1);

        private interface Derivative {
            double at(double x, double y);
        }

        private final DoubleUnaryOperator value;
        private final Derivative derivative;

        Function(DoubleUnaryOperator value, Derivative derivative) {
            this.value = value;
            this.derivative = derivative;
        }

        /** Returns f(x). */
        public double at(double x) {
            return value.applyAsDouble(x);
        }

        /** Returns f'(x). */
        public double derivativeAt(double x) {
            return derivative.at(x, at(x));
        }

        /** Returns 1 / (1 + e^-x), with e^x for negative x, because e^-x overflows there. */
        private static double logistic(double x) {
            if (x >= 0) {
                return 1 / (1 + Math.exp(-x));
            }
            double exp = Math.exp(x);
            return exp / (1 + exp);
        }
    }

    private final Function function;
    private Array input;
    private Array output;

    /** Creates a layer that applies a function. */
    public Elementwise(Function function) {
        this.function = function;
    }

    /** Creates a layer of rectified linear units. */
    public static Elementwise relu() {
        return new Elementwise(Function.RELU);
    }

    /** Creates a layer of logistic sigmoids. */
    public static Elementwise sigmoid() {
        return new Elementwise(Function.SIGMOID);
    }

    /** Creates a layer of hyperbolic tangents. */
    public static Elementwise tanh() {
        return new Elementwise(Function.TANH);
    }

    /** Returns the function. */
    public Function function() {
        return function;
    }

    @Override
    public Array forward(Array input, Phase phase) {
        this.input = input;
        output = function == Function.RELU ? rectified(input) : input.map(function.value);
        return output;
    }

    /** Returns max(0, x). ReLU has its own two loops, because a call of a function for each value takes longer than the function. */
    private static Array rectified(Array input) {
        Array result = Array.zeros(input.shape());
        double[] x = input.values();
        double[] y = result.values();
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.max(0, x[i]);
        }
        return result;
    }

    /** Returns dL/dy where x is above 0, and 0 elsewhere, without a branch that the processor would guess wrong half of the time. */
    private Array rectifiedGradient(Array gradient) {
        Array result = Array.zeros(gradient.shape());
        double[] x = input.values();
        double[] dy = gradient.values();
        double[] dx = result.values();
        for (int i = 0; i < dx.length; i++) {
            dx[i] = dy[i] * (0.5 - Math.copySign(0.5, 0.0 - x[i]));
        }
        return result;
    }

    @Override
    public Array backward(Array gradient) {
        return function == Function.RELU
                ? rectifiedGradient(gradient)
                : input.map(output, function.derivative::at).times(gradient);
    }
}
