package dev.jzoo.training.onnx;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Half;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The weights that a file stores in half precision: followed by a Cast to single precision, or for operators that
 * compute in half precision. Both kinds are trained in single precision, where small steps are not lost.
 */
final class HalfWeights {

    private HalfWeights() {}

    /** Returns whether a node is such a Cast. */
    static boolean isStored(Node node, Map<String, TensorData> initializers) {
        return node.domain().isEmpty()
                && node.opType().equals("Cast")
                && new Attribute.Int(DataType.FLOAT.code())
                        .equals(node.attributes().get("to"))
                && initializers.containsKey(node.inputs().get(0))
                && initializers.get(node.inputs().get(0)).type() == DataType.FLOAT16;
    }

    /** Returns the same graph with such weights in single precision, under the names of the Casts' outputs. */
    static Graph widened(Graph graph) {
        Map<String, TensorData> initializers = new LinkedHashMap<>(graph.initializers());
        Map<String, String> first = new HashMap<>();
        List<Node> nodes = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (!isStored(node, graph.initializers())) {
                nodes.add(node);
                continue;
            }
            String output = node.outputs().get(0);
            String half = node.inputs().get(0);
            String other = first.putIfAbsent(half, output);
            if (other == null) {
                initializers.put(output, widened(graph.initializers().get(half)));
            } else {
                nodes.add(new Node("Identity", "", node.name(), List.of(other), List.of(output), new TreeMap<>()));
            }
        }
        return new Graph(graph.name(), graph.inputs(), graph.outputs(), initializers, nodes, graph.values());
    }

    /**
     * Returns the same graph with the weights of half-precision operators in single precision, each followed by a Cast.
     * A BatchNormalization keeps its weights unchanged, because its running statistics are updated in place.
     */
    static Graph withMasters(Graph graph) {
        Map<String, TensorData> initializers = new LinkedHashMap<>(graph.initializers());
        Set<String> taken = graph.names();
        Map<String, String> halves = new LinkedHashMap<>();
        List<Node> casts = new ArrayList<>();
        for (TrainableWeight weight : TrainableWeights.of(graph)) {
            if (weight.value().type() == DataType.FLOAT16) {
                String half = weight.name() + "/half";
                while (!taken.add(half)) {
                    half += "'";
                }
                initializers.put(weight.name(), widened(weight.value()));
                halves.put(weight.name(), half);
                casts.add(new Node(
                        "Cast",
                        "",
                        "",
                        List.of(weight.name()),
                        List.of(half),
                        new TreeMap<>(Map.of("to", new Attribute.Int(DataType.FLOAT16.code())))));
            }
        }
        if (casts.isEmpty()) {
            return graph;
        }
        List<Node> nodes = new ArrayList<>(casts);
        graph.nodes().forEach(node -> nodes.add(reading(node, halves)));
        return new Graph(graph.name(), graph.inputs(), graph.outputs(), initializers, nodes, graph.values());
    }

    private static Node reading(Node node, Map<String, String> halves) {
        boolean normalizes = node.domain().isEmpty() && node.opType().equals("BatchNormalization");
        Node read = normalizes
                ? node
                : node.withInputs(node.inputs().stream()
                        .map(input -> halves.getOrDefault(input, input))
                        .toList());
        return read.withBodies(body -> new Graph(
                body.name(),
                body.inputs(),
                body.outputs(),
                body.initializers(),
                body.nodes().stream().map(inner -> reading(inner, halves)).toList(),
                body.values()));
    }

    private static TensorData widened(TensorData halves) {
        return TensorData.of(
                DataType.FLOAT,
                sink -> halves.read(piece -> {
                    ShortBuffer values = piece.asShortBuffer();
                    ByteBuffer floats = ByteBuffer.allocate(values.remaining() * Float.BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN);
                    while (values.hasRemaining()) {
                        floats.putFloat(Half.toFloat(values.get()));
                    }
                    sink.accept(floats.flip());
                }),
                halves.dims());
    }

    /** Returns the values in half precision, if a half represents each of them exactly. */
    static Optional<TensorData> halved(TensorData floats) {
        FloatBuffer values = floats.bytes().asFloatBuffer();
        ByteBuffer halves =
                ByteBuffer.allocate(values.remaining() * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (values.hasRemaining()) {
            float value = values.get();
            short half = Half.of(value);
            if (Float.compare(Half.toFloat(half), value) != 0) {
                return Optional.empty();
            }
            halves.putShort(half);
        }
        return Optional.of(TensorData.of(DataType.FLOAT16, halves.flip(), floats.dims()));
    }

    /** Returns the values in half precision, each rounded to the nearest half. */
    static TensorData rounded(String name, TensorData floats) {
        FloatBuffer values = floats.bytes().asFloatBuffer();
        ByteBuffer halves =
                ByteBuffer.allocate(values.remaining() * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (values.hasRemaining()) {
            float value = values.get();
            short half = Half.of(value);
            if (Float.isInfinite(Half.toFloat(half)) && !Float.isInfinite(value)) {
                throw new UnsupportedGraphException(
                        "'" + name + "' has reached the value " + value
                                + ", but the file stores it in half precision, whose largest value is 65504.",
                        "Train with a lower learning rate, or convert the file to single precision first.");
            }
            halves.putShort(half);
        }
        return TensorData.of(DataType.FLOAT16, halves.flip(), floats.dims());
    }
}
