package dev.jzoo.onnx.passes;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cost of one example: the multiply-adds in Conv, ConvTranspose, Gemm, MatMul, LSTM, GRU and RNN. As is usual, biases,
 * activations and poolings are not counted.
 *
 * @param multiplyAdds for a batch of one
 * @param uncounted names of nodes that multiply and add but are not counted: their shapes are unknown without running the
 *     graph, their operator is not listed above, or their body contains such nodes
 */
public record GraphCost(long multiplyAdds, List<String> uncounted) {

    private static final String[] COUNTED = {"Conv", "ConvTranspose", "Gemm", "MatMul", "LSTM", "GRU", "RNN"};

    /** Operators of ONNX and of ONNX Runtime that multiply and add but are only named, not counted. */
    private static final Set<String> NOT_COUNTED = Set.of(
            "Attention",
            "ConvInteger",
            "DeformConv",
            "DFT",
            "DynamicQuantizeLSTM",
            "DynamicQuantizeMatMul",
            "Einsum",
            "FusedConv",
            "FusedGemm",
            "FusedMatMul",
            "GroupQueryAttention",
            "LinearClassifier",
            "LinearRegressor",
            "MatMulBnb4",
            "MatMulInteger",
            "MatMulIntegerToFloat",
            "MatMulNBits",
            "MoE",
            "MultiHeadAttention",
            "NhwcConv",
            "PackedAttention",
            "QAttention",
            "QGemm",
            "QLinearConv",
            "QLinearMatMul",
            "QMoE",
            "SVMClassifier",
            "SVMRegressor",
            "SparseAttention",
            "STFT");

    public GraphCost {
        uncounted = List.copyOf(uncounted);
    }

    /**
     * Returns the cost of a graph whose only symbolic axis is the batch. Nodes that depend on other symbolic axes are not
     * counted.
     */
    public static GraphCost of(Graph graph) {
        return of(graph, Map.of());
    }

    /**
     * Returns the cost of a graph.
     *
     * @param sizes of symbolic axes by name: {@code Map.of("sequence", 128L)}; the batch is one by default
     */
    public static GraphCost of(Graph graph, Map<String, Long> sizes) {
        Map<String, Long> all = new HashMap<>(sizes);
        all.putIfAbsent(((Dimension.SymbolicDimension) Dimension.BATCH).name(), 1L);
        // Other programs name the batch axis differently: the symbol that is first in every input is the batch.
        graph.inputs().stream()
                .filter(input ->
                        !input.shape().isEmpty() && input.shape().get(0) instanceof Dimension.SymbolicDimension)
                .forEach(input -> all.putIfAbsent(
                        ((Dimension.SymbolicDimension) input.shape().get(0)).name(), 1L));
        Map<String, long[]> shapes = ShapeInference.of(graph, all);
        long total = 0;
        List<String> uncounted = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (GraphWalk.is(node, COUNTED)) {
                OptionalLong cost = of(node, shapes);
                if (cost.isPresent()) {
                    total = saturatedSum(total, cost.getAsLong());
                } else {
                    uncounted.add(node.describe());
                }
            } else if (multiplies(node)) {
                uncounted.add(node.describe());
            }
        }
        return new GraphCost(total, uncounted);
    }

    private static long saturatedSum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    /** Returns whether a node, or a node in its body, has a cost that is not counted. */
    private static boolean multiplies(Node node) {
        return NOT_COUNTED.contains(node.opType())
                || node.attributes().values().stream()
                        .filter(Attribute.Subgraph.class::isInstance)
                        .flatMap(body -> ((Attribute.Subgraph) body).value().nodes().stream())
                        .anyMatch(inner -> GraphWalk.is(inner, COUNTED) || multiplies(inner));
    }

    /** Returns the cost of a node; empty if a shape is unknown or invalid for the operator. */
    private static OptionalLong of(Node node, Map<String, long[]> shapes) {
        long[] x = shape(node.inputs(), 0, shapes);
        long[] w = shape(node.inputs(), 1, shapes);
        long[] y = node.outputs().stream()
                .filter(output -> !output.isEmpty())
                .findFirst()
                .map(shapes::get)
                .orElse(null);
        if (x == null || w == null || y == null) {
            return OptionalLong.empty();
        }
        try {
            long cost =
                    switch (node.opType()) {
                        // Each value of the output is a sum over the input channels of its group and the window: W is
                        // [out, in / group, ...].
                        case "Conv" -> Math.multiplyExact(StridedWalk.elements(y), StridedWalk.elements(w) / w[0]);
                        // Each value of the input is spread over the window in every output channel of its group: W is
                        // [in, out / group, ...].
                        case "ConvTranspose" ->
                            Math.multiplyExact(StridedWalk.elements(x), StridedWalk.elements(w) / w[0]);
                        case "Gemm" ->
                            Math.multiplyExact(
                                    StridedWalk.elements(y),
                                    ConstantOperators.integer(node, "transA", 0) != 0 ? x[0] : x[1]);
                        case "MatMul" -> Math.multiplyExact(StridedWalk.elements(y), x[x.length - 1]);
                        // At each step of each example every weight of the cell, of both directions, is used once.
                        default -> {
                            long[] r = shape(node.inputs(), 2, shapes);
                            if (r == null) {
                                yield -1;
                            }
                            long weights = Math.addExact(StridedWalk.elements(w), StridedWalk.elements(r));
                            yield Math.multiplyExact(Math.multiplyExact(x[0], x[1]), weights);
                        }
                    };
            return cost < 0 ? OptionalLong.empty() : OptionalLong.of(cost);
        } catch (ArithmeticException | IndexOutOfBoundsException e) {
            return OptionalLong.empty();
        }
    }

    private static long @Nullable [] shape(List<String> names, int index, Map<String, long[]> shapes) {
        return index < names.size() ? shapes.get(names.get(index)) : null;
    }
}
