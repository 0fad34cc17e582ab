package dev.jzoo.export;

import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.Graph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The network itself, in its framework. It is given what the network in the file really read, so that both compute from the
 * same numbers, and what it gives is compared where the network in the file ends.
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
            throw new IllegalStateException("The network gives " + outputs.size() + " outputs, its graph has "
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
