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
 * @param inputs names of tensors; an empty name leaves an optional input out
 * @param outputs names of tensors, each written by this node alone; an empty name leaves an optional output out
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

    /** The same node reading other tensors. */
    public Node withInputs(List<String> others) {
        return new Node(opType, domain, name, others, outputs, attributes);
    }

    /** The same node writing other tensors. */
    public Node withOutputs(List<String> others) {
        return new Node(opType, domain, name, inputs, others, attributes);
    }

    /** The graphs that it holds: branches of an If, the body of a Loop. */
    public List<Graph> bodies() {
        return attributes.values().stream()
                .filter(Attribute.Subgraph.class::isInstance)
                .map(attribute -> ((Attribute.Subgraph) attribute).value())
                .toList();
    }

    /** The same node with its graphs rewritten; the very same where none changes. */
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

    /** The node as messages name it: "Conv '/features/3/Conv'". */
    public String describe() {
        return opType + (name.isEmpty() ? " writing '" + String.join("', '", outputs) + "'" : " '" + name + "'");
    }
}
