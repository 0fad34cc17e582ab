package dev.jzoo.finetune.base;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.onnx.passes.GraphPass;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Joins a {@link GraphBuilder}'s graphs to a foreign graph. The foreign graph keeps its names; a new name that already
 * exists is changed. Nodes that no output needs are removed.
 */
final class Splice {

    /** Oldest opset in which Cast, Div, Gather, Gemm, Softmax, Sub and Transpose have their current form. */
    private static final int OLDEST = 7;

    private Splice() {}

    /** Returns a builder of nodes that a file of that opset can contain. */
    static GraphBuilder builder(OnnxFile file) {
        long opset = Math.min(file.opset(), GraphBuilder.NEWEST_OPSET);
        return new GraphBuilder((int) Math.max(opset, GraphBuilder.OLDEST_OPSET));
    }

    /** Returns whether such nodes are valid in the file. */
    static boolean takes(OnnxFile file) {
        return file.opset() >= OLDEST;
    }

    /** Puts a part with one input and one output before an input of a graph. The part's input replaces it. */
    static Graph before(Graph part, ValueInfo input, Graph graph) {
        Map<String, String> names = free(part, graph.names());
        names.put(part.outputs().get(0).name(), input.name());
        Graph renamed = renamed(part, names);
        List<ValueInfo> inputs = new ArrayList<>(renamed.inputs());
        graph.inputs().stream().filter(other -> !other.equals(input)).forEach(inputs::add);
        return joined(graph, renamed, graph, inputs, graph.outputs());
    }

    /**
     * Puts a part after tensors of a graph, one for each of the part's inputs. The part's outputs become the outputs.
     */
    static Graph behind(Graph graph, List<String> tensors, Graph part) {
        Graph read = upTo(tensors, graph);
        Map<String, String> names = free(part, read.names());
        for (int i = 0; i < tensors.size(); i++) {
            names.put(part.inputs().get(i).name(), tensors.get(i));
        }
        Graph renamed = renamed(part, names);
        return joined(graph, read, renamed, read.inputs(), renamed.outputs());
    }

    /** Returns the graph that some tensors need, so that the names of later tensors are free. */
    private static Graph upTo(List<String> tensors, Graph graph) {
        return GraphPass.pruning().apply(ending(graph, tensors));
    }

    /** Returns the same graph with some of its tensors as outputs. */
    static Graph ending(Graph graph, List<String> tensors) {
        List<ValueInfo> outputs = tensors.stream()
                .map(tensor -> new ValueInfo(tensor, DataType.FLOAT, List.of(new Dimension.UnknownDimension())))
                .toList();
        return new Graph(graph.name(), graph.inputs(), outputs, graph.initializers(), graph.nodes(), List.of());
    }

    private static Graph joined(
            Graph named, Graph first, Graph second, List<ValueInfo> inputs, List<ValueInfo> outputs) {
        Map<String, TensorData> initializers = new LinkedHashMap<>(first.initializers());
        initializers.putAll(second.initializers());
        List<Node> nodes = new ArrayList<>(first.nodes());
        nodes.addAll(second.nodes());
        // Value infos of inner tensors may be true for the file's own batch size only.
        return new Graph(named.name(), inputs, outputs, initializers, nodes, List.of());
    }

    /** Returns a name for every tensor and node of a part that is unique in the part and in the other graph. */
    private static Map<String, String> free(Graph part, Set<String> taken) {
        Set<String> used = new HashSet<>(taken);
        used.addAll(part.names());
        Map<String, String> names = new LinkedHashMap<>();
        for (String name : part.names()) {
            String free = name;
            for (int i = 1; taken.contains(name) && used.contains(free); i++) {
                free = name + "_" + i;
            }
            used.add(free);
            names.put(name, free);
        }
        return names;
    }

    private static Graph renamed(Graph part, Map<String, String> names) {
        Function<String, String> name = old -> names.getOrDefault(old, old);
        Map<String, TensorData> initializers = new LinkedHashMap<>();
        part.initializers().forEach((key, value) -> initializers.put(name.apply(key), value));
        List<Node> nodes = part.nodes().stream()
                .map(node -> new Node(
                        node.opType(),
                        node.domain(),
                        name.apply(node.name()),
                        node.inputs().stream().map(name).toList(),
                        node.outputs().stream().map(name).toList(),
                        node.attributes()))
                .toList();
        return new Graph(
                part.name(),
                part.inputs().stream()
                        .map(input -> input.named(name.apply(input.name())))
                        .toList(),
                part.outputs().stream()
                        .map(output -> output.named(name.apply(output.name())))
                        .toList(),
                initializers,
                nodes,
                List.of());
    }
}
