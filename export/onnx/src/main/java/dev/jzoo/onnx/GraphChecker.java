package dev.jzoo.onnx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A check of a graph against the rules of ONNX: operators and their signatures, single assignment, topological order, and shapes
 * of recurrent weights.
 */
public final class GraphChecker {

    private GraphChecker() {}

    /** Returns the newest opset whose operators this checker knows. Newer files cannot be checked. */
    public static int newestOpset() {
        return OperatorSet.newest();
    }

    /** Returns the faults of a model, one sentence each; empty if there are none. */
    public static List<String> faults(OnnxFile file) {
        List<String> faults = new ArrayList<>();
        if (!file.opsets().containsKey("")) {
            faults.add("The file does not import the standard operators.");
        }
        check(file.graph(), file.opset(), Set.of(), faults);
        checkNames(file.graph(), faults);
        faults.addAll(dangers(file.graph()));
        return faults;
    }

    /**
     * Returns the faults that prevent computing a graph, one sentence each: nodes that their operator does not allow, and
     * tensors that no node writes. Files from other sources may violate the other rules.
     */
    public static List<String> unusable(Graph graph, long opset) {
        List<String> faults = new ArrayList<>();
        check(graph, opset, Set.of(), faults);
        faults.addAll(dangers(graph));
        return faults;
    }

    /**
     * Returns the faults that can crash the process in which ONNX Runtime opens a graph, one sentence each: weights of
     * recurrent layers that do not fit each other.
     */
    public static List<String> dangers(Graph graph) {
        List<String> faults = new ArrayList<>();
        dangers(graph, RecurrentShapes.none(), faults);
        return faults;
    }

    private static void dangers(Graph graph, RecurrentShapes outer, List<String> faults) {
        RecurrentShapes weights = new RecurrentShapes(graph, outer);
        for (Node node : graph.nodes()) {
            faults.addAll(weights.faults(node));
            node.bodies().forEach(body -> dangers(body, weights, faults));
        }
    }

    private static void checkNames(Graph graph, List<String> faults) {
        Set<String> names = new HashSet<>();
        for (Node node : graph.nodes()) {
            if (!node.name().isEmpty() && !names.add(node.name())) {
                faults.add("Two nodes are named '" + node.name() + "'.");
            }
            node.bodies().forEach(body -> checkNames(body, faults));
        }
    }

    private static void check(Graph graph, long opset, Set<String> outer, List<String> faults) {
        Set<String> written = new HashSet<>(outer);
        graph.inputs().forEach(input -> define(input.name(), "an input", written, faults));
        // An initializer with an input's name is the input's default value.
        written.addAll(graph.initializers().keySet());
        for (Node node : graph.nodes()) {
            for (String input : node.inputs()) {
                if (!input.isEmpty() && !written.contains(input)) {
                    faults.add(node.describe() + ": reads '" + input + "', which no node before it writes.");
                }
            }
            for (String output : node.outputs()) {
                if (!output.isEmpty()) {
                    define(output, node.describe(), written, faults);
                }
            }
            faults.addAll(OperatorSet.faults(node, opset));
            node.bodies().forEach(body -> check(body, opset, written, faults));
        }
        for (ValueInfo output : graph.outputs()) {
            if (!written.contains(output.name())) {
                faults.add("No node writes the output '" + output.name() + "'.");
            }
        }
    }

    private static void define(String name, String writer, Set<String> written, List<String> faults) {
        if (!written.add(name)) {
            faults.add("'" + name + "' is written twice, the second time by " + writer + ".");
        }
    }
}
