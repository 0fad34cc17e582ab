package dev.jzoo.onnx.passes;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.TensorData;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A pass that merges consecutive reshapes into the last one. The last one determines the shape, unless it copies an axis (0
 * in Reshape) that another one created. It also removes an Unsqueeze and a Squeeze of the same axes.
 */
final class ReshapeMerging implements GraphPass {

    @Override
    public Graph apply(Graph graph) {
        return GraphWalk.run(graph, ReshapeMerging::visit);
    }

    private static void visit(Node last, GraphWalk walk) {
        if (last.inputs().isEmpty()) {
            return;
        }
        Optional<Node> writer = walk.writer(last.inputs().get(0))
                .filter(node -> GraphWalk.is(node, "Reshape", "Flatten", "Squeeze", "Unsqueeze"));
        if (writer.isEmpty()) {
            return;
        }
        Node before = writer.get();
        if (undo(before, last, walk)) {
            walk.alias(last.outputs().get(0), before.inputs().get(0));
        } else if (decidesAlone(before, last, walk)) {
            List<String> inputs = new java.util.ArrayList<>(last.inputs());
            inputs.set(0, before.inputs().get(0));
            walk.replace(last.withInputs(inputs));
        }
    }

    private static boolean undo(Node before, Node last, GraphWalk walk) {
        boolean opposite = GraphWalk.is(before, "Squeeze") && GraphWalk.is(last, "Unsqueeze")
                || GraphWalk.is(before, "Unsqueeze") && GraphWalk.is(last, "Squeeze");
        Optional<long[]> first = longs(walk.constant(before, 1));
        Optional<long[]> second = longs(walk.constant(last, 1));
        // The same negative axis means different axes, since the shapes have different ranks.
        return opposite
                && first.isPresent()
                && second.isPresent()
                && Arrays.equals(first.get(), second.get())
                && Arrays.stream(first.get()).allMatch(axis -> axis >= 0);
    }

    private static boolean decidesAlone(Node before, Node last, GraphWalk walk) {
        if (GraphWalk.is(last, "Reshape") && !allowsZero(last)) {
            Optional<long[]> shape = longs(walk.constant(last, 1));
            return shape.isPresent() && copiesOnlyKept(shape.get(), before, walk);
        }
        return GraphWalk.is(last, "Flatten") && axis(last) == 1 && keepsFirstAxis(before, walk);
    }

    /** Returns whether the reshape before also copied each axis that a shape copies, from the same position. */
    private static boolean copiesOnlyKept(long[] shape, Node before, GraphWalk walk) {
        for (int i = 0; i < shape.length; i++) {
            if (shape[i] == 0 && !(i == 0 ? keepsFirstAxis(before, walk) : keepsAxis(before, i, walk))) {
                return false;
            }
        }
        return true;
    }

    private static boolean keepsFirstAxis(Node node, GraphWalk walk) {
        if (GraphWalk.is(node, "Flatten")) {
            return axis(node) == 1;
        }
        return keepsAxis(node, 0, walk);
    }

    private static boolean keepsAxis(Node node, int axis, GraphWalk walk) {
        Optional<long[]> values = longs(walk.constant(node, 1));
        if (values.isEmpty()) {
            return false;
        }
        if (GraphWalk.is(node, "Reshape")) {
            return !allowsZero(node) && axis < values.get().length && values.get()[axis] == 0;
        }
        return GraphWalk.is(node, "Squeeze", "Unsqueeze")
                && Arrays.stream(values.get()).allMatch(changed -> changed > axis);
    }

    private static boolean allowsZero(Node node) {
        return node.attributes().get("allowzero") instanceof Attribute.Int flag && flag.value() != 0;
    }

    private static long axis(Node node) {
        return node.attributes().get("axis") instanceof Attribute.Int axis ? axis.value() : 1;
    }

    private static Optional<long[]> longs(Optional<TensorData> constant) {
        return constant.filter(value -> value.type() == dev.jzoo.onnx.DataType.INT64)
                .map(TensorData::longs);
    }
}
