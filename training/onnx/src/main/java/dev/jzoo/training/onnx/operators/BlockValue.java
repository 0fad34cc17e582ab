package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import dev.jzoo.onnx.TensorData;
import java.util.Optional;

/**
 * A tensor while a graph runs: an array of the engine, or values in Java. Sizes and axes are computed in Java, to avoid
 * waiting for the device. A value in Java becomes an array when an operator of the engine reads it.
 */
public final class BlockValue {

    private final Optional<TensorData> host;
    private final Optional<Parameter> parameter;
    private final boolean constant;
    private Optional<NDArray> array;

    private BlockValue(
            Optional<NDArray> array, Optional<TensorData> host, Optional<Parameter> parameter, boolean constant) {
        this.array = array;
        this.host = host;
        this.parameter = parameter;
        this.constant = constant;
    }

    public static BlockValue of(NDArray array) {
        return new BlockValue(Optional.of(array), Optional.empty(), Optional.empty(), false);
    }

    /** Wraps a value that is computed in Java in one pass. */
    public static BlockValue of(TensorData host) {
        return new BlockValue(Optional.empty(), Optional.of(host), Optional.empty(), false);
    }

    /** Wraps a value that is the same in all passes. */
    public static BlockValue constant(TensorData tensor) {
        return new BlockValue(Optional.empty(), Optional.of(tensor), Optional.empty(), true);
    }

    public static BlockValue of(Parameter parameter, NDArray array) {
        return new BlockValue(Optional.of(array), Optional.empty(), Optional.of(parameter), false);
    }

    /** Returns the values, if they are in Java. */
    public Optional<TensorData> host() {
        return host;
    }

    /** Returns the parameter whose value this is. */
    public Optional<Parameter> parameter() {
        return parameter;
    }

    /** Returns the value as an array of the engine. */
    public NDArray array(ForwardPass run) {
        if (constant) {
            return run.constants().tensor(host.orElseThrow(), run.device());
        }
        if (array.isEmpty()) {
            array = Optional.of(run.array(host.orElseThrow()));
        }
        return array.get();
    }

    /** Returns integers, flattened. Waits for the device if an operator of the engine computes them. */
    long[] longs() {
        return host.map(HostTensors::longs).orElseGet(() -> HostTensors.longs(array.orElseThrow()));
    }

    /** Returns numbers, flattened. Waits for the device if an operator of the engine computes them. */
    double[] reals() {
        return host.map(HostTensors::reals).orElseGet(() -> HostTensors.reals(array.orElseThrow()));
    }

    /** Returns the only truth value. Waits for the device if an operator of the engine computes it. */
    public boolean isTrue() {
        long[] values = longs();
        if (values.length != 1) {
            throw new IllegalArgumentException("Expected one truth value, not " + values.length + ".");
        }
        return values[0] != 0;
    }

    /** Returns the size of each axis. */
    public long[] dims() {
        return host.map(TensorData::dims).orElseGet(() -> HostTensors.dims(array.orElseThrow()));
    }

    /** Closes the array, if an operator of the engine computed it. */
    public void release() {
        if (host.isEmpty() && parameter.isEmpty()) {
            array.orElseThrow().close();
        }
    }
}
