package dev.jzoo.onnx;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * One application of an operator.
 *
 * @param opType operator: "Conv"
 * @param domain of the operator; empty for the standard ones, ai.onnx
 * @param name for people, unique in its graph: "/features/3/Conv"
 * @param inputs names of tensors; an empty name omits an optional input
 * @param outputs names of tensors, each written only by this node; an empty name omits an optional output
 * @param attributes by name
 */
public record Node(
        String opType,
        String domain,
        String name,
        List<String> inputs,
        List<String> outputs,
        SortedMap<String, Attribute> attributes) {

    public Node {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    /** Returns a copy that reads other tensors. */
    public Node withInputs(List<String> others) {
        return new Node(opType, domain, name, others, outputs, attributes);
    }

    /** Returns a copy that writes other tensors. */
    public Node withOutputs(List<String> others) {
        return new Node(opType, domain, name, inputs, others, attributes);
    }

    /** Returns its nested graphs: branches of an If, the body of a Loop. */
    public List<Graph> bodies() {
        return attributes.values().stream()
                .filter(Attribute.Subgraph.class::isInstance)
                .map(attribute -> ((Attribute.Subgraph) attribute).value())
                .toList();
    }

    /** Returns a copy with its nested graphs rewritten, or this node itself if none changes. */
    public Node withBodies(UnaryOperator<Graph> rewrite) {
        SortedMap<String, Attribute> rewritten = new TreeMap<>(attributes);
        boolean changed = false;
        for (Map.Entry<String, Attribute> entry : rewritten.entrySet()) {
            if (entry.getValue() instanceof Attribute.Subgraph body) {
                Graph after = rewrite.apply(body.value());
                changed |= after != body.value();
                entry.setValue(new Attribute.Subgraph(after));
            }
        }
        return changed ? new Node(opType, domain, name, inputs, outputs, rewritten) : this;
    }

    /** Returns the node's name for messages: "Conv '/features/3/Conv'". */
    public String describe() {
        return opType + (name.isEmpty() ? " writing '" + String.join("', '", outputs) + "'" : " '" + name + "'");
    }
}
