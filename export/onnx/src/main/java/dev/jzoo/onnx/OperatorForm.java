package dev.jzoo.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A conversion of a node to the form that its operator has under the graph's opset. ONNX moved settings from attributes to
 * inputs (axes of Squeeze and ReduceSum at 13, of the other reductions at 18). It also added attributes whose default is
 * the former behaviour (allowzero of Reshape at 14, antialias of Resize at 18). A node that cannot be expressed under the
 * opset stays as it is, and the schema check rejects it.
 */
final class OperatorForm {

    /** Default values, with the same meaning as omitting the attribute. */
    private static final Map<String, Attribute> DEFAULTS = Map.ofEntries(
            Map.entry("allowzero", new Attribute.Int(0)),
            Map.entry("antialias", new Attribute.Int(0)),
            Map.entry("ceil_mode", new Attribute.Int(0)),
            Map.entry("keep_aspect_ratio_policy", new Attribute.Text("stretch")),
            Map.entry("layout", new Attribute.Int(0)),
            Map.entry("noop_with_empty_axes", new Attribute.Int(0)),
            Map.entry("reduction", new Attribute.Text("none")),
            Map.entry("saturate", new Attribute.Int(1)),
            Map.entry("start", new Attribute.Int(0)),
            Map.entry("training_mode", new Attribute.Int(0)));

    private OperatorForm() {}

    static Node inForce(Node node, GraphBuilder graph) {
        OperatorSchema schema = OperatorSet.find(node.opType(), graph.opset()).orElse(null);
        if (schema == null || !node.domain().isEmpty()) {
            return node;
        }
        List<String> inputs = new ArrayList<>(node.inputs());
        SortedMap<String, Attribute> attributes = new TreeMap<>(node.attributes());
        attributesToInputs(schema, inputs, attributes, graph);
        inputsToAttributes(node.opType(), schema, inputs, attributes, graph);
        attributes
                .entrySet()
                .removeIf(entry -> !schema.hasAttribute(entry.getKey()) && isDefault(entry.getKey(), entry.getValue()));
        if (node.opType().equals("Split")) {
            equalParts(schema, inputs, attributes, node.outputs().size());
        }
        return new Node(node.opType(), "", node.name(), inputs, node.outputs(), attributes);
    }

    private static void attributesToInputs(
            OperatorSchema schema, List<String> inputs, SortedMap<String, Attribute> attributes, GraphBuilder graph) {
        for (String name : List.copyOf(attributes.keySet())) {
            int position = schema.input(name);
            boolean free = position >= inputs.size()
                    || position >= 0 && inputs.get(position).isEmpty();
            if (!schema.hasAttribute(name) && free && attributes.get(name) instanceof Attribute.Ints list) {
                while (inputs.size() <= position) {
                    inputs.add("");
                }
                inputs.set(position, graph.constant(TensorData.vector(longs(list))));
                attributes.remove(name);
            }
        }
    }

    private static void inputsToAttributes(
            String opType,
            OperatorSchema schema,
            List<String> inputs,
            SortedMap<String, Attribute> attributes,
            GraphBuilder graph) {
        List<String> names = OperatorSet.newest(opType).orElse(schema).inputNames();
        int declared = schema.inputNames().size();
        for (int i = inputs.size() - 1; i >= declared && i < names.size() && !schema.isVariadic(); i--) {
            TensorData value = graph.value(inputs.get(i)).orElse(null);
            if (value == null || value.type() != DataType.INT64 || !schema.hasAttribute(names.get(i))) {
                return;
            }
            attributes.put(names.get(i), Attribute.ints(value.longs()));
            inputs.remove(i);
        }
    }

    /**
     * Converts a split into equal parts. From opset 18 on an attribute has their number; before, only the number of outputs
     * tells.
     */
    private static void equalParts(
            OperatorSchema schema, List<String> inputs, SortedMap<String, Attribute> attributes, int outputs) {
        boolean sizes = inputs.size() > 1 && !inputs.get(1).isEmpty();
        if (!schema.hasAttribute("num_outputs")) {
            attributes.remove("num_outputs", new Attribute.Int(outputs));
        } else if (!sizes) {
            attributes.putIfAbsent("num_outputs", new Attribute.Int(outputs));
        }
    }

    private static boolean isDefault(String name, Attribute value) {
        return name.equals("dilations")
                ? value instanceof Attribute.Ints list && list.values().stream().allMatch(dilation -> dilation == 1)
                : value.equals(DEFAULTS.get(name));
    }

    private static long[] longs(Attribute.Ints list) {
        return list.values().stream().mapToLong(Long::longValue).toArray();
    }
}
