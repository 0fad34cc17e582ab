package dev.jzoo.export;

import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.Graph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The reference for an export: the network itself, in its framework. It gets the values that the network in the file
 * read, so both compute from the same numbers. Its results are compared with the tensors at the end of the network in
 * the file.
 */
final class FrameworkReference implements Reference {

    private final NetworkRuns runs;
    private final NetworkBorder border;

    FrameworkReference(NetworkRuns runs, NetworkBorder border) {
        this.runs = runs;
        this.border = border;
    }

    @Override
    public Difference.Sides sides() {
        return Difference.Sides.FRAMEWORK;
    }

    @Override
    public Graph exposed(Graph graph) {
        return border.exposed(graph);
    }

    @Override
    public void anticipate(Graph graph, Map<String, Tensor> given) {
        if (border.readsInputs(graph)) {
            runs.run(border.inputs(given, Map.of()));
        }
    }

    @Override
    public Map<String, Tensor> outputs(Map<String, Tensor> given, Map<String, Tensor> results) {
        List<Tensor> outputs = runs.run(border.inputs(given, results));
        if (outputs.size() != border.written().size()) {
            throw new IllegalStateException("The network returned " + outputs.size() + " outputs, but its graph has "
                    + border.written().size() + ".");
        }
        Map<String, Tensor> named = new LinkedHashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            named.put(border.written().get(i).name(), outputs.get(i));
        }
        return named;
    }

    @Override
    public Map<String, Tensor> intermediates(Map<String, Tensor> given, Map<String, Tensor> results) {
        return runs.network().intermediates(border.inputs(given, results));
    }
}
