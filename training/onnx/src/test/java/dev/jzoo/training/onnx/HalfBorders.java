package dev.jzoo.training.onnx;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Half;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Networks that take and give half precision, behind Casts: the tensors of our runtime have no such type. */
final class HalfBorders {

    private HalfBorders() {}

    /** The same network with inputs and outputs in single precision. */
    static OnnxFile single(OnnxFile file) {
        Graph graph = file.graph();
        List<ValueInfo> inputs = new ArrayList<>();
        List<ValueInfo> outputs = new ArrayList<>();
        List<Node> nodes = new ArrayList<>();
        for (ValueInfo input : graph.inputs()) {
            inputs.add(new ValueInfo(input.name() + "/single", DataType.FLOAT, input.shape()));
            nodes.add(cast(input.name() + "/single", input.name(), input.type()));
        }
        nodes.addAll(graph.nodes());
        for (ValueInfo output : graph.outputs()) {
            outputs.add(new ValueInfo(output.name() + "/single", DataType.FLOAT, output.shape()));
            nodes.add(cast(output.name(), output.name() + "/single", DataType.FLOAT));
        }
        return file.withGraph(new Graph(graph.name(), inputs, outputs, graph.initializers(), nodes, graph.values()));
    }

    private static Node cast(String from, String to, DataType type) {
        return new Node(
                "Cast",
                "",
                "",
                List.of(from),
                List.of(to),
                new TreeMap<>(Map.of("to", new Attribute.Int(type.code()))));
    }

    static List<TensorData> single(List<TensorData> tensors) {
        return tensors.stream().map(HalfBorders::single).toList();
    }

    /** Half precision as single; other types as they are. */
    static TensorData single(TensorData tensor) {
        if (tensor.type() != DataType.FLOAT16) {
            return tensor;
        }
        ByteBuffer halves = tensor.bytes();
        float[] values = new float[(int) tensor.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Half.toFloat(halves.getShort());
        }
        return TensorData.of(values, tensor.dims());
    }
}
