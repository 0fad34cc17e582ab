package dev.jzoo.training.onnx.operators;

import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.passes.ConstantOperators;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Arithmetic on sizes in Java: Shape, and small integers that are selected, joined and multiplied. */
public final class HostArithmetic {

    /** Number of elements from which on a tensor is not a list of sizes. */
    private static final long LARGE = 1024;

    private static final Set<String> OPERATORS = Set.of(
            "Add",
            "Cast",
            "Concat",
            "Div",
            "Flatten",
            "Gather",
            "Mul",
            "Reshape",
            "Shape",
            "Size",
            "Slice",
            "Squeeze",
            "Sub",
            "Transpose",
            "Unsqueeze");

    private HostArithmetic() {}

    public static boolean knows(Node node) {
        return node.domain().isEmpty()
                && node.outputs().size() == 1
                && OPERATORS.contains(node.opType())
                && !node.inputs().contains("");
    }

    /** Returns the result, if everything that it depends on is in Java. */
    public static Optional<TensorData> compute(Node node, List<Optional<BlockValue>> inputs) {
        if (node.opType().equals("Shape")) {
            return Optional.of(shape(
                    new NodeAttributes(node, name -> false),
                    inputs.get(0).orElseThrow().dims()));
        } else if (node.opType().equals("Size")) {
            long[] dims = inputs.get(0).orElseThrow().dims();
            return Optional.of(TensorData.scalar(HostTensors.product(dims, 0, dims.length)));
        }
        List<TensorData> tensors = new ArrayList<>();
        for (Optional<BlockValue> input : inputs) {
            Optional<TensorData> host = input.flatMap(BlockValue::host).filter(tensor -> tensor.elements() <= LARGE);
            if (host.isEmpty()) {
                return Optional.empty();
            }
            tensors.add(host.get());
        }
        return ConstantOperators.compute(node, tensors);
    }

    private static TensorData shape(NodeAttributes settings, long[] dims) {
        long start = settings.integer("start", 0);
        long end = settings.integer("end", dims.length);
        int from = clamp(start < 0 ? start + dims.length : start, dims.length);
        int to = clamp(end < 0 ? end + dims.length : end, dims.length);
        return TensorData.vector(Arrays.copyOfRange(dims, from, Math.max(from, to)));
    }

    private static int clamp(long place, int most) {
        return (int) Math.max(0, Math.min(most, place));
    }
}
