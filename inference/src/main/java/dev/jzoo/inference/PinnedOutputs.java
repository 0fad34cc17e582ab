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
 * Memory that ONNX Runtime writes outputs to, kept from call to call. An output has such memory where its declared axes
 * are fixed or have names that the inputs give a size to, so that its shape is known before the call; of the others,
 * such as NonZero's, ONNX Runtime allocates what they need. The rest of the class's work is to survive a declaration that
 * is wrong: ONNX Runtime refuses memory of another shape, and leaves untouched that of an output which is an input too.
 */
final class PinnedOutputs implements AutoCloseable {

    private final List<Port> inputs;
    private final List<Port> outputs;
    private final Set<String> refused;
    private final Map<String, NativeTensor> pins = new LinkedHashMap<>();
    private final Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    private final Set<String> others = new LinkedHashSet<>();

    /** @param refused names of outputs that are not to be pinned; all calls of a model share and extend them */
    PinnedOutputs(List<Port> inputs, List<Port> outputs, Set<String> refused) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.refused = refused;
    }

    /** Chooses what to pin of the wanted outputs, and gives memory to it. */
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

    /** The sizes of the named axes of the inputs. */
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

    /** The shape that an output will have; empty where that is not known. */
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

    /** The pinned outputs, to be given to a call; each is marked, so that it is seen whether the call wrote to it. */
    Map<String, OnnxTensor> tensors() {
        pins.values().forEach(NativeTensor::markUntouched);
        return tensors;
    }

    /** The wanted outputs that are not pinned. */
    Set<String> others() {
        return others;
    }

    /** Whether nothing is pinned. */
    boolean isEmpty() {
        return pins.isEmpty();
    }

    /** Whether an output is pinned. */
    boolean has(String output) {
        return pins.containsKey(output);
    }

    /** What the call wrote to a pinned output. */
    Tensor read(String output) {
        return Objects.requireNonNull(pins.get(output)).read();
    }

    /** Whether the call wrote to all of them; those that it did not write to are not pinned again. */
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

    /** Pins none of these again. */
    void refuse() {
        refused.addAll(pins.keySet());
    }

    /** Pins nothing until {@link #pin} is called again. */
    @Override
    public void close() {
        pins.values().forEach(NativeTensor::close);
        pins.clear();
        tensors.clear();
        others.clear();
    }
}
