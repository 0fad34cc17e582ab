package dev.jzoo.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.jzoo.zoo.card.Dimension;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Memory that ONNX Runtime writes outputs to, kept from call to call. An output is pinned to such memory if its shape is
 * known before the call: its declared axes are fixed, or have names whose sizes the inputs determine. ONNX Runtime
 * allocates the other outputs, such as NonZero's. The rest of the class handles wrong declarations: ONNX Runtime rejects
 * memory of another shape, and does not write to the memory of an output that is also an input.
 */
final class PinnedOutputs implements AutoCloseable {

    private final List<Port> inputs;
    private final List<Port> outputs;
    private final Set<String> refused;
    private final Map<String, NativeTensor> pins = new LinkedHashMap<>();
    private final Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    private final Set<String> others = new LinkedHashSet<>();

    /** @param refused names of outputs that must not be pinned; all calls of a model share and extend this set */
    PinnedOutputs(List<Port> inputs, List<Port> outputs, Set<String> refused) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.refused = refused;
    }

    /** Chooses the wanted outputs to pin and allocates their memory. */
    void pin(Map<String, Tensor> given, Set<String> wanted) throws OrtException {
        close();
        Map<Dimension, Long> sizes = sizes(given);
        for (Port output : outputs) {
            if (!wanted.contains(output.name()) || refused.contains(output.name()) || !isReadInPlace(output)) {
                continue;
            }
            long[] shape = shape(output, sizes);
            long bytes = NativeTensor.bytes(output.type(), shape);
            if (shape.length > 0 && bytes > 0 && bytes <= ReusableRun.KEPT_BYTES) {
                NativeTensor pin = NativeTensor.of(output.type(), shape);
                pins.put(output.name(), pin);
                tensors.put(output.name(), pin.tensor());
            }
        }
        wanted.stream().filter(name -> !pins.containsKey(name)).forEach(others::add);
    }

    private static boolean isReadInPlace(Port output) {
        return switch (output.type()) {
            case FLOAT, DOUBLE, INT32, INT64 -> true;
            default -> false;
        };
    }

    /** Returns the sizes of the named axes of the inputs. */
    private Map<Dimension, Long> sizes(Map<String, Tensor> given) {
        Map<Dimension, Long> sizes = new HashMap<>();
        for (Port input : inputs) {
            for (int axis = 0; axis < input.shape().size(); axis++) {
                if (input.shape().get(axis) instanceof Dimension.SymbolicDimension symbol) {
                    Tensor tensor = Objects.requireNonNull(given.get(input.name()));
                    sizes.put(symbol, tensor.sizes()[axis]);
                }
            }
        }
        return sizes;
    }

    /** Returns the shape that an output will have; empty if unknown. */
    private static long[] shape(Port output, Map<Dimension, Long> sizes) {
        long[] shape = new long[output.shape().size()];
        for (int axis = 0; axis < shape.length; axis++) {
            Dimension declared = output.shape().get(axis);
            OptionalLong fixed = declared.fixedSize();
            Long size = fixed.isPresent() ? Long.valueOf(fixed.getAsLong()) : sizes.get(declared);
            if (size == null) {
                return new long[0];
            }
            shape[axis] = size;
        }
        return shape;
    }

    /**
     * Returns the pinned outputs for a call. Each is marked, so that {@link #areWritten} detects whether the call wrote to
     * it.
     */
    Map<String, OnnxTensor> tensors() {
        pins.values().forEach(NativeTensor::markUntouched);
        return tensors;
    }

    /** Returns the wanted outputs that are not pinned. */
    Set<String> others() {
        return others;
    }

    /** Returns whether nothing is pinned. */
    boolean isEmpty() {
        return pins.isEmpty();
    }

    /** Returns whether an output is pinned. */
    boolean has(String output) {
        return pins.containsKey(output);
    }

    /** Returns the value that the call wrote to a pinned output. */
    Tensor read(String output) {
        return Objects.requireNonNull(pins.get(output)).read();
    }

    /** Returns whether the call wrote to all pinned outputs. Unwritten ones are not pinned again. */
    boolean areWritten() {
        boolean written = true;
        for (Map.Entry<String, NativeTensor> pin : pins.entrySet()) {
            if (pin.getValue().isUntouched()) {
                refused.add(pin.getKey());
                written = false;
            }
        }
        return written;
    }

    /** Excludes the currently pinned outputs from pinning. */
    void refuse() {
        refused.addAll(pins.keySet());
    }

    /** Releases all pins. */
    @Override
    public void close() {
        pins.values().forEach(NativeTensor::close);
        pins.clear();
        tensors.clear();
        others.clear();
    }
}
