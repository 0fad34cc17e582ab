package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.List;
import java.util.Optional;

/**
 * The inputs of an operator in one pass.
 *
 * @param run the pass
 * @param inputs the inputs; omitted ones are empty, and trailing ones may be missing
 */
public record OperatorInputs(ForwardPass run, List<Optional<BlockValue>> inputs) {

    /** Returns whether an input is present. */
    boolean has(int input) {
        return input < inputs.size() && inputs.get(input).isPresent();
    }

    BlockValue value(int input) {
        return inputs.get(input).orElseThrow();
    }

    /** Returns a required input. */
    NDArray array(int input) {
        return value(input).array(run);
    }

    /** Returns the first input. */
    NDArray x() {
        return array(0);
    }

    /** Returns the size of each axis of an input. */
    long[] dims(int input) {
        return value(input).dims();
    }

    int rank() {
        return dims(0).length;
    }

    /** Returns the integers of an input, flattened. */
    long[] longs(int input) {
        return value(input).longs();
    }

    /** Returns the integers of an input; empty if it is omitted. */
    Optional<long[]> longsIfGiven(int input) {
        return has(input) ? Optional.of(longs(input)) : Optional.empty();
    }

    /** Returns the number of an input. */
    double real(int input, double otherwise) {
        return has(input) ? value(input).reals()[0] : otherwise;
    }

    Optional<Parameter> parameter(int input) {
        return has(input) ? value(input).parameter() : Optional.empty();
    }

    /** Returns a number in the type of the first input. */
    NDArray scalar(double value) {
        return run.scalar(value, x());
    }

    /** Returns a finite number below all values of networks. Not minus infinity, because infinity times 0 is NaN. */
    static double lowest(NDArray like) {
        return like.getDataType() == DataType.FLOAT16 ? -6e4 : -1e30;
    }

    /** Returns the same values in new memory. */
    public static NDArray copy(NDArray x) {
        return ArithmeticOperators.copy(x);
    }

    /** Returns the same values in a new handle. */
    public static NDArray view(NDArray x) {
        return x.reshape(x.getShape());
    }

    public static NDArray reshaped(NDArray x, long... dims) {
        return x.reshape(new Shape(dims));
    }
}
