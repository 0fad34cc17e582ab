package dev.jzoo.export;

import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.ValueInfo;

/** What stands in the graph before a network's input, so that whoever runs the file need not know it. */
public interface Preprocessing {

    /** What the file takes in place of the network's own input. */
    ValueInfo input();

    /**
     * Adds the nodes.
     *
     * @param graph where to
     * @param input name of the file's input
     * @return name of the tensor that the network reads
     */
    String emit(GraphBuilder graph, String input);
}
