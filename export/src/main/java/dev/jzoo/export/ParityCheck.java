package dev.jzoo.export;

import dev.jzoo.export.onnx.OnnxFile;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.SessionSettings.Optimisation;
import dev.jzoo.inference.Tensor;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a file in ONNX Runtime and its network in the framework. The file is run whole, on random inputs of its own; the
 * tensors that its network reads are made outputs and given to the framework, so that both compute from the same numbers.
 */
final class ParityCheck {

    private final SourceNetwork network;
    private final OnnxFile file;
    private final Border border;
    private final Tolerance tolerance;
    private final Map<Integer, Computed> computed = new HashMap<>();

    /** What the framework gives for what. */
    private record Computed(List<Tensor> inputs, List<Tensor> outputs) {}

    ParityCheck(SourceNetwork network, OnnxFile file, Border border, Tolerance tolerance) {
        this.network = network;
        this.file = file;
        this.border = border;
        this.tolerance = tolerance;
    }

    /** Compares at each batch size, with ONNX Runtime's optimisations off and on. */
    Parity run() throws IOException {
        Examples examples = new Examples(file.graph().inputs(), network, border);
        Map<Integer, Map<String, Tensor>> given = new LinkedHashMap<>();
        Examples.BATCHES.forEach(batch -> given.put(batch, examples.of(batch)));
        if (border.readsInputs(file.graph())) {
            // The framework needs most memory while it runs, ONNX Runtime from here on: not both at once.
            given.forEach((batch, tensors) -> expected(batch, border.inputs(tensors, Map.of())));
        }
        Comparison comparison = new Comparison(tolerance);
        try (Probe probe = new Probe(file.withGraph(border.exposed(file.graph())))) {
            for (Optimisation level : Optimisation.values()) {
                try (OnnxModel model = probe.open(level)) {
                    for (int batch : Examples.BATCHES) {
                        Map<String, Tensor> actual = model.run(given.get(batch));
                        List<Tensor> read = border.inputs(given.get(batch), actual);
                        compare(batch, expected(batch, read), actual, comparison);
                    }
                }
            }
        }
        return new Parity(
                comparison.values(),
                Examples.BATCHES,
                comparison.maxAbsolute(),
                comparison.maxError(),
                comparison.disagreement());
    }

    /** The framework's outputs, computed once for inputs that are the same at both levels of optimisation. */
    private List<Tensor> expected(int batch, List<Tensor> inputs) {
        Computed last = computed.get(batch);
        if (last == null || !last.inputs().equals(inputs)) {
            last = new Computed(inputs, network.run(inputs));
            computed.put(batch, last);
        }
        return last.outputs();
    }

    private void compare(int batch, List<Tensor> expected, Map<String, Tensor> actual, Comparison comparison) {
        for (int i = 0; i < expected.size(); i++) {
            String name = border.written().get(i).name();
            comparison.add(name + " at batch " + batch, expected.get(i), actual.get(name));
        }
    }
}
