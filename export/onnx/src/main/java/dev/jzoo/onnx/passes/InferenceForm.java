package dev.jzoo.onnx.passes;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A pass that converts a graph exported in training mode to inference, including bodies of control flow. A
 * BatchNormalization uses its running statistics and does not update them, whether its attribute or its number of outputs
 * requested training. A Dropout drops nothing, even if an input of the graph sets its mode: a deployed model never trains.
 * That input stays, so that callers need not change.
 */
final class InferenceForm implements GraphPass {

    private static final String TRAINING_MODE = "training_mode";

    /** Position of a Dropout's input training_mode. */
    private static final int TRAINS = 2;

    /** Position of a BatchNormalization's first statistic: mean, then variance. */
    private static final int STATISTICS = 3;

    @Override
    public Graph apply(Graph graph) {
        return GraphWalk.run(graph, this::visit);
    }

    private void visit(Node node, GraphWalk walk) {
        if (GraphWalk.is(node, "BatchNormalization")) {
            normalization(node, walk);
        } else if (GraphWalk.is(node, "Dropout")) {
            if (node.inputs().size() > TRAINS && drops(node.inputs().get(TRAINS), walk)) {
                walk.replace(node.withInputs(node.inputs().subList(0, TRAINS)));
            }
        } else if (GraphWalk.hasSubgraph(node)) {
            bodies(node, walk);
        }
    }

    private static void normalization(Node node, GraphWalk walk) {
        boolean trains = node.attributes().get(TRAINING_MODE) instanceof Attribute.Int mode && mode.value() != 0;
        if (!trains && node.outputs().size() == 1) {
            return;
        }
        SortedMap<String, Attribute> attributes = new TreeMap<>(node.attributes());
        attributes.remove(TRAINING_MODE);
        List<Node> written = new ArrayList<>();
        written.add(new Node(
                node.opType(),
                node.domain(),
                node.name(),
                node.inputs(),
                node.outputs().subList(0, 1),
                attributes));
        for (int i = 1; i < node.outputs().size(); i++) {
            String statistic = node.outputs().get(i);
            if (walk.isTaken(statistic)) {
                String kept = node.inputs().get(STATISTICS + (i - 1) % 2);
                written.add(new Node("Identity", "", "", List.of(kept), List.of(statistic), new TreeMap<>()));
            }
        }
        walk.replace(written.toArray(Node[]::new));
    }

    /** Returns whether a Dropout's input enables training, or may enable it. */
    private static boolean drops(String mode, GraphWalk walk) {
        if (mode.isEmpty()) {
            return false;
        }
        TensorData value = walk.constant(mode).orElse(null);
        if (value == null
                && walk.writer(mode).isPresent()
                && walk.writer(mode).get().attributes().get("value") instanceof Attribute.TensorValue constant) {
            value = constant.value();
        }
        return value == null || value.bytes().get(0) != 0;
    }

    private void bodies(Node node, GraphWalk walk) {
        SortedMap<String, Attribute> attributes = new TreeMap<>(node.attributes());
        boolean changed = false;
        for (Map.Entry<String, Attribute> attribute : attributes.entrySet()) {
            if (attribute.getValue() instanceof Attribute.Subgraph body) {
                Graph inferring = apply(body.value());
                changed |= inferring != body.value();
                attribute.setValue(new Attribute.Subgraph(inferring));
            }
        }
        if (changed) {
            walk.replace(
                    new Node(node.opType(), node.domain(), node.name(), node.inputs(), node.outputs(), attributes));
        }
    }
}
