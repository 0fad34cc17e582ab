package dev.jzoo.onnx.passes;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.TensorData;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A pass that converts a graph of opset 7 or later to the form of opset 25: settings that became inputs are inputs, renamed
 * operators have their new names, and operators that changed their meaning are expressed explicitly.
 */
final class CanonicalForm implements GraphPass {

    /** The first opset in which softmax is over a single axis; before, it was over all axes from one on. */
    private static final long ONE_AXIS = 13;

    /** Number of elements of a repeated value in one piece. */
    private static final int PIECE = 1 << 14;

    /** Positions of the attributes that became inputs, by operator. */
    private static final Map<String, List<String>> INPUTS = Map.ofEntries(
            Map.entry("Clip", List.of("", "min", "max")),
            Map.entry("Dropout", List.of("", "ratio")),
            Map.entry("Pad", List.of("", "pads", "value")),
            Map.entry("Slice", List.of("", "starts", "ends", "axes")),
            Map.entry("Split", List.of("", "split")),
            Map.entry("Squeeze", List.of("", "axes")),
            Map.entry("TopK", List.of("", "k")),
            Map.entry("Unsqueeze", List.of("", "axes")),
            Map.entry("Upsample", List.of("", "scales")),
            Map.entry("ReduceL1", List.of("", "axes")),
            Map.entry("ReduceL2", List.of("", "axes")),
            Map.entry("ReduceLogSum", List.of("", "axes")),
            Map.entry("ReduceLogSumExp", List.of("", "axes")),
            Map.entry("ReduceMax", List.of("", "axes")),
            Map.entry("ReduceMean", List.of("", "axes")),
            Map.entry("ReduceMin", List.of("", "axes")),
            Map.entry("ReduceProd", List.of("", "axes")),
            Map.entry("ReduceSum", List.of("", "axes")),
            Map.entry("ReduceSumSquare", List.of("", "axes")));

    private final long opset;

    CanonicalForm(long opset) {
        this.opset = opset;
    }

    @Override
    public Graph apply(Graph graph) {
        return GraphWalk.run(graph, this::visit);
    }

    private void visit(Node node, GraphWalk walk) {
        if (!node.domain().isEmpty()) {
            return;
        }
        Node moved = settingsAsInputs(node, walk);
        switch (node.opType()) {
            case "Constant", "ConstantOfShape" -> constant(node, walk);
            case "Softmax", "LogSoftmax", "Hardmax" -> softmax(node, walk);
            case "Upsample" -> walk.replace(resize(moved, 1));
            case "Resize" -> {
                if (opset < 11) {
                    walk.replace(resize(moved, 1));
                }
            }
            case "Scatter" -> walk.replace(renamed(moved, "ScatterElements", moved.inputs(), moved.attributes()));
            default -> {
                if (!moved.equals(node)) {
                    walk.replace(moved);
                }
            }
        }
    }

    private static Node settingsAsInputs(Node node, GraphWalk walk) {
        List<String> names = INPUTS.getOrDefault(node.opType(), List.of());
        List<String> inputs = new ArrayList<>(node.inputs());
        SortedMap<String, Attribute> attributes = new TreeMap<>(node.attributes());
        for (int i = 1; i < names.size(); i++) {
            Attribute setting = attributes.remove(names.get(i));
            if (setting != null) {
                while (inputs.size() <= i) {
                    inputs.add("");
                }
                inputs.set(i, define(tensor(setting), node, names.get(i), walk));
            }
        }
        return renamed(node, node.opType(), inputs, attributes);
    }

    private static TensorData tensor(Attribute setting) {
        if (setting instanceof Attribute.Ints list) {
            return TensorData.vector(
                    list.values().stream().mapToLong(Long::longValue).toArray());
        } else if (setting instanceof Attribute.Int number) {
            return TensorData.vector(number.value());
        } else if (setting instanceof Attribute.Reals list) {
            float[] values = new float[list.values().size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = list.values().get(i);
            }
            return TensorData.of(values, values.length);
        } else if (setting instanceof Attribute.Real number) {
            return TensorData.scalar(number.value());
        }
        throw new IllegalArgumentException(
                "Expected an attribute that became an input, found kind " + setting.kind() + ".");
    }

