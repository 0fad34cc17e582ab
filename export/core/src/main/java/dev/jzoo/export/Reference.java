package dev.jzoo.export;

import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.Graph;
import java.util.Map;

/** The expected computation of a file: its outputs and, if known, the values between its nodes. */
interface Reference {

    /** Returns the names of both sides, for messages. */
    Difference.Sides sides();

    /** Returns a file's graph with further outputs, which this reference needs to see. */
    Graph exposed(Graph graph);

    /**
     * Computes ahead, before the file runs. The default does nothing.
     *
     * @param graph graph of the file
     * @param given inputs of the file, by name; the same objects that {@link #outputs} is given later
     */
    default void anticipate(Graph graph, Map<String, Tensor> given) {}

    /**
     * Returns the outputs that are compared.
     *
     * @param given inputs of the file, by name
     * @param results results of the exposed graph, by name
     * @return expected values by name, in order
     */
    Map<String, Tensor> outputs(Map<String, Tensor> given, Map<String, Tensor> results);

    /** Returns the known tensors between the nodes, by name, from the same arguments as {@link #outputs}. */
    Map<String, Tensor> intermediates(Map<String, Tensor> given, Map<String, Tensor> results);
}
