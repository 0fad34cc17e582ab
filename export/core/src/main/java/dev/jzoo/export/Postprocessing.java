package dev.jzoo.export;

import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.ValueInfo;
import java.util.Arrays;

/** Nodes that follow a network's output in the graph, so that the file returns the final result. */
public interface Postprocessing {

    /**
     * Adds the nodes.
     *
     * @param graph the graph that gets the nodes
     * @param output the network's output
     * @return the file's output in its place
     */
    ValueInfo emit(GraphBuilder graph, ValueInfo output);

    /** Converts logits to probabilities over the last axis, with the same shape {@code [batch, classes]}. */
    static Postprocessing softmax(String name) {
        return (graph, output) -> {
            graph.scope("postprocess")
                    .op("Softmax", output.name())
                    .integer("axis", -1)
                    .emitAs(name);
            return output.named(name);
        };
    }

    /** Transposes the axes into another order. */
    static Postprocessing transposed(String name, int... order) {
        return (graph, output) -> {
            graph.scope("postprocess")
                    .op("Transpose", output.name())
                    .ints("perm", Arrays.stream(order).asLongStream().toArray())
                    .emitAs(name);
            return new ValueInfo(
                    name,
                    output.type(),
                    Arrays.stream(order).mapToObj(output.shape()::get).toList());
        };
    }

    /** Undoes a min-max scaling: {@code y (max - min) + min}. */
    static Postprocessing unscale(String name, double min, double max) {
        return (graph, output) -> {
            graph.scope("postprocess");
            String range = graph.constant((float) (max - min));
            String stretched = graph.op("Mul", output.name(), range).emit();
            graph.op("Add", stretched, graph.constant((float) min)).emitAs(name);
            return output.named(name);
        };
    }
}