    private static String define(TensorData value, Node node, String setting, GraphWalk walk) {
        String name = node.outputs().get(0) + "/" + setting;
        while (walk.isTaken(name)) {
            name += "'";
        }
        walk.define(name, value);
        return name;
    }

    private static Node renamed(
            Node node, String opType, List<String> inputs, SortedMap<String, Attribute> attributes) {
        return new Node(opType, node.domain(), node.name(), inputs, node.outputs(), attributes);
    }

    /**
     * Converts Upsample and the first form of Resize, where an output is the input at its position divided by the scale,
     * rounded down.
     */
    private static Node resize(Node node, int scales) {
        SortedMap<String, Attribute> attributes = new TreeMap<>(node.attributes());
        attributes.put("coordinate_transformation_mode", new Attribute.Text("asymmetric"));
        attributes.put("nearest_mode", new Attribute.Text("floor"));
        if (attributes.get("mode") instanceof Attribute.Text mode
                && mode.value().equals("bilinear")) {
            attributes.put("mode", new Attribute.Text("linear"));
        }
        List<String> inputs = List.of(node.inputs().get(0), "", node.inputs().get(scales));
        return renamed(node, "Resize", inputs, attributes);
    }

    /** Converts a softmax over all axes from one on, as before opset 13: it flattens to a matrix and restores the shape. */
    private void softmax(Node node, GraphWalk walk) {
        if (opset >= ONE_AXIS) {
            return;
        }
        String x = node.inputs().get(0);
        String y = node.outputs().get(0);
        SortedMap<String, Attribute> none = new TreeMap<>();
        long axis = ConstantOperators.integer(node, "axis", 1);
        walk.replace(
                new Node("Shape", "", node.name() + "/Shape", List.of(x), List.of(y + "/shape"), none),
                new Node("Flatten", "", node.name() + "/Flatten", List.of(x), List.of(y + "/matrix"), axis(axis)),
                new Node(node.opType(), "", node.name(), List.of(y + "/matrix"), List.of(y + "/rows"), axis(-1)),
                new Node(
                        "Reshape", "", node.name() + "/Reshape", List.of(y + "/rows", y + "/shape"), List.of(y), none));
    }

    private static SortedMap<String, Attribute> axis(long axis) {
        return new TreeMap<>(Map.of("axis", new Attribute.Int(axis)));
    }

    private static void constant(Node node, GraphWalk walk) {
        String output = node.outputs().get(0);
        TensorData value = null;
        if (node.opType().equals("ConstantOfShape")) {
            value = walk.constant(node, 0)
                    .map(shape -> repeated(node, shape.longs()))
                    .orElse(null);
        } else if (node.attributes().size() == 1) {
            Attribute given = node.attributes().values().iterator().next();
            value = given instanceof Attribute.TensorValue tensor
                    ? tensor.value()
                    : given instanceof Attribute.Int number
                            ? TensorData.scalar(number.value())
                            : given instanceof Attribute.Text || given instanceof Attribute.TextList
                                    ? null
                                    : tensor(given);
        }
        if (value != null) {
            walk.fold(output, output, value);
        }
    }

    /** Returns a tensor with one value everywhere, generated when it is read. */
    private static TensorData repeated(Node node, long[] dims) {
        TensorData one = node.attributes().get("value") instanceof Attribute.TensorValue given
                ? given.value()
                : TensorData.scalar(0f);
        long elements = StridedWalk.elements(dims);
        ByteBuffer value = one.bytes();
        ByteBuffer piece =
                ByteBuffer.allocate((int) Math.min(elements, PIECE) * one.type().bytes());
        while (piece.hasRemaining()) {
            piece.put(value.duplicate());
        }
        return TensorData.of(
                one.type(),
                sink -> {
                    for (long left = elements; left > 0; left -= PIECE) {
                        sink.accept(piece.duplicate()
                                .flip()
                                .limit((int) Math.min(left, PIECE) * one.type().bytes()));
                    }
                },
                dims);
    }
}
