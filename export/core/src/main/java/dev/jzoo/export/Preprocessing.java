package dev.jzoo.export;

import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.ValueInfo;

/** Nodes that precede a network's input in the graph, so that you can run the file without knowing them. */
public interface Preprocessing {

    /** Returns the file's input, which replaces the network's own input. */
    ValueInfo input();

    /**
     * Adds the nodes.
     *
     * @param graph the graph that gets the nodes
     * @param input name of the file's input
     * @return name of the tensor that the network reads
     */
    String emit(GraphBuilder graph, String input);
}
