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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Weights that a file stores in half precision, with a Cast to single precision behind. */
final class HalfWeights {

    private HalfWeights() {}

    /** Whether a node is such a Cast. */
    static boolean isStored(Node node, Map<String, TensorData> initializers) {
        return node.domain().isEmpty()
                && node.opType().equals("Cast")
                && new Attribute.Int(DataType.FLOAT.code())
                        .equals(node.attributes().get("to"))
                && initializers.containsKey(node.inputs().get(0))
                && initializers.get(node.inputs().get(0)).type() == DataType.FLOAT16;
    }

    /** The same graph with such weights in single precision, under the names of the Casts' outputs. */
    static Graph widened(Graph graph) {
        Map<String, TensorData> initializers = new LinkedHashMap<>(graph.initializers());
        List<Node> nodes = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (isStored(node, graph.initializers())) {
                initializers.put(
                        node.outputs().get(0),
                        widened(graph.initializers().get(node.inputs().get(0))));
            } else {
                nodes.add(node);
            }
        }
        return new Graph(graph.name(), graph.inputs(), graph.outputs(), initializers, nodes, graph.values());
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

    /** The values in half precision, where a half has each of them exactly. */
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
}
