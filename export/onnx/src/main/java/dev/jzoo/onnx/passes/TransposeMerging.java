package dev.jzoo.onnx.passes;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A pass that merges two consecutive Transposes into one, even if operators that treat every element alike are between
 * them. It removes two Transposes that undo each other.
 */
final class TransposeMerging implements GraphPass {

    private static final Set<String> WITH_SCALAR = Set.of("Add", "Sub", "Mul", "Div", "Max", "Min", "Pow");

    @Override
    public Graph apply(Graph graph) {
        return GraphWalk.run(graph, TransposeMerging::visit);
    }

    private static void visit(Node second, GraphWalk walk) {
        if (perm(second).isEmpty()) {
            return;
        }
        List<Node> between = new ArrayList<>();
        Optional<Node> above = walk.writer(second.inputs().get(0));
        while (above.isPresent() && isElementwise(above.get(), walk)) {
            Node node = above.get();
            if (!walk.isReadOnce(node.outputs().get(0))) {
                return;
            }
            between.add(node);
            above = walk.writer(node.inputs().get(0));
        }
        Optional<List<Long>> first = above.flatMap(TransposeMerging::perm);
        if (first.isEmpty()) {
            return;
        }
        Node transpose = above.get();
        List<Long> merged = perm(second).get().stream()
                .map(axis -> first.get().get(axis.intValue()))
                .toList();
        String source = transpose.inputs().get(0);
        // With other readers the first one stays, so moving the second up would only pay if both together moved
        // nothing.
        boolean pays =
                between.isEmpty() || walk.isReadOnce(transpose.outputs().get(0)) || IdentityRemoval.isIdentity(merged);
        if (!pays) {
            return;
        }
        if (between.isEmpty()) {
            walk.replace(transposed(second, source, merged));
            return;
        }
        Node top = between.get(between.size() - 1);
        List<String> inputs = new ArrayList<>(top.inputs());
        inputs.set(0, source);
        for (Node node : between) {
            walk.revise(node, node == top ? node.withInputs(inputs) : node);
        }
        walk.replace(transposed(second, second.inputs().get(0), merged));
    }

    private static Node transposed(Node second, String input, List<Long> perm) {
        TreeMap<String, Attribute> attributes = new TreeMap<>(second.attributes());
        attributes.put("perm", new Attribute.Ints(perm));
        return new Node(second.opType(), "", second.name(), List.of(input), second.outputs(), attributes);
    }

    private static Optional<List<Long>> perm(Node node) {
        return GraphWalk.is(node, "Transpose") && node.attributes().get("perm") instanceof Attribute.Ints perm
                ? Optional.of(perm.values())
                : Optional.empty();
    }

    /**
     * Returns whether a node does the same to each element of its first input, regardless of position, and keeps their
     * order.
     */
    private static boolean isElementwise(Node node, GraphWalk walk) {
        if (!node.domain().isEmpty() || node.outputs().size() != 1) {
            return false;
        }
        boolean scalars = IntStream.range(1, node.inputs().size())
                .allMatch(i -> node.inputs().get(i).isEmpty()
                        || walk.constant(node, i)
                                .filter(value -> value.elements() == 1 && value.dims().length <= 1)
                                .isPresent());
        return scalars
                && (ShapeRules.ELEMENTWISE.contains(node.opType())
                        || WITH_SCALAR.contains(node.opType()) && node.inputs().size() == 2);
    }
}
