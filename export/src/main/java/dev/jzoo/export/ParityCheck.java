package dev.jzoo.export;

import dev.jzoo.export.onnx.OnnxFile;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.SessionSettings.Optimisation;
import dev.jzoo.inference.Tensor;
import java.io.IOException;
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

    ParityCheck(SourceNetwork network, OnnxFile file, Border border, Tolerance tolerance) {
        this.network = network;
        this.file = file;
        this.border = border;
        this.tolerance = tolerance;
    }

    /** Compares at each batch size, with ONNX Runtime's optimisations off and on. */
    Parity run() throws IOException {
        Examples examples = new Examples(file.graph().inputs(), network, border);
        Comparison comparison = new Comparison(tolerance);
        try (Probe probe = new Probe(file.withGraph(border.exposed(file.graph())))) {
            for (Optimisation level : Optimisation.values()) {
                try (OnnxModel model = probe.open(level)) {
                    for (int batch : Examples.BATCHES) {
                        Map<String, Tensor> given = examples.of(batch);
                        Map<String, Tensor> actual = model.run(given);
                        compare(batch, network.run(border.inputs(given, actual)), actual, comparison);
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

    private void compare(int batch, List<Tensor> expected, Map<String, Tensor> actual, Comparison comparison) {
        for (int i = 0; i < expected.size(); i++) {
            String name = border.written().get(i).name();
            comparison.add(name + " at batch " + batch, expected.get(i), actual.get(name));
        }
    }
}
