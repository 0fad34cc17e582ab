package dev.jzoo.onnx.passes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tests with random graphs of moves: after every pass, ONNX Runtime must compute the same bits. */
class RandomGraphsTest {

    private static final long[][] PERMUTATIONS = {{0, 1, 2, 3}, {0, 2, 3, 1}, {0, 3, 1, 2}, {0, 1, 3, 2}, {0, 2, 1, 3}};

    @Test
    void aHundredRandomGraphsComputeTheSameAfterCleaning() {
        int before = 0;
        int after = 0;
        for (int seed = 0; seed < 100; seed++) {
            try {
                Rewritten rewritten = Rewritten.cleaned(graph(new Random(seed)));
                before += rewritten.before().nodes().size();
                after += rewritten.after().nodes().size();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
        System.out.println("100 random graphs: " + before + " nodes before, " + after + " after");
        assertTrue(after < before * 0.8, before + " nodes before, " + after + " after");
    }

    /**
     * Draws a graph. All tensors have four axes: the batch first, the others equal, so that any two tensors can be added.
     */
    private static GraphBuilder graph(Random random) {
        GraphBuilder graph = new GraphBuilder(17);
        List<String> tensors =
                new ArrayList<>(List.of(graph.input(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(4, 4, 4)))));
        graph.weight("w", TensorData.of(new float[] {1, -2, 3, 4}, 1, 4, 1, 1));
        tensors.add("w");
        int outputs = 0;
        for (int i = 0; i < 24; i++) {
            // Mostly the newest tensor, so that chains form.
            String value = tensors.get(random.nextInt(3) > 0 ? tensors.size() - 1 : random.nextInt(tensors.size()));
            String next = step(graph, random, value, tensors);
            if (random.nextInt(8) == 0) {
                next = graph.rename(next, "output_" + outputs++);
                graph.output(
                        new ValueInfo(next, DataType.FLOAT, Collections.nCopies(4, new Dimension.UnknownDimension())));
            }
            tensors.add(next);
        }
        String last = graph.op("Relu", tensors.get(tensors.size() - 1)).emitAs("y");
        graph.output(new ValueInfo(last, DataType.FLOAT, Collections.nCopies(4, new Dimension.UnknownDimension())));
        return graph;
    }

    private static String step(GraphBuilder graph, Random random, String value, List<String> tensors) {
        return switch (random.nextInt(9)) {
            case 0, 1, 2 ->
                graph.op("Transpose", value)
                        .ints("perm", PERMUTATIONS[random.nextInt(PERMUTATIONS.length)])
                        .emit();
            case 3 -> graph.op("Identity", value).emit();
            case 4 -> graph.op(random.nextBoolean() ? "Relu" : "Neg", value).emit();
            case 5 ->
                graph.op("Mul", value, graph.constant(random.nextInt(2) + 0.5f)).emit();
            case 6 ->
                graph.op("Add", value, tensors.get(random.nextInt(tensors.size())))
                        .emit();
            case 7 -> {
                String wide = graph.op("Unsqueeze", value, graph.constant(2L)).emit();
                yield graph.op("Squeeze", wide, graph.constant(2L)).emit();
            }
            default -> {
                String sum = graph.op("Add", value, "x").emit();
                String flat = graph.op("Reshape", sum, graph.constant(0, -1)).emit();
                yield graph.op("Reshape", flat, graph.constant(0, 4, 4, 4)).emit();
            }
        };
    }
}
