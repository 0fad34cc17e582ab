package dev.jzoo.export;

import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.Graph;
import java.util.Map;

/** What a file shall compute: its outputs and, where it can be told, what stands between its nodes. */
interface Reference {

    /** What the two are called in words. */
    Difference.Sides sides();

    /** The graph of a file with those tensors as outputs that the reference wants to see besides the graph's own. */
    Graph exposed(Graph graph);

    /**
     * Computes what can be computed before the file is run: nothing if not said.
     *
     * @param graph of the file
     * @param given inputs of the file, by name; the same objects that {@link #outputs} is given later
     */
    default void anticipate(Graph graph, Map<String, Tensor> given) {}

    /**
     * The outputs that are compared.
     *
     * @param given inputs of the file, by name
     * @param results of the exposed graph, by name
     * @return expected values by name, in order
     */
    Map<String, Tensor> outputs(Map<String, Tensor> given, Map<String, Tensor> results);

    /** As {@link #outputs}, of tensors between the nodes: by name, as far as the reference can tell them. */
    Map<String, Tensor> intermediates(Map<String, Tensor> given, Map<String, Tensor> results);
}
