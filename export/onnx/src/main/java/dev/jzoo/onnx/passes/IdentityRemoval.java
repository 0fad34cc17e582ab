package dev.jzoo.onnx.passes;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A pass that removes nodes which return their input: Identity, Dropout in inference, Transpose that moves nothing, Sum of
 * one.
 */
final class IdentityRemoval implements GraphPass {

    @Override
    public Graph apply(Graph graph) {
        return GraphWalk.run(graph, (node, walk) -> {
            if (handsOn(node)) {
                walk.alias(node.outputs().get(0), node.inputs().get(0));
            }
        });
    }

    private static boolean handsOn(Node node) {
        if (node.outputs().size() != 1 || node.inputs().isEmpty()) {
            return false;
        }
        return switch (node.domain().isEmpty() ? node.opType() : "") {
            case "Identity" -> true;
            // Without a third input, training_mode, it runs in inference mode.
            case "Dropout" -> node.inputs().size() < 3;
            case "Sum", "Mean", "Max", "Min", "Concat" -> node.inputs().size() == 1;
            case "Transpose" ->
                node.attributes().get("perm") instanceof Attribute.Ints perm && isIdentity(perm.values());
            default -> false;
        };
    }

    static boolean isIdentity(List<Long> perm) {
        return perm.equals(LongStream.range(0, perm.size()).boxed().toList());
    }
}
