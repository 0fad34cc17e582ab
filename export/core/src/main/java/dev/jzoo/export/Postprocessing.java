package dev.jzoo.export;

import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.ValueInfo;
import java.util.Arrays;

/** What stands in the graph behind a network's output, so that whoever runs the file gets what it is for. */
public interface Postprocessing {

    /**
     * Adds the nodes.
     *
     * @param graph where to
     * @param output what the network gives
     * @return what the file gives in its place
     */
    ValueInfo emit(GraphBuilder graph, ValueInfo output);

    /** Probabilities from logits, over the last axis: {@code [batch, classes]} to the same. */
    static Postprocessing softmax(String name) {
        return (graph, output) -> {
            graph.scope("postprocess")
                    .op("Softmax", output.name())
                    .integer("axis", -1)
                    .emitAs(name);
            return output.named(name);
        };
    }

    /** Puts the axes into another order. */
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
