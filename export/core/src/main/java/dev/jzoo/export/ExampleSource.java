package dev.jzoo.export;

import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.OnnxFile;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the inputs of a comparison come from: what the user declares, what the network tells, and for the rest what
 * {@link InputSearch} finds.
 *
 * @param runs the network
 * @param declared its inputs, as far as the user declares them
 */
record ExampleSource(NetworkRuns runs, List<InputDeclaration> declared) {

    /** Of the network's inputs, before its graph is there. */
    ParityInputs found() {
        return search().find(known());
    }

    /** Of the network's inputs, without a search. */
    ParityInputs told() {
        return new ParityInputs(runs.network().inputs(), known());
    }

    /**
     * Of the network's inputs, with what it tells once its graph is there.
     *
     * @param found before
     * @param parameters of the network
     */
    ParityInputs completed(ParityInputs found, long parameters) {
        return search().complete(found, known(), parameters);
    }

    /** Of a file's inputs, where pre-processing stands before the network. */
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
