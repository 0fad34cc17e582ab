package dev.jzoo.export;

import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.OnnxFile;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The source of the inputs for a comparison: the values that the user declares, the values that the network knows, and
 * for the rest the values that {@link InputSearch} finds.
 *
 * @param runs the network
 * @param declared the inputs that the user declares
 */
record ExampleSource(NetworkRuns runs, List<InputDeclaration> declared) {

    /** Finds values for the network's inputs before its graph exists. */
    ParityInputs found() {
        return search().find(known());
    }

    /** Returns values for the network's inputs, without a search. */
    ParityInputs withoutSearch() {
        return new ParityInputs(runs.network().inputs(), known());
    }

    /**
     * Completes the values for the network's inputs with the values that the network knows once its graph exists.
     *
     * @param found the values found before
     * @param parameters number of the network's parameters
     */
    ParityInputs completed(ParityInputs found, long parameters) {
        return search().complete(found, known(), parameters);
    }

    /** Finds values for the inputs of a file that has pre-processing before the network. */
    static ParityInputs ofFile(OnnxFile file, NetworkRuns runs, NetworkBorder border) throws IOException {
        try (FileTrial trial = new FileTrial(file, new FrameworkReference(runs, border))) {
            InputSearch search =
                    new InputSearch(file.graph().inputs(), runs.network().largestBatch(), trial);
            return search.complete(search.find(Map.of()), Map.of(), file.graph().parameters());
        }
    }

    private InputSearch search() {
        return new InputSearch(runs.network().inputs(), runs.network().largestBatch(), new InputSearch.NetworkTrial() {
            @Override
            public List<Tensor> run(Map<String, Tensor> given) {
                return runs.run(List.copyOf(given.values()));
            }

            @Override
            public void reject(Map<String, Tensor> given) {
                runs.forget(List.copyOf(given.values()));
            }
        });
    }

    private Map<String, InputValues> known() {
        Map<String, InputValues> values = new HashMap<>();
        runs.network()
                .inputs()
                .forEach(input -> values.put(input.name(), runs.network().values(input)));
        declared.forEach(input -> values.merge(
                input.port().name(),
                input.values(),
                (told, given) -> given.equals(InputValues.unknown()) ? told : given));
        values.values().removeIf(InputValues.unknown()::equals);
        return values;
    }
}
