package dev.jzoo.export;

import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.SessionSettings.Optimisation;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.OnnxFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a file in ONNX Runtime, whole and on random inputs of its own, and compares its outputs with a reference.
 *
 * @param file as it would be written
 * @param reference what it shall compute
 * @param examples inputs of the file
 * @param tolerance how far its outputs may be from the reference
 */
record ParityCheck(OnnxFile file, Reference reference, ParityInputs examples, Tolerance tolerance) {

    /** Compares at each batch size, with ONNX Runtime's optimisations off and on. */
    Parity run() throws IOException {
        Map<Integer, Map<String, Tensor>> given = new LinkedHashMap<>();
        ParityInputs.BATCHES.forEach(batch -> given.put(batch, examples.of(batch)));
        // The reference may need much memory while it computes, ONNX Runtime from here on: not both at once.
        given.values().forEach(inputs -> reference.anticipate(file.graph(), inputs));
        List<Parity.OutputParity> outcomes = new ArrayList<>();
        try (MappedModelFile probe = new MappedModelFile(file.withGraph(reference.exposed(file.graph())))) {
            for (Optimisation level : Optimisation.values()) {
                try (OnnxModel model = probe.open(level)) {
                    for (int batch : ParityInputs.BATCHES) {
                        compare(model, level, batch, given.get(batch), outcomes);
                    }
                }
            }
        }
        return new Parity(outcomes, "");
    }

    private void compare(
            OnnxModel model,
            Optimisation level,
            int batch,
            Map<String, Tensor> given,
            List<Parity.OutputParity> outcomes) {
        Map<String, Tensor> actual = model.run(given);
        reference.outputs(given, actual).forEach((output, expected) -> {
            Difference difference = Difference.of(expected, actual.get(output), tolerance, reference.sides());
            outcomes.add(new Parity.OutputParity(
                    output,
                    batch,
                    level,
                    difference.values(),
                    difference.maxAbsolute(),
                    difference.maxError(),
                    difference.excess(),
                    difference.worst()));
        });
    }
}
