package dev.jzoo.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is in an ONNX file, for somebody who looks and changes nothing: of any file that a runtime loads, also where {@link
 * OnnxFile#read} refuses it because a part has no form in a {@link Graph}. Local functions are put in place of their calls.
 *
 * @param file the model without those parts; values of constants outside the file, and texts, cannot be read from it
 * @param inputs of the graph
 * @param outputs of the graph
 * @param operators number of nodes by operator, those of bodies included; the domain stands before the operator of another
 *     than the standard one
 * @param parameters number of values in the constants that weights are stored in: floating point, and integers of 8 bits or
 *     fewer
 * @param external the files beside the model that its weights lie in, as it names them
 * @param functions names of the local functions
 * @param unsupported the parts that have no form in a graph, in words
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
     * @param type as the ONNX specification writes it: "float", "seq(map(int64, float))"
     * @param shape size or name of each axis of a tensor, "?" for one that has neither; "..." where not even the number of
     *     axes is declared; empty for a scalar and for what is not a tensor
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
     * Reads a file; of its external data, no more than their names.
     *
     * @throws dev.jzoo.zoo.error.DataFormatException where it is no ONNX
     */
    public static OnnxOutline read(Path path) throws IOException {
        return OutlineReader.read(path);
    }

    /**
     * Reads a model from memory.
     *
     * @param source what the bytes are, for messages
     * @throws dev.jzoo.zoo.error.DataFormatException where they are no ONNX
     */
    public static OnnxOutline read(String source, byte[] bytes) throws IOException {
        return OutlineReader.read(source, bytes);
    }

    /** Number of nodes, those of bodies included. */
    public long nodes() {
        return operators.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The nodes of a graph and of the bodies in it, in their order. */
    static List<Node> nodes(Graph graph) {
        List<Node> nodes = new ArrayList<>();
        for (Node node : graph.nodes()) {
            nodes.add(node);
            bodies(node).forEach(body -> nodes.addAll(nodes(body)));
        }
        return nodes;
    }

    /** The graphs among a node's attributes. */
    static List<Graph> bodies(Node node) {
        return node.attributes().values().stream()
                .filter(Attribute.Subgraph.class::isInstance)
                .map(attribute -> ((Attribute.Subgraph) attribute).value())
                .toList();
    }
}
