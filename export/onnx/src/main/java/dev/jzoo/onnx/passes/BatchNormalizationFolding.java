package dev.jzoo.onnx.passes;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.TensorData;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A pass that multiplies a BatchNormalization into the Conv or Gemm before it. With {@code s = scale / sqrt(var + epsilon)}
 * for each channel, {@code (W x + b - mean) s + B = (s W) x + (b - mean) s + B}. It computes in double precision and rounds
 * once.
 */
final class BatchNormalizationFolding implements GraphPass {

    @Override
    public Graph apply(Graph graph) {
        return GraphWalk.run(graph, BatchNormalizationFolding::visit);
    }

    private static void visit(Node norm, GraphWalk walk) {
        if (!GraphWalk.is(norm, "BatchNormalization")
                || norm.outputs().size() != 1
                || norm.attributes().get("training_mode") instanceof Attribute.Int mode && mode.value() != 0
                || !walk.isReadOnce(norm.inputs().get(0))) {
            return;
        }
        Optional<Node> before = walk.writer(norm.inputs().get(0)).filter(BatchNormalizationFolding::isFoldable);
        boolean known = IntStream.range(1, 5).allMatch(i -> walk.constant(norm, i)
                .filter(value -> value.type() == DataType.FLOAT)
                .isPresent());
        if (before.isEmpty() || !known) {
            return;
        }
        Node layer = before.get();
        String weight = layer.inputs().get(1);
        boolean biased = layer.inputs().size() > 2 && !layer.inputs().get(2).isEmpty();
        String bias = biased ? layer.inputs().get(2) : biasName(weight);
        boolean own = walk.isReadOnce(weight)
                && isFloat(walk.constant(weight))
                && (biased ? walk.isReadOnce(bias) && isFloat(walk.constant(bias)) : !walk.isTaken(bias));
        Optional<TensorData> weights = walk.constant(weight);
        long[] channels = walk.constant(norm, 1).orElseThrow().dims();
        if (!own
                || biased
                        && !java.util.Arrays.equals(
                                walk.constant(bias).orElseThrow().dims(), channels)) {
            return;
        }
        double[] factor = factors(norm, walk);
        walk.define(weight, scaled(weights.orElseThrow(), factor, channelAxis(layer)));
        walk.define(bias, shifted(biased ? walk.constant(bias) : Optional.empty(), factor, norm, walk));
        walk.revise(layer, layer.withInputs(List.of(layer.inputs().get(0), weight, bias)));
        walk.alias(norm.outputs().get(0), layer.outputs().get(0));
    }

    private static boolean isFloat(Optional<TensorData> constant) {
        return constant.filter(value -> value.type() == DataType.FLOAT).isPresent();
    }

    private static String biasName(String weight) {
        return weight.endsWith("weight")
                ? weight.substring(0, weight.length() - "weight".length()) + "bias"
                : weight + "_bias";
    }

    private static boolean isFoldable(Node node) {
        boolean scaled = List.of("alpha", "beta").stream()
                .anyMatch(name -> node.attributes().get(name) instanceof Attribute.Real real && real.value() != 1);
        return GraphWalk.is(node, "Conv") || GraphWalk.is(node, "Gemm") && !scaled;
    }

    /** Returns the axis of the weights that counts the output channels. */
    private static int channelAxis(Node layer) {
        boolean transposed = layer.attributes().get("transB") instanceof Attribute.Int flag && flag.value() != 0;
        return layer.opType().equals("Conv") || transposed ? 0 : 1;
    }

    private static double[] factors(Node norm, GraphWalk walk) {
        float[] scale = walk.constant(norm, 1).orElseThrow().floats();
        float[] variance = walk.constant(norm, 4).orElseThrow().floats();
        double epsilon = norm.attributes().get("epsilon") instanceof Attribute.Real real ? real.value() : 1e-5f;
        return IntStream.range(0, scale.length)
                .mapToDouble(i -> scale[i] / Math.sqrt(variance[i] + epsilon))
                .toArray();
    }

    private static TensorData scaled(TensorData weights, double[] factor, int axis) {
        float[] values = weights.floats();
        long[] dims = weights.dims();
        int inner = 1;
        for (int i = axis + 1; i < dims.length; i++) {
            inner *= (int) dims[i];
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] * factor[i / inner % factor.length]);
        }
        return TensorData.of(values, dims);
    }

    private static TensorData shifted(Optional<TensorData> bias, double[] factor, Node norm, GraphWalk walk) {
        float[] before = bias.map(TensorData::floats).orElse(new float[factor.length]);
        float[] shift = walk.constant(norm, 2).orElseThrow().floats();
        float[] mean = walk.constant(norm, 3).orElseThrow().floats();
        float[] values = new float[factor.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (((double) before[i] - mean[i]) * factor[i] + shift[i]);
        }
        return TensorData.of(values, values.length);
    }
}
