package dev.jzoo.training.onnx;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.GraphChecker;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.onnx.passes.GraphPass;
import dev.jzoo.training.onnx.MergedWeights.SplitGraph;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The graph of a file, prepared for training: pruned, in one form for all opsets, optionally with dropout. */
final class TrainableGraph {

    private static final Set<String> LAYERS = Set.of("Conv", "Gemm", "MatMul");

    private TrainableGraph() {}

    static SplitGraph of(OnnxFile file, List<String> outputs, OptionalDouble dropout) {
        Graph cut = outputs.isEmpty() ? file.graph() : cut(file.graph(), outputs);
        Graph needed = needed(cut);
        List<String> faults = GraphChecker.unusable(needed, file.opset());
        if (!faults.isEmpty()) {
            throw new UnsupportedGraphException(faults);
        }
        SplitGraph split = trainable(trimmed(needed), file.opset());
        return dropout.isPresent()
                ? new SplitGraph(dropping(split.graph(), dropout.getAsDouble()), split.uses())
                : split;
    }

    /**
     * Returns the graph ready to train. Even if all nodes are valid, a constant may have a value that its operator does
     * not accept.
     */
    private static SplitGraph trainable(Graph graph, long opset) {
        try {
            Graph canonical = GraphPass.canonicalForm(opset).apply(graph);
            SplitGraph split = MergedWeights.split(HalfWeights.widened(Branches.open(canonical, opset)));
            return new SplitGraph(HalfWeights.withMasters(split.graph()), split.uses());
        } catch (IllegalArgumentException
                | IllegalStateException
                | IndexOutOfBoundsException
                | ArithmeticException
                | ClassCastException e) {
            throw new UnsupportedGraphException(
                    "an operator does not accept one of its constants: " + e.getMessage(), e);
        }
    }

    private static Graph cut(Graph graph, List<String> names) {
        List<ValueInfo> outputs = new ArrayList<>();
        for (String name : names) {
            boolean written =
                    graph.nodes().stream().anyMatch(node -> node.outputs().contains(name));
            if (!written) {
                throw new IllegalArgumentException("The graph has no tensor '" + name + "'. Its last nodes write "
                        + graph.nodes().stream()
                                .skip(Math.max(0, graph.nodes().size() - 5))
                                .flatMap(node -> node.outputs().stream())
                                .toList()
                        + ".");
            }
            outputs.add(Stream.concat(graph.outputs().stream(), graph.values().stream())
                    .filter(value -> value.name().equals(name))
                    .findFirst()
                    .orElse(new ValueInfo(name, DataType.FLOAT, List.of())));
        }
        return graph.withOutputs(outputs);
    }

    /** Returns the graph with only the nodes that an output depends on. */
    private static Graph needed(Graph graph) {
        Map<String, Node> writers = new HashMap<>();
        graph.nodes().forEach(node -> node.outputs().forEach(output -> writers.put(output, node)));
        // Removes the name of omitted inputs.
        writers.remove("");
        Set<Node> reached = new HashSet<>();
        Deque<String> open = new ArrayDeque<>();
        graph.outputs().forEach(output -> open.add(output.name()));
        while (!open.isEmpty()) {
            Node writer = writers.get(open.pop());
            if (writer != null && reached.add(writer)) {
                open.addAll(writer.inputs());
                writer.bodies().forEach(body -> capture(body, open));
            }
        }
        List<Node> nodes = graph.nodes().stream().filter(reached::contains).toList();
        return new Graph(graph.name(), graph.inputs(), graph.outputs(), graph.initializers(), nodes, graph.values());
    }

    /** Returns the graph with only those outputs of each node that are read. */
    private static Graph trimmed(Graph graph) {
        Deque<String> names = new ArrayDeque<>();
        capture(graph, names);
        Set<String> read = new HashSet<>(names);
        List<Node> nodes = graph.nodes().stream()
                // A Split's number of outputs is its number of parts, and an If has the outputs of its branches.
                .map(node -> Set.of("Split", "If").contains(node.opType())
                        ? node
                        : node.withOutputs(read(node.outputs(), read)))
                .toList();
        return new Graph(graph.name(), graph.inputs(), graph.outputs(), graph.initializers(), nodes, graph.values());
    }

    /** Collects the names that a graph reads, from outside or its own. */
    private static void capture(Graph graph, Deque<String> names) {
        graph.outputs().forEach(output -> names.add(output.name()));
        for (Node node : graph.nodes()) {
            names.addAll(node.inputs());
            node.bodies().forEach(inner -> capture(inner, names));
        }
    }

    /** Returns outputs without the last ones that are not read, so that they need not be computed. */
    private static List<String> read(List<String> outputs, Set<String> read) {
        int count = outputs.size();
        while (count > 1 && !read.contains(outputs.get(count - 1))) {
            count--;
        }
        return outputs.subList(0, count);
    }

    private static Graph dropping(Graph graph, double ratio) {
        Map<String, TensorData> initializers = new LinkedHashMap<>(graph.initializers());
        String name = free(graph, "/dropout/ratio");
        initializers.put(name, TensorData.scalar((float) ratio));
        List<Node> nodes = new ArrayList<>(graph.nodes());
        if (nodes.stream().anyMatch(TrainableGraph::isDropout)) {
            nodes.replaceAll(node ->
                    isDropout(node) ? node.withInputs(List.of(node.inputs().get(0), name)) : node);
        } else {
            Node last = lastLayer(graph)
                    .orElseThrow(
                            () -> new IllegalArgumentException(
                                    "Cannot add dropout: the network has no Gemm, MatMul or Conv before which to drop values."));
            String dropped = free(graph, "/dropout/output");
            nodes.add(
                    nodes.indexOf(last),
                    new Node(
                            "Dropout",
                            "",
                            "/dropout",
                            List.of(last.inputs().get(0), name),
                            List.of(dropped),
                            new TreeMap<>()));
            List<String> inputs = new ArrayList<>(last.inputs());
            inputs.set(0, dropped);
            nodes.set(nodes.indexOf(last), last.withInputs(inputs));
        }
        return new Graph(graph.name(), graph.inputs(), graph.outputs(), initializers, nodes, graph.values());
    }

    private static boolean isDropout(Node node) {
        return node.domain().isEmpty() && node.opType().equals("Dropout");
    }

    private static Optional<Node> lastLayer(Graph graph) {
        return graph.nodes().stream()
                .filter(node -> node.domain().isEmpty() && LAYERS.contains(node.opType()))
                .filter(node -> holdsWeights(graph, node.inputs().get(1)))
                .reduce((first, second) -> second);
    }

    /** Returns whether a tensor is a constant, or a constant in another type. */
    private static boolean holdsWeights(Graph graph, String name) {
        return graph.initializers().containsKey(name)
                || graph.nodes().stream()
                        .anyMatch(node -> node.opType().equals("Cast")
                                && node.outputs().contains(name)
                                && graph.initializers()
                                        .containsKey(node.inputs().get(0)));
    }

    private static String free(Graph graph, String name) {
        Set<String> taken = graph.names();
        String candidate = name;
        while (taken.contains(candidate)) {
            candidate += "'";
        }
        return candidate;
    }
}
