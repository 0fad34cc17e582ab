package dev.jzoo.training.onnx;

import ai.djl.nn.Parameter;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.TensorData;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the weights of a graph from its other constants. Weights are floating-point constants where an operator has its weight,
 * bias, scale or statistics, and those that are added to or multiplied with what a layer gives. What stands before the first
 * weight is pre-processing; numbers (a temperature, an epsilon), sizes and anchors stay as they are.
 */
final class TrainableWeights {

    private static final Map<String, Map<Integer, Parameter.Type>> SLOTS = slots();

    /** Behind these a constant that is added or multiplied belongs to the layer; behind others, it may be an anchor. */
    private static final Set<String> LAYERS = Set.of(
            "Add",
            "BatchNormalization",
            "Conv",
            "ConvTranspose",
            "Div",
            "Gather",
            "Gemm",
            "InstanceNormalization",
            "LayerNormalization",
            "MatMul",
            "Mul");

    /** Operators that move elements and change none. */
    private static final Set<String> MOVES =
            Set.of("Cast", "Flatten", "Identity", "Reshape", "Squeeze", "Transpose", "Unsqueeze");

    private final Graph graph;
    private final Map<String, Node> writers = new HashMap<>();
    private final Map<String, TrainableWeight> found = new LinkedHashMap<>();
    private final Set<String> learned = new HashSet<>();
    private String layer = "";

    private TrainableWeights(Graph graph) {
        this.graph = graph;
    }

    private static Map<String, Map<Integer, Parameter.Type>> slots() {
        Map<Integer, Parameter.Type> kernel = Map.of(1, Parameter.Type.WEIGHT, 2, Parameter.Type.BIAS);
        Map<Integer, Parameter.Type> norm = Map.of(1, Parameter.Type.GAMMA, 2, Parameter.Type.BETA);
        Map<Integer, Parameter.Type> recurrent = Map.of(
                1, Parameter.Type.WEIGHT, 2, Parameter.Type.WEIGHT, 3, Parameter.Type.BIAS, 7, Parameter.Type.WEIGHT);
        Map<String, Map<Integer, Parameter.Type>> slots = new HashMap<>();
        slots.put("Conv", kernel);
        slots.put("ConvTranspose", kernel);
        slots.put("Gather", Map.of(0, Parameter.Type.WEIGHT));
        slots.put("Gemm", Map.of(0, Parameter.Type.WEIGHT, 1, Parameter.Type.WEIGHT, 2, Parameter.Type.BIAS));
        slots.put("MatMul", Map.of(0, Parameter.Type.WEIGHT, 1, Parameter.Type.WEIGHT));
        slots.put("PRelu", Map.of(1, Parameter.Type.WEIGHT));
        slots.put("LSTM", recurrent);
        slots.put("GRU", recurrent);
        slots.put("RNN", recurrent);
        slots.put("LayerNormalization", norm);
        slots.put("GroupNormalization", norm);
        slots.put("InstanceNormalization", norm);
        slots.put(
                "BatchNormalization",
                Map.of(
                        1, Parameter.Type.GAMMA,
                        2, Parameter.Type.BETA,
                        3, Parameter.Type.RUNNING_MEAN,
                        4, Parameter.Type.RUNNING_VAR));
        return slots;
    }

    /** The weights of a graph in canonical form, in the order in which it first reads them. */
    static Collection<TrainableWeight> of(Graph graph) {
        TrainableWeights weights = new TrainableWeights(graph);
        graph.nodes().forEach(weights::visit);
        return weights.found.values();
    }

    private void visit(Node node) {
        node.outputs().forEach(output -> writers.put(output, node));
        if (node.domain().isEmpty()) {
            Map<Integer, Parameter.Type> slots = SLOTS.getOrDefault(node.opType(), Map.of());
            if (slots.containsValue(Parameter.Type.WEIGHT)
                    && slots.keySet().stream().anyMatch(slot -> isWeight(node, slot))) {
                layer = node.name().isEmpty() ? node.outputs().get(0) : node.name();
            }
            slots.keySet().stream().sorted().forEach(slot -> {
                if (slot < node.inputs().size()) {
                    base(node.inputs().get(slot)).ifPresent(name -> note(name, slots.get(slot)));
                }
            });
            if (node.opType().equals("Add")) {
                joined(node, Parameter.Type.BIAS);
            } else if (node.opType().equals("Mul")) {
                joined(node, Parameter.Type.GAMMA);
            }
        }
        if (node.inputs().stream().anyMatch(this::isLearned)) {
            learned.addAll(node.outputs());
        }
    }

    private boolean isWeight(Node node, int slot) {
        return slot < node.inputs().size() && base(node.inputs().get(slot)).isPresent();
    }

    private boolean isLearned(String name) {
        return learned.contains(name) || found.containsKey(name);
    }

    /** A constant that is added to, or multiplied with, what a layer gives. */
    private void joined(Node node, Parameter.Type type) {
        for (int i = 0; i < 2; i++) {
            String other = node.inputs().get(1 - i);
            Optional<String> constant = base(node.inputs().get(i))
                    .filter(name -> graph.initializers().get(name).elements() > 1);
            if (constant.isPresent() && learned.contains(other) && isLayer(other)) {
                note(constant.get(), type);
            }
        }
    }

    private boolean isLayer(String name) {
        Node writer = writers.get(name);
        while (writer != null && MOVES.contains(writer.opType())) {
            writer = writers.get(writer.inputs().get(0));
        }
        return writer != null && LAYERS.contains(writer.opType());
    }

    /** The floating-point constant that a tensor holds, perhaps moved. */
    private Optional<String> base(String name) {
        String tensor = name;
        while (writers.containsKey(tensor) && MOVES.contains(writers.get(tensor).opType())) {
            tensor = writers.get(tensor).inputs().get(0);
        }
        TensorData constant = graph.initializers().get(tensor);
        return constant != null && constant.type().isFloating() ? Optional.of(tensor) : Optional.empty();
    }

    private void note(String name, Parameter.Type type) {
        TrainableWeight weight =
                new TrainableWeight(name, type, graph.initializers().get(name), layer);
        TrainableWeight before = found.putIfAbsent(name, weight);
        if (before != null && before.learns() != weight.learns()) {
            throw new UnsupportedGraphException(List.of(
                    "'" + name + "' is a weight and a running statistic at once;" + " write it as two initializers"));
        }
    }
}
