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
 * Says in the form of opset 25 what a graph of opset 7 or later says in the form of its own: settings that became inputs are
 * inputs, operators that were renamed have their new names, and what changed its meaning is written out.
 */
final class CanonicalForm implements GraphPass {

    /** The opset from which on softmax is over one axis; before, over all from an axis on. */
    private static final long ONE_AXIS = 13;

    /** Elements of a repeated value that are handed out at once. */
    private static final int PIECE = 1 << 14;

    /** Where attributes went that became inputs, by operator. */
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
        throw new IllegalArgumentException("No setting that became an input is of kind " + setting.kind() + ".");
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

    /** Upsample, and Resize as it was at first: an output takes the input at its place divided by the scale, rounded down. */
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

    /** Over all axes from one on, as it was before opset 13: on a matrix, which then gets its shape back. */
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

    /** One value in every place, written when it is asked for. */
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
