package dev.jzoo.onnx.passes;

import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A rewriting of a graph node by node, in order. A rule sees each node with its inputs after all earlier rewritings, and
 * decides on the replacement. A node without a decision stays.
 */
final class GraphWalk {

    /** A rule for one node. */
    interface NodeRewrite {
        void visit(Node node, GraphWalk walk);
    }

    private final Graph graph;
    private final Map<String, TensorData> constants;
    private final List<Node> done = new ArrayList<>();
    private final Map<String, Integer> writers = new HashMap<>();
    private final Map<String, String> aliases = new HashMap<>();
    private final Map<String, Integer> readers = new HashMap<>();
    private final Set<String> pinned = new HashSet<>();
    private final Set<String> undescribed = new HashSet<>();
    private final Set<String> inBodies = new HashSet<>();
    private boolean changed;
    private boolean decided;

    private GraphWalk(Graph graph) {
        this.graph = graph;
        constants = new LinkedHashMap<>(graph.initializers());
        graph.outputs().forEach(output -> pinned.add(output.name()));
        graph.nodes().forEach(node -> {
            node.inputs().forEach(input -> readers.merge(input, 1, Integer::sum));
            pinCaptured(node, pinned);
            node.bodies().forEach(body -> inBodies.addAll(body.names()));
        });
    }

    /** Applies a rule to every node. Returns the same graph if the rule changes nothing. */
    static Graph run(Graph graph, NodeRewrite rule) {
        GraphWalk walk = new GraphWalk(graph);
        for (Node node : graph.nodes()) {
            Node current =
                    node.withInputs(node.inputs().stream().map(walk::resolve).toList());
            walk.decided = false;
            rule.visit(current, walk);
            if (!walk.decided) {
                walk.add(current);
            }
        }
        return walk.changed ? walk.result() : graph;
    }

    /** Adds the names that the bodies of control flow read. */
    static void pinCaptured(Node node, Set<String> names) {
        for (Graph body : node.bodies()) {
            body.outputs().forEach(output -> names.add(output.name()));
            for (Node inner : body.nodes()) {
                names.addAll(inner.inputs());
                pinCaptured(inner, names);
            }
        }
    }

    static boolean hasSubgraph(Node node) {
        return !node.bodies().isEmpty();
    }

    /** Returns whether a node is a standard operator of one of these names. */
    static boolean is(Node node, String... opTypes) {
        return node.domain().isEmpty() && List.of(opTypes).contains(node.opType());
    }

    Graph graph() {
        return graph;
    }

    Optional<TensorData> constant(String name) {
        return Optional.ofNullable(constants.get(name));
    }

    /** Returns the constant at an input of a node; empty if the input is omitted or computed. */
    Optional<TensorData> constant(Node node, int input) {
        return input < node.inputs().size() ? constant(node.inputs().get(input)) : Optional.empty();
    }

    /** Returns the rewritten node that writes a tensor; empty for inputs and constants. */
    Optional<Node> writer(String name) {
        return Optional.ofNullable(writers.get(name)).map(done::get);
    }

    /** Returns whether exactly one node input reads a tensor, and no output or body. */
    boolean isReadOnce(String name) {
        return readers.getOrDefault(name, 0) == 1 && !pinned.contains(name);
    }

    /** Returns whether a tensor must keep its name and values. */
    boolean isPinned(String name) {
        return pinned.contains(name);
    }

    /** Returns whether a tensor of the graph or of a body in it has or will have this name. */
    boolean isTaken(String name) {
        return constants.containsKey(name)
                || readers.containsKey(name)
                || pinned.contains(name)
                || inBodies.contains(name);
    }

    /** Replaces the visited node by other nodes. */
    void replace(Node... others) {
        changed = true;
        decided = true;
        for (Node other : others) {
            other.inputs().forEach(input -> readers.merge(input, 1, Integer::sum));
            add(other);
        }
    }

    /** Replaces a node that was visited before. The new node must write the same names; their descriptions are removed. */
    void revise(Node before, Node after) {
        changed = true;
        after.inputs().forEach(input -> readers.merge(input, 1, Integer::sum));
        done.set(Objects.requireNonNull(writers.get(before.outputs().get(0))), after);
        undescribed.addAll(after.outputs());
    }

    /**
     * Removes the visited node and lets readers of its output read another tensor instead. If the output must keep its
     * name, the other tensor takes it. If both must keep their names, changes nothing and returns false.
     */
    boolean alias(String output, String other) {
        if (!pinned.contains(output)) {
            aliases.put(output, other);
            readers.merge(other, readers.getOrDefault(output, 0), Integer::sum);
        } else if (writers.containsKey(other) && !pinned.contains(other)) {
            giveName(other, output);
        } else {
            return false;
        }
        changed = true;
        decided = true;
        return true;
    }

    private void giveName(String from, String to) {
        int place = Objects.requireNonNull(writers.remove(from));
        writers.put(to, place);
        for (int i = place; i < done.size(); i++) {
            Node node = done.get(i);
            if (node.inputs().contains(from) || node.outputs().contains(from)) {
                done.set(i, node.withInputs(swap(node.inputs(), from, to)).withOutputs(swap(node.outputs(), from, to)));
            }
        }
        aliases.put(from, to);
        readers.merge(to, readers.getOrDefault(from, 0), Integer::sum);
    }

    private static List<String> swap(List<String> names, String from, String to) {
        return names.stream().map(name -> name.equals(from) ? to : name).toList();
    }

    /**
     * Replaces the visited node's output, which must not be pinned, by a constant.
     *
     * @param name of the constant: the output's own, or the name of a constant that only the visited node reads
     */
    void fold(String output, String name, TensorData value) {
        constants.put(name, value);
        undescribed.add(name);
        changed = true;
        decided = true;
        if (!name.equals(output)) {
            aliases.put(output, name);
            // The visited node was the last to read the old value.
            readers.put(name, readers.getOrDefault(output, 0));
        }
    }

    /** Adds a constant, or changes the value of a constant that only the visited node reads. */
    void define(String name, TensorData value) {
        constants.put(name, value);
        undescribed.add(name);
        changed = true;
    }

    private String resolve(String name) {
        String resolved = name;
        while (aliases.containsKey(resolved)) {
            resolved = aliases.get(resolved);
        }
        return resolved;
    }

    private void add(Node node) {
        node.outputs().forEach(output -> writers.put(output, done.size()));
        done.add(node);
    }

    private Graph result() {
        List<ValueInfo> values = graph.values().stream()
                .filter(value -> !undescribed.contains(value.name()))
                .toList();
        return new Graph(graph.name(), graph.inputs(), graph.outputs(), constants, done, values);
    }
}
