package dev.jzoo.training.onnx;

import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.TensorData;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A pass that separates constants which an exporter merged because they were equal, such as biases of 0 and scales of
 * 1. Random weights are never equal by chance, so a tensor of unequal values with several readers is a shared weight
 * and stays one. A running statistic is never a weight, and never shared by two layers.
 */
final class MergedWeights {

    /**
     * A copy of a constant for one reader.
     *
     * @param name name of the copy
     * @param original the constant in the file
     * @param reader first output of the node that reads it
     * @param slot input of that node
     */
    record SplitUse(String name, String original, String reader, int slot) {}

    /** A graph whose layers have their own weights, and the copies that were made for it. */
    record SplitGraph(Graph graph, List<SplitUse> uses) {
        SplitGraph {
            uses = List.copyOf(uses);
        }
    }

    /** A node that reads a constant. */
    private record Use(int node, int slot, boolean isWeight, boolean isStatistic) {}

    private final List<Node> nodes;
    private final Map<String, TensorData> initializers;
    private final Set<String> taken;
    private final List<SplitUse> splits = new ArrayList<>();

    private MergedWeights(Graph graph) {
        nodes = new ArrayList<>(graph.nodes());
        initializers = new LinkedHashMap<>(graph.initializers());
        taken = new HashSet<>(graph.names());
    }

    /**
     * Splits the merged constants of a graph.
     *
     * @param graph the graph in canonical form
     */
    static SplitGraph split(Graph graph) {
        MergedWeights merged = new MergedWeights(graph);
        Set<String> outputs = new HashSet<>();
        graph.outputs().forEach(output -> outputs.add(output.name()));
        merged.ownIdentities(outputs);
        graph.initializers().keySet().forEach(merged::split);
        return new SplitGraph(
                new Graph(
                        graph.name(),
                        graph.inputs(),
                        graph.outputs(),
                        merged.initializers,
                        merged.nodes,
                        graph.values()),
                merged.splits);
    }

    /**
     * Removes the Identity that PyTorch's exporter leaves in place of a merged parameter; its output has the
     * parameter's name.
     */
    private void ownIdentities(Set<String> outputs) {
        List<Node> kept = new ArrayList<>();
        for (Node node : nodes) {
            TensorData value =
                    node.inputs().size() == 1 ? initializers.get(node.inputs().get(0)) : null;
            boolean alias = node.domain().isEmpty() && node.opType().equals("Identity") && value != null;
            String name = node.outputs().get(0);
            if (alias
                    && value.type().isFloating()
                    && !outputs.contains(name)
                    && (isUniform(value) || isStatistic(name))) {
                initializers.put(name, value);
            } else {
                kept.add(node);
            }
        }
        nodes.clear();
        nodes.addAll(kept);
    }

    private boolean isStatistic(String name) {
        return uses(name).stream().anyMatch(Use::isStatistic);
    }

    private void split(String name) {
        TensorData value = initializers.get(name);
        List<Use> uses = uses(name);
        if (!value.type().isFloating() || uses.size() < 2) {
            return;
        }
        boolean uniform = isUniform(value);
        Use keeper = uses.stream()
                .filter(use -> !use.isWeight)
                .findFirst()
                .or(() -> uses.stream().filter(use -> !use.isStatistic).findFirst())
                .orElse(uses.get(0));
        for (Use use : uses) {
            if (use != keeper && use.isWeight && (uniform || use.isStatistic)) {
                copy(name, value, use);
            }
        }
    }

    private void copy(String original, TensorData value, Use use) {
        Node reader = nodes.get(use.node);
        String name = original + "/" + reader.outputs().get(0) + "/" + use.slot;
        while (!taken.add(name)) {
            name += "'";
        }
        initializers.put(name, value);
        List<String> inputs = new ArrayList<>(reader.inputs());
        inputs.set(use.slot, name);
        nodes.set(use.node, reader.withInputs(inputs));
        splits.add(new SplitUse(name, original, reader.outputs().get(0), use.slot));
    }

    private List<Use> uses(String name) {
        List<Use> uses = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            for (int slot = 0; slot < node.inputs().size(); slot++) {
                if (node.inputs().get(slot).equals(name)) {
                    uses.add(new Use(
                            i,
                            slot,
                            TrainableWeights.isSlot(node, slot, initializers.get(name)),
                            TrainableWeights.isStatistic(node, slot)));
                }
            }
        }
        return uses;
    }

    /** Returns whether all values have the same bits. */
    private static boolean isUniform(TensorData value) {
        ByteBuffer bytes = value.bytes();
        int width = value.type().bytes();
        int first = bytes.position();
        for (int i = first + width; i < bytes.limit(); i++) {
            if (bytes.get(i) != bytes.get(i - width)) {
                return false;
            }
        }
        return bytes.remaining() > 0;
    }
}
