package dev.jzoo.onnx.passes;

import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one example costs: multiplications each followed by an addition, in Conv, ConvTranspose, Gemm, MatMul, LSTM, GRU and
 * RNN. Biases, activations and poolings are not counted, as is usual.
 *
 * @param multiplyAdds for a batch of one
 * @param uncounted names of such nodes whose shapes are not known without running the graph
 */
public record GraphCost(long multiplyAdds, List<String> uncounted) {

    public GraphCost {
        uncounted = List.copyOf(uncounted);
    }

    /** The cost of a graph whose only symbolic axis is the batch. Nodes that depend on others are not counted. */
    public static GraphCost of(Graph graph) {
        return of(graph, Map.of());
    }

    /**
     * The cost of a graph.
     *
     * @param sizes of symbolic axes by name: {@code Map.of("sequence", 128L)}; the batch is one unless it is given
     */
    public static GraphCost of(Graph graph, Map<String, Long> sizes) {
        Map<String, Long> all = new HashMap<>(sizes);
        all.putIfAbsent(((Dimension.SymbolicDimension) Dimension.BATCH).name(), 1L);
        // Files of others name the batch as they like: a symbol that stands first in every input is it.
        graph.inputs().stream()
                .filter(input ->
                        !input.shape().isEmpty() && input.shape().get(0) instanceof Dimension.SymbolicDimension)
                .forEach(input -> all.putIfAbsent(
                        ((Dimension.SymbolicDimension) input.shape().get(0)).name(), 1L));
        Map<String, long[]> shapes = ShapeInference.of(graph, all);
        long total = 0;
        List<String> uncounted = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (!GraphWalk.is(node, "Conv", "ConvTranspose", "Gemm", "MatMul", "LSTM", "GRU", "RNN")) {
                continue;
            }
            long[] x = shapes.get(node.inputs().get(0));
            long[] w = shapes.get(node.inputs().get(1));
            long[] y = node.outputs().stream()
                    .filter(output -> !output.isEmpty())
                    .findFirst()
                    .map(shapes::get)
                    .orElse(null);
            if (x == null || w == null || y == null) {
                uncounted.add(node.describe());
            } else {
                total += of(node, x, w, y, shapes);
            }
        }
        return new GraphCost(total, uncounted);
    }

    private static long of(Node node, long[] x, long[] w, long[] y, Map<String, long[]> shapes) {
        return switch (node.opType()) {
            // Each value of the output is a sum over the input channels of its group and the window: W is [out, in /
            // group, ...].
            case "Conv" -> StridedWalk.elements(y) * (StridedWalk.elements(w) / w[0]);
            // Each value of the input is spread over the window in every output channel of its group: W is [in, out /
            // group, ...].
            case "ConvTranspose" -> StridedWalk.elements(x) * (StridedWalk.elements(w) / w[0]);
            case "Gemm" ->
                StridedWalk.elements(y)
                        * (StridedWalk.elements(x) / (ConstantOperators.integer(node, "transA", 0) != 0 ? x[1] : x[0]));
            case "MatMul" -> StridedWalk.elements(y) * x[x.length - 1];
            // At each step of each example every weight of the cell, of both directions, is used once.
            default ->
                x[0]
                        * x[1]
                        * (StridedWalk.elements(w)
                                + StridedWalk.elements(shapes.get(node.inputs().get(2))));
        };
    }
}
