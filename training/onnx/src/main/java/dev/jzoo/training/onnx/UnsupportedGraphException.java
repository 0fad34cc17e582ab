package dev.jzoo.training.onnx;

import dev.jzoo.zoo.error.JZooException;
import java.util.List;

/** A failure because a graph has nodes that cannot be trained. Names all of them at once. */
public final class UnsupportedGraphException extends JZooException {

    private final List<String> nodes;

    private static final String HINT =
            "Cut the graph before them with OnnxBlock.read(FILE, TENSOR), or compute its features"
                    + " in ONNX Runtime and train only a new head.";

    /**
     * Creates the exception.
     *
     * @param nodes each node with the reason: "Loop '/decoder/loop': ..."
     */
    public UnsupportedGraphException(List<String> nodes) {
        super(Code.BAD_INPUT, text(nodes), HINT);
        this.nodes = List.copyOf(nodes);
    }

    /**
     * Creates the exception.
     *
     * @param fault the fault of a node or of the graph
     * @param cause the failure that revealed it
     */
    UnsupportedGraphException(String fault, Throwable cause) {
        super(Code.BAD_INPUT, text(List.of(fault)), HINT, cause);
        this.nodes = List.of(fault);
    }

    /** Creates the exception for a fault of the whole file, with advice that fits it. */
    UnsupportedGraphException(String fault, String hint) {
        super(Code.BAD_INPUT, text(List.of(fault)), hint);
        this.nodes = List.of(fault);
    }

    private static String text(List<String> nodes) {
        return nodes.size() == 1
                ? "The graph cannot be trained: " + nodes.get(0)
                : nodes.size() + " nodes of the graph cannot be trained:\n  " + String.join("\n  ", nodes);
    }

    /** Returns each node with the reason. */
    public List<String> nodes() {
        return nodes;
    }
}
