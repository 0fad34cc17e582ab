package dev.jzoo.onnx.passes;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Half;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.TensorData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A pass that stores large constants in half precision if a half represents each value exactly. A Cast after the constant
 * restores its type and name. This halves the bytes and does not change any result.
 */
final class HalfPrecisionStorage implements GraphPass {

    private static final String SUFFIX = ".half";

    @Override
    public Graph apply(Graph graph) {
        Map<String, TensorData> initializers = new LinkedHashMap<>();
        List<Node> nodes = new ArrayList<>();
        graph.initializers().forEach((name, tensor) -> {
            if (isHalf(tensor) && !graph.initializers().containsKey(name + SUFFIX)) {
                initializers.put(name + SUFFIX, halved(tensor));
                nodes.add(cast(name));
            } else {
                initializers.put(name, tensor);
            }
        });
        if (nodes.isEmpty()) {
            return graph;
        }
        nodes.addAll(graph.nodes());
        return new Graph(graph.name(), graph.inputs(), graph.outputs(), initializers, nodes, graph.values());
    }

    private static Node cast(String name) {
        return new Node(
                "Cast",
                "",
                "/" + name + "/Cast",
                List.of(name + SUFFIX),
                List.of(name),
                new TreeMap<>(Map.of("to", new Attribute.Int(DataType.FLOAT.code()))));
    }

    private static boolean isHalf(TensorData tensor) {
        if (tensor.type() != DataType.FLOAT || tensor.elements() < Half.LARGE) {
            return false;
        }
        boolean[] lossless = {true};
        try {
            tensor.read(piece -> {
                FloatBuffer values = piece.asFloatBuffer();
                while (lossless[0] && values.hasRemaining()) {
                    float value = values.get();
                    lossless[0] = Float.compare(value, Half.rounded(value)) == 0;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lossless[0];
    }

    private static TensorData halved(TensorData tensor) {
        return TensorData.of(
                DataType.FLOAT16,
                sink -> tensor.read(piece -> {
                    FloatBuffer values = piece.asFloatBuffer();
                    ByteBuffer halves = ByteBuffer.allocate(values.remaining() * Short.BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN);
                    while (values.hasRemaining()) {
                        halves.putShort(Half.of(values.get()));
                    }
                    sink.accept(halves.flip());
                }),
                tensor.dims());
    }
}
