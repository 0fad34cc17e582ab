package dev.jzoo.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The inputs of one call at a time. Their memory and shapes are kept from call to call. */
final class NativeInputs implements AutoCloseable {

    private final List<Port> ports;
    private final Map<String, NativeTensor> kept = new HashMap<>();
    private final Map<String, OnnxTensor> tensors = new LinkedHashMap<>();

    NativeInputs(List<Port> ports) {
        this.ports = ports;
    }

    /** Returns whether types and shapes equal those of the last call, so that no check is needed; false for texts. */
    boolean repeat(Map<String, Tensor> given) {
        if (given.size() != ports.size()) {
            return false;
        }
        for (Port port : ports) {
            Tensor tensor = given.get(port.name());
            NativeTensor last = kept.get(port.name());
            if (tensor == null || last == null || tensor.type() != port.type().carrier() || !last.is(tensor.sizes())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns ONNX Runtime's tensors by input name. They are valid until {@link #release}. The given tensors must have been
     * checked.
     */
    Map<String, OnnxTensor> fill(Map<String, Tensor> given) throws OrtException {
        for (Port port : ports) {
            Tensor tensor = Objects.requireNonNull(given.get(port.name()));
            if (NativeTensor.holds(port.type())) {
                numbers(port, tensor.sizes()).write(tensor);
            } else {
                String[] texts = (String[]) tensor.elements();
                tensors.put(port.name(), TextBridge.tensor(texts, tensor.sizes()));
            }
        }
        return tensors;
    }

    private NativeTensor numbers(Port port, long[] shape) throws OrtException {
        NativeTensor last = kept.get(port.name());
        if (last != null && last.is(shape)) {
            return last;
        }
        // out of the map first: reshaping closes it, whether it succeeds or not
        kept.remove(port.name());
        tensors.remove(port.name());
        NativeTensor fresh = last == null ? NativeTensor.of(port.type(), shape) : last.reshaped(shape);
        kept.put(port.name(), fresh);
        tensors.put(port.name(), fresh.tensor());
        return fresh;
    }

    /** Releases texts, and memory of more than {@link ReusableRun#KEPT_BYTES}, after a call. */
    void release() {
        for (Port port : ports) {
            NativeTensor numbers = kept.get(port.name());
            if (numbers == null) {
                OnnxTensor texts = tensors.remove(port.name());
                if (texts != null) {
                    texts.close();
                }
            } else if (numbers.capacity() > ReusableRun.KEPT_BYTES) {
                kept.remove(port.name());
                tensors.remove(port.name());
                numbers.close();
            }
        }
    }

    @Override
    public void close() {
        release();
        kept.values().forEach(NativeTensor::close);
        kept.clear();
        tensors.clear();
    }
}
