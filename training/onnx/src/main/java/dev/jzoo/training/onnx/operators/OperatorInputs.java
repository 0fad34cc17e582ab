package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.List;
import java.util.Optional;

/**
 * What an operator gets each time it runs.
 *
 * @param run that it is part of
 * @param inputs those left out are empty; trailing ones may be missing
 */
public record OperatorInputs(ForwardPass run, List<Optional<BlockValue>> inputs) {

    /** Whether an input is there. */
    boolean has(int input) {
        return input < inputs.size() && inputs.get(input).isPresent();
    }

    BlockValue value(int input) {
        return inputs.get(input).orElseThrow();
    }

    /** An input that the operator needs. */
    NDArray array(int input) {
        return value(input).array(run);
    }

    /** The first input. */
    NDArray x() {
        return array(0);
    }

    /** Size of each axis of an input. */
    long[] dims(int input) {
        return value(input).dims();
    }

    int rank() {
        return dims(0).length;
    }

    /** Integers that an input gives, flattened. */
    long[] longs(int input) {
        return value(input).longs();
    }

    /** Integers that an input gives; empty where it is left out. */
    Optional<long[]> longsIfGiven(int input) {
        return has(input) ? Optional.of(longs(input)) : Optional.empty();
    }

    /** A number that an input gives. */
    double real(int input, double otherwise) {
        return has(input) ? value(input).reals()[0] : otherwise;
    }

    Optional<Parameter> parameter(int input) {
        return has(input) ? value(input).parameter() : Optional.empty();
    }

    /** A number of the type of the first input. */
    NDArray scalar(double value) {
        return run.scalar(value, x());
    }

    /** Below whatever a network computes, and finite, since infinity times 0 is no number. */
    static double lowest(NDArray like) {
        return like.getDataType() == DataType.FLOAT16 ? -6e4 : -1e30;
    }

    /** The same values in memory of their own. */
    public static NDArray copy(NDArray x) {
        return ArithmeticOperators.copy(x);
    }

    /** The same values in a handle of their own. */
    public static NDArray view(NDArray x) {
        return x.reshape(x.getShape());
    }

    public static NDArray reshaped(NDArray x, long... dims) {
        return x.reshape(new Shape(dims));
    }
}
