package dev.jzoo.export;

import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.SessionSettings.Optimisation;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A comparison of a whole file in ONNX Runtime, on random inputs, with a reference.
 *
 * @param file the file as it would be written
 * @param reference the expected computation
 * @param examples inputs of the file
 * @param tolerance allowed difference between the file's outputs and the reference
 */
record ParityCheck(OnnxFile file, Reference reference, ParityInputs examples, Tolerance tolerance) {

    /** Compares at each batch size, with ONNX Runtime's optimisations off and on. */
    Parity run() throws IOException {
        Map<Integer, Map<String, Tensor>> given = new LinkedHashMap<>();
        examples.batches().forEach(batch -> given.put(batch, examples.of(batch)));
        // The reference may need much memory while it computes, and so does ONNX Runtime from here on: never run both
        // at once.
        given.values().forEach(inputs -> reference.anticipate(file.graph(), inputs));
        List<Parity.OutputParity> outcomes = new ArrayList<>();
        try (MappedModelFile probe = new MappedModelFile(file.withGraph(reference.exposed(file.graph())))) {
            for (Optimisation level : Optimisation.values()) {
                try (OnnxModel model = probe.open(level)) {
                    for (int batch : examples.batches()) {
                        compare(model, level, batch, given.get(batch), outcomes);
                    }
                } catch (IOException e) {
                    outcomes.add(
                            failed(e.getMessage(), level, examples.batches().get(0)));
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
        Map<String, Tensor> actual;
        try {
            actual = model.run(given);
        } catch (JZooException | IllegalArgumentException e) {
            outcomes.add(failed(e.getMessage(), level, batch));
            return;
        }
        // If examples differ in magnitude, each is measured by its own magnitude.
        Tolerance scaled =
                examples.isSpread(batch) ? tolerance.relativeTo(Tolerance.ErrorScale.LARGEST_OF_EXAMPLE) : tolerance;
        reference.outputs(given, actual).forEach((output, expected) -> {
            Tolerance allowed = scaled.within(file.graph(), type(output));
            Difference difference = Difference.of(expected, actual.get(output), allowed, reference.sides());
            outcomes.add(new Parity.OutputParity(
                    output,
                    batch,
                    level,
                    difference.values(),
                    difference.unusable(),
                    difference.maxAbsolute(),
                    difference.maxError(),
                    difference.excess(),
                    difference.worst()));
        });
    }

    private DataType type(String output) {
        return reference.exposed(file.graph()).outputs().stream()
                .filter(port -> port.name().equals(output))
                .map(ValueInfo::type)
                .findFirst()
                .orElse(DataType.FLOAT);
    }

    /** Returns an outcome with infinite differences, for a file that does not run. */
    private Parity.OutputParity failed(String said, Optimisation level, int batch) {
        double infinite = Double.POSITIVE_INFINITY;
        return new Parity.OutputParity(
                "every output",
                batch,
                level,
                0,
                0,
                infinite,
                infinite,
                infinite,
                reference.sides().actual() + " fails: " + said);
    }
}
