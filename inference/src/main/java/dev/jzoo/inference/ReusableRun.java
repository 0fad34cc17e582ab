package dev.jzoo.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The off-heap memory of one call, kept for the next call. A call with the input shapes and wanted outputs of the call
 * before needs neither an allocation nor a check.
 */
final class ReusableRun implements AutoCloseable {

    /**
     * Largest memory that is kept, in bytes. A larger input or output gets its own memory, which is freed after the call.
     */
    static final int KEPT_BYTES = 64 << 20;

    private final OrtSession session;
    private final NativeInputs inputs;
    private final PinnedOutputs pins;
    private final BiConsumer<Map<String, Tensor>, Set<String>> check;
    private List<String> lastWanted = List.of();
    private boolean chosen;

    /** @param check fails if inputs or names of wanted outputs do not fit the model */
    ReusableRun(
            OrtSession session,
            NativeInputs inputs,
            PinnedOutputs pins,
            BiConsumer<Map<String, Tensor>, Set<String>> check) {
        this.session = session;
        this.inputs = inputs;
        this.pins = pins;
        this.check = check;
    }

    /** Computes outputs in the requested order. Fails like the check and like ONNX Runtime. */
    Map<String, Tensor> run(Map<String, Tensor> given, Set<String> wanted) throws OrtException {
        if (!wantsTheSame(wanted) || !inputs.repeat(given)) {
            check.accept(given, wanted);
            lastWanted = List.copyOf(wanted);
            pins.close();
            chosen = false;
        } else if (!chosen) {
            // not before the second call of a kind: memory for a call that comes only once would be wasted
            pins.pin(given, wanted);
            chosen = true;
        }
        try {
            Map<String, OnnxTensor> filled = inputs.fill(given);
            return pins.isEmpty() ? unpinned(filled, wanted) : pinned(filled, wanted);
        } finally {
            inputs.release();
        }
    }

    private boolean wantsTheSame(Set<String> wanted) {
        if (wanted.size() != lastWanted.size()) {
            return false;
        }
        Iterator<String> names = wanted.iterator();
        for (String last : lastWanted) {
            if (!last.equals(names.next())) {
                return false;
            }
        }
        return true;
    }

    private Map<String, Tensor> unpinned(Map<String, OnnxTensor> filled, Set<String> wanted) throws OrtException {
        try (OrtSession.Result result = session.run(filled, wanted)) {
            Map<String, Tensor> outputs = new LinkedHashMap<>();
            for (String name : wanted) {
                outputs.put(name, Outputs.tensor(result.get(name).orElseThrow()));
            }
            return Collections.unmodifiableMap(outputs);
        }
    }

    private Map<String, Tensor> pinned(Map<String, OnnxTensor> filled, Set<String> wanted) throws OrtException {
        try (OrtSession.Result result = session.run(filled, pins.others(), pins.tensors())) {
            if (pins.areWritten()) {
                Map<String, Tensor> outputs = new LinkedHashMap<>();
                for (String name : wanted) {
                    outputs.put(
                            name,
                            pins.has(name)
                                    ? pins.read(name)
                                    : Outputs.tensor(result.get(name).orElseThrow()));
                }
                return Collections.unmodifiableMap(outputs);
            }
        } catch (OrtException e) {
            // fails again if the inputs are at fault, not the memory
            Map<String, Tensor> outputs = unpinned(filled, wanted);
            pins.refuse();
            chosen = false;
            return outputs;
        }
        chosen = false;
        return unpinned(filled, wanted);
    }

    @Override
    public void close() {
        inputs.close();
        pins.close();
    }
}
