package dev.jzoo.training.onnx;

import ai.djl.nn.Parameter;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.training.onnx.operators.Operators;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The weights of a graph, as opposed to its other constants. Weights are floating-point constants at an operator's
 * input for a weight, bias, scale or statistic, and constants that are added to or multiplied with the output of a
 * layer. Everything before the first weight is pre-processing. Numbers (a temperature, an epsilon), sizes and anchors
 * stay unchanged.
 */
final class TrainableWeights {

    private static final Map<String, Map<Integer, Parameter.Type>> SLOTS = slots();

    /**
     * Operators after which an added or multiplied constant belongs to the layer; after others, it may be an anchor.
     */
    private static final Set<String> LAYERS = Set.of(
            "Add",
            "BatchNormalization",
            "Conv",
            "ConvTranspose",
            "Div",
            "Einsum",
            "Gather",
            "Gemm",
            "GroupNormalization",
            "InstanceNormalization",
            "LayerNormalization",
            "MatMul",
            "Mul",
            "RMSNormalization",
            "com.microsoft.BiasGelu",
            "com.microsoft.FusedMatMul",
            "com.microsoft.SkipLayerNormalization");

    /** Operators that move elements without changing them. */
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
        Map<Integer, Parameter.Type> product = Map.of(0, Parameter.Type.WEIGHT, 1, Parameter.Type.WEIGHT);
        slots.put("MatMul", product);
        slots.put("com.microsoft.FusedMatMul", product);
        slots.put("Einsum", product);
        slots.put("RMSNormalization", Map.of(1, Parameter.Type.GAMMA));
        slots.put("com.microsoft.BiasGelu", Map.of(1, Parameter.Type.BIAS));
        slots.put("com.microsoft.FastGelu", Map.of(1, Parameter.Type.BIAS));
        slots.put(
                "com.microsoft.SkipLayerNormalization",
                Map.of(2, Parameter.Type.GAMMA, 3, Parameter.Type.BETA, 4, Parameter.Type.BIAS));
        slots.put(
                "com.microsoft.SkipSimplifiedLayerNormalization",
                Map.of(2, Parameter.Type.GAMMA, 3, Parameter.Type.BIAS));
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

    /** Returns whether a constant at an input of a node may be a weight or a running statistic. */
    static boolean isSlot(Node node, int input, TensorData constant) {
        boolean joins = node.domain().isEmpty() && Set.of("Add", "Mul").contains(node.opType());
        return joins && constant.elements() > 1
                || SLOTS.getOrDefault(Operators.name(node), Map.of()).containsKey(input);
    }

    /** Returns whether an input of a node is a running statistic. */
    static boolean isStatistic(Node node, int input) {
        Parameter.Type type = SLOTS.getOrDefault(Operators.name(node), Map.of()).get(input);
        return type == Parameter.Type.RUNNING_MEAN || type == Parameter.Type.RUNNING_VAR;
    }

    /** Returns the weights of a graph in canonical form, in the order in which it first reads them. */
    static List<TrainableWeight> of(Graph graph) {
        TrainableWeights weights = new TrainableWeights(graph);
        graph.nodes().forEach(weights::visit);
        Set<String> reached = GradientReach.of(graph);
        return weights.found.values().stream()
                .map(weight -> weight.reachedBy(reached))
                .toList();
    }

    private void visit(Node node) {
        node.outputs().forEach(output -> writers.put(output, node));
        node.bodies().forEach(body -> body.nodes().forEach(this::visit));
        Map<Integer, Parameter.Type> slots = SLOTS.getOrDefault(Operators.name(node), Map.of());
        if (slots.containsValue(Parameter.Type.WEIGHT)
                && slots.keySet().stream().anyMatch(slot -> isWeight(node, slot))) {
            layer = node.name().isEmpty() ? node.outputs().get(0) : node.name();
        }
        slots.keySet().stream().sorted().forEach(slot -> {
            if (slot < node.inputs().size()) {
                base(node.inputs().get(slot)).ifPresent(name -> note(name, slots.get(slot)));
            }
        });
        if (node.domain().isEmpty() && node.opType().equals("Add")) {
            joined(node, Parameter.Type.BIAS);
        } else if (node.domain().isEmpty() && node.opType().equals("Mul")) {
            joined(node, Parameter.Type.GAMMA);
        }
        boolean learns = node.inputs().stream().anyMatch(this::isLearned)
                || node.bodies().stream()
                        .flatMap(body -> body.outputs().stream())
                        .anyMatch(output -> isLearned(output.name()));
        if (learns) {
            learned.addAll(node.outputs());
        }
    }

    private boolean isWeight(Node node, int slot) {
        return slot < node.inputs().size() && base(node.inputs().get(slot)).isPresent();
    }

    private boolean isLearned(String name) {
        return learned.contains(name) || found.containsKey(name);
    }

    /** Adds a constant that is added to, or multiplied with, the output of a layer. */
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
        if (writer != null && Branches.isIf(writer)) {
            return writer.bodies().stream()
                    .flatMap(body -> body.outputs().stream())
                    .anyMatch(output -> isLayer(output.name()));
        }
        return writer != null && LAYERS.contains(Operators.name(writer));
    }

    /** Returns the floating-point constant that a tensor contains, possibly moved. */
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
                new TrainableWeight(name, type, graph.initializers().get(name), layer, true);
        found.putIfAbsent(name, weight);
    }
}
