package dev.jzoo.onnx.passes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.SessionSettings;
import dev.jzoo.inference.SessionSettings.Optimisation;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.GraphChecker;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A graph before and after a pass. ONNX Runtime, without its own optimisations, must compute the same from both. */
record Rewritten(Graph before, Graph after) {

    /** Applies a pass and compares at two batch sizes, bit by bit if the tolerance is 0. */
    static Rewritten of(GraphPass pass, Graph before, double tolerance) {
        Graph after = pass.apply(before);
        assertSame(after, pass.apply(after), "a second run changes the graph again");
        assertEquals(before.inputs(), after.inputs());
        assertEquals(before.outputs(), after.outputs());
        assertEquals(List.of(), GraphChecker.faults(file(after)));
        for (int batch : new int[] {1, 3}) {
            Map<String, Tensor> inputs = inputs(before, batch);
            Map<String, Tensor> expected = run(before, inputs);
            Map<String, Tensor> actual = run(after, inputs);
            expected.forEach((name, value) -> {
                assertArrayEquals(value.shape(), actual.get(name).shape(), name);
                if (tolerance == 0) {
                    assertEquals(value, actual.get(name), name);
                } else {
                    assertArrayEquals(value.floats(), actual.get(name).floats(), (float) tolerance, name);
                }
            });
        }
        return new Rewritten(before, after);
    }

    /** Cleans a graph and requires equal bits. */
    static Rewritten cleaned(GraphBuilder builder) {
        return of(GraphPass.cleaning(), builder.build("g"), 0);
    }

    /** Returns the operators of the remaining nodes, in order. */
    List<String> operators() {
        return after.nodes().stream().map(Node::opType).toList();
    }

    private static OnnxFile file(Graph graph) {
        return OnnxFile.of(17, new OnnxFile.Producer("test", ""), graph, Map.of());
    }

    private static Map<String, Tensor> run(Graph graph, Map<String, Tensor> inputs) {
        SessionSettings plain = SessionSettings.standard().withThreads(1).withOptimisation(Optimisation.NONE);
        try (OnnxModel model = OnnxModel.open(file(graph).toBytes(), "rewritten", Device.cpu(), plain)) {
            return model.run(inputs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Tensor> inputs(Graph graph, int batch) {
        Random random = new Random(batch);
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        for (ValueInfo input : graph.inputs()) {
            long[] shape = input.shape().stream()
                    .mapToLong(dim -> dim instanceof Dimension.FixedDimension fixed ? fixed.size() : batch)
                    .toArray();
            float[] values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
            }
            inputs.put(input.name(), Tensor.of(values, shape));
        }
        return inputs;
    }
}
