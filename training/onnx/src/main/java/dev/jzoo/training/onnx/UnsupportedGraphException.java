package dev.jzoo.training.onnx;

import dev.jzoo.zoo.error.JZooException;
import java.util.List;

/** A graph has nodes that cannot be trained here. Names all of them at once. */
public final class UnsupportedGraphException extends JZooException {

    private final List<String> nodes;

    private static final String HINT =
            "Cut the graph in front of them with OnnxBlock.read(FILE, TENSOR), or take its features"
                    + " through ONNX Runtime and train a new head only.";

    /**
     * @param nodes each node with the reason: "Loop '/decoder/loop': ..."
     */
    public UnsupportedGraphException(List<String> nodes) {
        super(Code.BAD_INPUT, text(nodes), HINT);
        this.nodes = List.copyOf(nodes);
    }

    /**
     * @param fault what is wrong with a node, or with the graph
     * @param cause how it was found
     */
    UnsupportedGraphException(String fault, Throwable cause) {
        super(Code.BAD_INPUT, text(List.of(fault)), HINT, cause);
        this.nodes = List.of(fault);
    }

    private static String text(List<String> nodes) {
        return nodes.size() == 1
                ? "The graph cannot be trained: " + nodes.get(0)
                : nodes.size() + " nodes of the graph cannot be trained:\n  " + String.join("\n  ", nodes);
    }

    /** Each node with the reason. */
    public List<String> nodes() {
        return nodes;
    }
}
