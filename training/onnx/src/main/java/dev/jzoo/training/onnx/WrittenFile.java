package dev.jzoo.training.onnx;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.training.onnx.MergedWeights.SplitUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A copy of a file with other values for some of its constants. */
final class WrittenFile {

    private final Graph graph;
    private final Map<String, TensorData> values;
    private final Map<String, TensorData> initializers;

    private WrittenFile(Graph graph, Map<String, TensorData> values) {
        this.graph = graph;
        this.values = values;
        initializers = new LinkedHashMap<>(graph.initializers());
    }

    /**
     * Returns the file with other values.
     *
     * @param values values by the names of tensors: initializers, or outputs of nodes that depend on constants only (a
     *     Constant, a ConstantOfShape, the Cast of a weight in half precision)
     * @param uses copies of constants that were split; their values are written only if they differ from the original
     */
    static OnnxFile of(OnnxFile file, Map<String, TensorData> values, List<SplitUse> uses) {
        return file.withGraph(new WrittenFile(file.graph(), values).written(uses));
    }

    private Graph written(List<SplitUse> uses) {
        values.forEach((name, value) -> initializers.computeIfPresent(name, (key, before) -> as(before, name, value)));
        Map<String, String> halves = new HashMap<>();
        List<Node> nodes = new ArrayList<>();
        for (Node node : graph.nodes()) {
            String output = node.outputs().isEmpty() ? "" : node.outputs().get(0);
            TensorData value = values.get(output);
            if (value == null) {
                nodes.add(node.withBodies(this::inside));
            } else if (HalfWeights.isStored(node, graph.initializers())
                    && halves.putIfAbsent(node.inputs().get(0), output) == null) {
                initializers.put(node.inputs().get(0), HalfWeights.halved(value).orElse(value));
                nodes.add(node);
            } else if (gives(node, value, halves)) {
                nodes.add(node);
            } else {
                // The node no longer writes this value: an initializer replaces it.
                initializers.put(
                        output,
                        constant(node).map(before -> as(before, output, value)).orElse(value));
            }
        }
        uses.stream().filter(use -> values.containsKey(use.name())).forEach(use -> own(use, nodes));
        return new Graph(graph.name(), graph.inputs(), graph.outputs(), initializers, nodes, graph.values());
    }

    /** Returns the body of a node with the values of its own constants. */
    private Graph inside(Graph body) {
        Map<String, TensorData> inner = new LinkedHashMap<>(body.initializers());
        List<Node> nodes = new ArrayList<>();
        boolean changed = false;
        for (Map.Entry<String, TensorData> constant : inner.entrySet()) {
            TensorData value = values.get(constant.getKey());
            if (value != null && !value.equals(constant.getValue())) {
                constant.setValue(as(constant.getValue(), constant.getKey(), value));
                changed = true;
            }
        }
        for (Node each : body.nodes()) {
            Node written = each.withBodies(this::inside);
            changed |= written != each;
            nodes.add(written);
        }
        return changed ? new Graph(body.name(), body.inputs(), body.outputs(), inner, nodes, body.values()) : body;
    }

    /** Adds a constant for one reader if its value differs from the original. */
    private void own(SplitUse use, List<Node> nodes) {
        TensorData value = values.get(use.name());
        TensorData original = values.get(use.original());
        if (original == null) {
            original = initializers.get(use.original());
        }
        if (original != null && as(original, use.name(), value).equals(original)) {
            return;
        }
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            if (node.outputs().contains(use.reader())) {
                List<String> inputs = new ArrayList<>(node.inputs());
                inputs.set(use.slot(), use.name());
                nodes.set(i, node.withInputs(inputs));
                TensorData before = graph.initializers().getOrDefault(use.original(), value);
                initializers.put(use.name(), as(before, use.name(), value));
            }
        }
    }

    /** Returns a value in the type of the file. */
    private static TensorData as(TensorData before, String name, TensorData value) {
        return before.type() == DataType.FLOAT16 && value.type() == DataType.FLOAT
                ? HalfWeights.rounded(name, value)
                : value;
    }

    private static Optional<TensorData> constant(Node node) {
        return node.attributes().get("value") instanceof Attribute.TensorValue constant
                ? Optional.of(constant.value())
                : Optional.empty();
    }

    /** Returns whether a node computes these values without a change. */
    private boolean gives(Node node, TensorData value, Map<String, String> halves) {
        switch (node.opType()) {
            case "Constant":
                return constant(node)
                        .filter(given -> given.equals(as(given, "", value)))
                        .isPresent();
            case "Identity":
                TensorData read = initializers.get(node.inputs().get(0));
                return read != null && read.equals(as(read, "", value));
            case "Cast":
                return value.equals(values.get(halves.get(node.inputs().get(0))));
            default:
                return repeats(node, value);
        }
    }

    /** Returns whether a ConstantOfShape computes these values without a change. */
    private static boolean repeats(Node node, TensorData value) {
        float repeated = constant(node)
                .filter(given -> given.type() == DataType.FLOAT)
                .map(given -> given.floats()[0])
                .orElse(0f);
        for (float each : value.floats()) {
            if (Float.compare(each, repeated) != 0) {
                return false;
            }
        }
        return true;
    }
}
