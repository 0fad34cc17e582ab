package dev.jzoo.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A check of the shapes of the constants that RNN, GRU and LSTM read, against {@code hidden_size} and {@code direction}: W
 * [directions, gates * hidden, input], R [directions, gates * hidden, hidden], B [directions, 2 * gates * hidden], P
 * [directions, 3 * hidden]. ONNX Runtime does not compare them before it packs them, and packing wrong ones can crash the
 * process.
 */
final class RecurrentShapes {

    private static final Map<String, Integer> GATES = Map.of("RNN", 1, "GRU", 3, "LSTM", 4);
    private static final List<String> INPUTS =
            List.of("X", "W", "R", "B", "sequence_lens", "initial_h", "initial_c", "P");
    /** Operators whose result has the shape of their first input. */
    private static final List<String> SHAPE_KEEPING = List.of("Cast", "Identity", "DequantizeLinear");

    /** A placeholder for any size. */
    private static final long ANY = -1;

    private final Map<String, long[]> shapes;

    /** @param outer the shapes of constants in the enclosing graphs */
    RecurrentShapes(Graph graph, RecurrentShapes outer) {
        shapes = new HashMap<>(outer.shapes);
        graph.inputs().forEach(input -> shapes.remove(input.name()));
        graph.initializers().forEach((name, value) -> shapes.put(name, value.dims()));
        for (Node node : graph.nodes()) {
            if (node.outputs().isEmpty() || !node.domain().isEmpty()) {
                continue;
            }
            if (node.attributes().get("value") instanceof Attribute.TensorValue constant
                    && node.opType().equals("Constant")) {
                shapes.put(node.outputs().get(0), constant.value().dims());
            } else if (SHAPE_KEEPING.contains(node.opType())
                    && !node.inputs().isEmpty()
                    && shapes.containsKey(node.inputs().get(0))) {
                shapes.put(node.outputs().get(0), shapes.get(node.inputs().get(0)));
            }
        }
    }

    private RecurrentShapes() {
        shapes = Map.of();
    }

    /** Returns shapes without any constants. */
    static RecurrentShapes none() {
        return new RecurrentShapes();
    }

    /** Returns the faults of a node's shapes, one sentence each; empty for other operators. */
    List<String> faults(Node node) {
        Integer gates = node.domain().isEmpty() ? GATES.get(node.opType()) : null;
        if (gates == null || node.inputs().size() < 3) {
            return List.of();
        }
        List<String> faults = new ArrayList<>();
        long hidden = node.attributes().get("hidden_size") instanceof Attribute.Int size ? size.value() : hidden(node);
        if (hidden == ANY) {
            return List.of();
        } else if (hidden < 1 || hidden > Integer.MAX_VALUE) {
            return List.of(node.describe() + ": expected a hidden_size of at least 1, found " + hidden + ".");
        }
        long directions =
                new Attribute.Text("bidirectional").equals(node.attributes().get("direction")) ? 2 : 1;
        boolean batchFirst = new Attribute.Int(1).equals(node.attributes().get("layout"));
        long[] state = batchFirst ? new long[] {ANY, directions, hidden} : new long[] {directions, ANY, hidden};
        List<long[]> expected = List.of(
                new long[] {ANY, ANY, input(node)},
                new long[] {directions, gates * hidden, ANY},
                new long[] {directions, gates * hidden, hidden},
                new long[] {directions, 2 * gates * hidden},
                new long[] {ANY},
                state,
                state,
                new long[] {directions, 3 * hidden});
        for (int i = 0; i < Math.min(node.inputs().size(), expected.size()); i++) {
            long[] found = shapes.get(node.inputs().get(i));
            if (found != null && !fits(found, expected.get(i))) {
                faults.add(node.describe() + ": " + INPUTS.get(i) + " '"
                        + node.inputs().get(i) + "' has the shape "
                        + Arrays.toString(found) + "; expected " + shape(expected.get(i)) + " with hidden_size "
                        + hidden
                        + " and " + directions + (directions == 1 ? " direction." : " directions."));
            }
        }
        return faults;
    }

    /** Returns the hidden size, from the attribute or from the shape of R. */
    private long hidden(Node node) {
        long[] recurrent = shapes.get(node.inputs().get(2));
        return recurrent == null || recurrent.length != 3 ? ANY : recurrent[2];
    }

    private long input(Node node) {
        long[] weights = shapes.get(node.inputs().get(1));
        return weights == null || weights.length != 3 ? ANY : weights[2];
    }

    private static boolean fits(long[] found, long[] expected) {
        if (found.length != expected.length) {
            return false;
        }
        for (int i = 0; i < found.length; i++) {
            if (expected[i] != ANY && found[i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    private static String shape(long[] dims) {
        return Arrays.toString(dims).replace(Long.toString(ANY), "any");
    }
}
