package dev.jzoo.onnx.passes;

import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A pass that computes nodes with constant inputs, if the result is exact: moves of elements, casts, and the arithmetic of
 * shapes. A weight that is moved (by Transpose or Reshape) keeps its name. Sizes of fixed axes count as constants, even if
 * other axes of the same tensor are not fixed.
 */
final class ConstantFolding implements GraphPass {

    /** Size in bytes that a result may always have. A larger result must not exceed the weight that it replaces. */
    private static final long SMALL = 1 << 16;

    @Override
    public Graph apply(Graph graph) {
        Map<String, List<Dimension>> shapes = new HashMap<>();
        graph.values().forEach(value -> shapes.put(value.name(), value.shape()));
        for (ValueInfo input : graph.inputs()) {
            shapes.put(input.name(), input.shape());
        }
        return GraphWalk.run(graph, (node, walk) -> visit(node, walk, shapes));
    }

    private static void visit(Node node, GraphWalk walk, Map<String, List<Dimension>> shapes) {
        if (!node.domain().isEmpty()
                || node.outputs().size() != 1
                || walk.isPinned(node.outputs().get(0))
                || GraphWalk.hasSubgraph(node)) {
            return;
        }
        String output = node.outputs().get(0);
        Optional<TensorData> size = fixedSize(node, walk, shapes);
        if (size.isPresent()) {
            walk.fold(output, output, size.get());
            return;
        }
        List<TensorData> inputs = new ArrayList<>();
        for (String input : node.inputs()) {
            Optional<TensorData> constant = walk.constant(input);
            if (constant.isEmpty()) {
                return;
            }
            inputs.add(constant.get());
        }
        Optional<String> weight = replacedWeight(node, walk);
        long limit = Math.max(
                SMALL, weight.flatMap(walk::constant).map(TensorData::byteSize).orElse(0L));
        if (ConstantOperators.resultBytes(node, inputs) <= limit) {
            ConstantOperators.compute(node, inputs).ifPresent(value -> {
                String name = weight.filter(old -> !old.startsWith("/")).orElse(output);
                walk.fold(output, name, value);
            });
        }
    }

    /** Returns the constant at the node's first input, if nothing else reads it. */
    private static Optional<String> replacedWeight(Node node, GraphWalk walk) {
        return node.inputs().stream().findFirst().filter(walk::isReadOnce);
    }

    /** Returns the result of Shape on a tensor with fixed axes, or of Gather of one fixed axis from a Shape. */
    private static Optional<TensorData> fixedSize(Node node, GraphWalk walk, Map<String, List<Dimension>> shapes) {
        if (GraphWalk.is(node, "Shape") && node.attributes().isEmpty()) {
            return fixed(shapes.get(node.inputs().get(0)));
        }
        if (!GraphWalk.is(node, "Gather")
                || !node.attributes().values().stream().allMatch(ConstantFolding::isZero)) {
            return Optional.empty();
        }
        Optional<List<Dimension>> shape = walk.writer(node.inputs().get(0))
                .filter(writer ->
                        GraphWalk.is(writer, "Shape") && writer.attributes().isEmpty())
                .map(writer -> shapes.get(writer.inputs().get(0)));
        Optional<TensorData> indices = walk.constant(node, 1);
        if (shape.isEmpty() || indices.isEmpty()) {
            return Optional.empty();
        }
        long[] positions = ConstantOperators.integers(indices.get());
        List<Dimension> picked = new ArrayList<>();
        for (long position : positions) {
            long axis = position < 0 ? position + shape.get().size() : position;
            if (axis < 0 || axis >= shape.get().size()) {
                return Optional.empty();
            }
            picked.add(shape.get().get((int) axis));
        }
        return fixed(picked)
                .map(value -> TensorData.of(value.longs(), indices.get().dims()));
    }

    private static boolean isZero(Object attribute) {
        return attribute.equals(new dev.jzoo.onnx.Attribute.Int(0));
    }

    private static Optional<TensorData> fixed(@Nullable List<Dimension> shape) {
        if (shape == null || !shape.stream().allMatch(Dimension.FixedDimension.class::isInstance)) {
            return Optional.empty();
        }
        return Optional.of(TensorData.vector(shape.stream()
                .mapToLong(dim -> ((Dimension.FixedDimension) dim).size())
                .toArray()));
    }
}
