package dev.jzoo.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;

/**
 * A composition of operators from older ones, for graphs whose opset does not have them yet. The formulas are from the
 * operators' pages in the ONNX specification. The nodes are named below the operator's own name: "/act/Gelu/Erf".
 */
final class Lowering {

    private record Composite(int since, BiConsumer<Node, GraphBuilder> emission) {}

    private static final Map<String, Composite> BY_OPERATOR = new HashMap<>();

    static {
        BY_OPERATOR.put("HardSwish", new Composite(14, Lowering::hardSwish));
        BY_OPERATOR.put("LayerNormalization", new Composite(17, Lowering::layerNormalization));
        BY_OPERATOR.put("Mish", new Composite(18, Lowering::mish));
        BY_OPERATOR.put("Gelu", new Composite(20, Lowering::gelu));
        BY_OPERATOR.put("Shape", new Composite(15, Lowering::shape));
    }

    private Lowering() {}

    static boolean exists(String opType) {
        return BY_OPERATOR.containsKey(opType);
    }

    /** Returns whether a node must be composed under an opset. */
    static boolean isDue(Node node, int opset) {
        Composite composite = BY_OPERATOR.get(node.opType());
        boolean early = composite != null && opset < composite.since();
        // Shape has always existed; only its option to return a part is newer.
        return early && (!node.opType().equals("Shape") || !node.attributes().isEmpty());
    }

    static void lower(Node node, GraphBuilder graph) {
        if (node.outputs().size() != 1 || node.inputs().isEmpty()) {
            throw new IllegalStateException(node.describe() + ": opset " + graph.opset()
                    + " does not have this operator; it can be composed for one output, not " + node.outputs() + ".");
        }
        Objects.requireNonNull(BY_OPERATOR.get(node.opType())).emission().accept(node, graph);
    }

    /**
     * Composes x / 2 (1 + erf(x / sqrt 2)), or x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) if the attribute requests
     * it.
     */
    private static void gelu(Node node, GraphBuilder graph) {
        String x = node.inputs().get(0);
        String sigmoid;
        if (new Attribute.Text("tanh").equals(node.attributes().get("approximate"))) {
            String square = graph.op("Mul", x, x).emit();
            String cube = graph.op("Mul", square, x).emit();
            String small = graph.op("Mul", cube, graph.constant(0.044715f)).emit();
            String sum = graph.op("Add", x, small).emit();
            String scaled = graph.op("Mul", sum, graph.constant((float) Math.sqrt(2 / Math.PI)))
                    .emit();
            sigmoid = graph.op("Tanh", scaled).emit();
        } else {
            String scaled =
                    graph.op("Div", x, graph.constant((float) Math.sqrt(2))).emit();
            sigmoid = graph.op("Erf", scaled).emit();
        }
        String weight = graph.op("Add", sigmoid, graph.constant(1f)).emit();
        String half = graph.op("Mul", x, graph.constant(0.5f)).emit();
        graph.op("Mul", half, weight).emitInto(node.outputs().get(0));
    }

    /** Composes x tanh(ln(1 + e^x)). */
    private static void mish(Node node, GraphBuilder graph) {
        String x = node.inputs().get(0);
        String gate = graph.op("Tanh", graph.op("Softplus", x).emit()).emit();
        graph.op("Mul", x, gate).emitInto(node.outputs().get(0));
    }

    /** Composes x max(0, min(1, x / 6 + 1 / 2)). */
    private static void hardSwish(Node node, GraphBuilder graph) {
        String x = node.inputs().get(0);
        String gate = graph.op("HardSigmoid", x)
                .real("alpha", 1.0 / 6)
                .real("beta", 0.5)
                .emit();
        graph.op("Mul", x, gate).emitInto(node.outputs().get(0));
    }

    /**
     * Composes (x - mean) / sqrt(variance + epsilon) scale + bias, with mean and variance over the axes from {@code axis}
     * to the last.
     */
    private static void layerNormalization(Node node, GraphBuilder graph) {
        long axis = integer(node, "axis", -1);
        if (axis >= 0) {
            throw new IllegalStateException(
                    node.describe() + ": below opset 17 the axis must be negative, counted from the last axis; " + axis
                            + " would require the number of axes.");
        }
        long[] axes = LongStream.range(axis, 0).toArray();
        String x = node.inputs().get(0);
        String mean = graph.op("ReduceMean", x).ints("axes", axes).emit();
        String centred = graph.op("Sub", x, mean).emit();
        String square = graph.op("Mul", centred, centred).emit();
        String variance = graph.op("ReduceMean", square).ints("axes", axes).emit();
        float epsilon = node.attributes().get("epsilon") instanceof Attribute.Real given ? given.value() : 1e-5f;
        String shifted = graph.op("Add", variance, graph.constant(epsilon)).emit();
        String normal =
                graph.op("Div", centred, graph.op("Sqrt", shifted).emit()).emit();
        String output = node.outputs().get(0);
        List<String> inputs = node.inputs();
        if (inputs.size() < 3 || inputs.get(2).isEmpty()) {
            graph.op("Mul", normal, inputs.get(1)).emitInto(output);
        } else {
            String scaled = graph.op("Mul", normal, inputs.get(1)).emit();
            graph.op("Add", scaled, inputs.get(2)).emitInto(output);
        }
    }

    /** Composes the whole shape and a slice of it. */
    private static void shape(Node node, GraphBuilder graph) {
        String whole = graph.op("Shape", node.inputs().get(0)).emit();
        String start = graph.constant(integer(node, "start", 0));
        String end = graph.constant(integer(node, "end", Integer.MAX_VALUE));
        graph.op("Slice", whole, start, end).emitInto(node.outputs().get(0));
    }

    private static long integer(Node node, String attribute, long otherwise) {
        return node.attributes().get(attribute) instanceof Attribute.Int given ? given.value() : otherwise;
    }
}
