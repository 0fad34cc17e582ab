package dev.jzoo.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A read-only summary of an ONNX file. It works for any file that a runtime loads, even if {@link OnnxFile#read} rejects it
 * because a part has no form in a {@link Graph}. Local functions are inlined.
 *
 * @param file the model without those parts; texts and the values of external constants cannot be read from it
 * @param inputs of the graph
 * @param outputs of the graph
 * @param operators number of nodes by operator, including bodies; operators of other domains than the standard one have the
 *     domain as a prefix
 * @param parameters number of values in constants of the types that store weights: floating point, and integers of at most
 *     8 bits
 * @param external names of the separate files with weights, as the model names them
 * @param functions names of the local functions
 * @param unsupported descriptions of the parts that have no form in a graph
 */
public record OnnxOutline(
        OnnxFile file,
        List<OutlinePort> inputs,
        List<OutlinePort> outputs,
        SortedMap<String, Long> operators,
        long parameters,
        List<String> external,
        List<String> functions,
        List<String> unsupported) {

    /**
     * An input or an output of any kind.
     *
     * @param type as in the ONNX specification: "float", "seq(map(int64, float))"
     * @param shape size or name of each axis of a tensor, "?" for an axis that has neither; "..." if not even the number of
     *     axes is declared; empty for a scalar and for anything other than a tensor
     */
    public record OutlinePort(String name, String type, List<String> shape) {
        public OutlinePort {
            shape = List.copyOf(shape);
        }
    }

    public OnnxOutline {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        operators = Collections.unmodifiableSortedMap(new TreeMap<>(operators));
        external = List.copyOf(external);
        functions = List.copyOf(functions);
        unsupported = List.copyOf(unsupported);
    }

    /**
     * Reads a file. Reads only the names of its external data.
     *
     * @throws dev.jzoo.zoo.error.DataFormatException if it is not an ONNX model
     */
    public static OnnxOutline read(Path path) throws IOException {
        return OutlineReader.read(path);
    }

    /**
     * Reads a model from memory.
     *
     * @param source name of the bytes for messages
     * @throws dev.jzoo.zoo.error.DataFormatException if they are not an ONNX model
     */
    public static OnnxOutline read(String source, byte[] bytes) throws IOException {
        return OutlineReader.read(source, bytes);
    }

    /** Returns the number of nodes, including bodies. */
    public long nodes() {
        return operators.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns the nodes of a graph and of its bodies, in their order. */
    static List<Node> nodes(Graph graph) {
        List<Node> nodes = new ArrayList<>();
        for (Node node : graph.nodes()) {
            nodes.add(node);
            bodies(node).forEach(body -> nodes.addAll(nodes(body)));
        }
        return nodes;
    }

    /** Returns the graphs among a node's attributes. */
    static List<Graph> bodies(Node node) {
        return node.attributes().values().stream()
                .filter(Attribute.Subgraph.class::isInstance)
                .map(attribute -> ((Attribute.Subgraph) attribute).value())
                .toList();
    }
}
