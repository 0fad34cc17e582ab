package dev.jzoo.onnx.passes;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An inference of the shapes of a graph's tensors for given sizes of its symbolic axes. It covers the operators that
 * networks usually consist of. Results of other operators have no shape.
 */
final class ShapeInference {

    private final Graph graph;
    private final Map<String, Long> sizes;
    private final Map<String, long[]> shapes = new HashMap<>();
    private final Map<String, TensorData> constants;

    private ShapeInference(Graph graph, Map<String, Long> sizes) {
        this.graph = graph;
        this.sizes = sizes;
        constants = new HashMap<>(graph.initializers());
    }

    /** Returns shapes by name. */
    static Map<String, long[]> of(Graph graph, Map<String, Long> sizes) {
        ShapeInference inference = new ShapeInference(graph, sizes);
        inference.infer();
        return inference.shapes;
    }

    private void infer() {
        constants.forEach((name, value) -> shapes.put(name, value.dims()));
        List<ValueInfo> declared = new ArrayList<>(graph.inputs());
        declared.addAll(graph.values());
        declared.addAll(graph.outputs());
        declared.forEach(value -> sizes(value.shape()).ifPresent(shape -> shapes.putIfAbsent(value.name(), shape)));
        for (Node node : graph.nodes()) {
            try {
                fold(node);
                if (!node.domain().isEmpty() || !known(node)) {
                    continue;
                }
                List<long[]> results = ShapeRules.outputs(new ShapeRules.KnownInputs(node, shapes, constants));
                for (int i = 0; i < Math.min(results.size(), node.outputs().size()); i++) {
                    shapes.put(node.outputs().get(i), results.get(i));
                }
            } catch (IllegalArgumentException
                    | IllegalStateException
                    | ArithmeticException
                    | IndexOutOfBoundsException
                    | UncheckedIOException e) {
                // The graph contradicts itself for these sizes. Its runtime will report it, and nothing follows
                // from the node.
            }
        }
    }

    private boolean known(Node node) {
        return node.inputs().stream().allMatch(input -> input.isEmpty() || shapes.containsKey(input));
    }

    private Optional<long[]> sizes(List<Dimension> shape) {
        long[] result = new long[shape.size()];
        for (int i = 0; i < result.length; i++) {
            Long size = shape.get(i) instanceof Dimension.FixedDimension fixed
                    ? Long.valueOf(fixed.size())
                    : shape.get(i) instanceof Dimension.SymbolicDimension symbol ? sizes.get(symbol.name()) : null;
            if (size == null) {
                return Optional.empty();
            }
            result[i] = size;
        }
        return Optional.of(result);
    }

    /** Evaluates the arithmetic of shapes, so that the result of a Reshape to a computed shape is known too. */
    private void fold(Node node) {
        if (node.opType().equals("Shape")
                && node.attributes().isEmpty()
                && shapes.containsKey(node.inputs().get(0))) {
            define(node, TensorData.vector(shapes.get(node.inputs().get(0))));
            return;
        }
        List<TensorData> inputs = new ArrayList<>();
        for (String input : node.inputs()) {
            TensorData constant = constants.get(input);
            if (constant == null || constant.type() != DataType.INT64) {
                return;
            }
            inputs.add(constant);
        }
        if (!inputs.isEmpty() && node.domain().isEmpty() && node.outputs().size() == 1) {
            ConstantOperators.compute(node, inputs).ifPresent(value -> define(node, value));
        }
    }

    private void define(Node node, TensorData value) {
        constants.put(node.outputs().get(0), value);
        shapes.put(node.outputs().get(0), value.dims());
    }
}
