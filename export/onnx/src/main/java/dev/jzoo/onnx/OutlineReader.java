package dev.jzoo.onnx;

import dev.jzoo.onnx.OnnxOutline.OutlinePort;
import dev.jzoo.onnx.proto.FunctionProto;
import dev.jzoo.onnx.proto.GraphProto;
import dev.jzoo.onnx.proto.ModelProto;
import dev.jzoo.onnx.proto.StringStringEntryProto;
import dev.jzoo.onnx.proto.TensorProto;
import dev.jzoo.onnx.proto.TensorShapeProto;
import dev.jzoo.onnx.proto.TypeProto;
import dev.jzoo.onnx.proto.ValueInfoProto;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.file.OnnxBytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A reader of an {@link OnnxOutline}. It uses the reader of {@link OnnxFile} and adds the types. */
final class OutlineReader {

    private final Set<String> external = new LinkedHashSet<>();
    private final Set<String> unsupported = new LinkedHashSet<>();

    private OutlineReader() {}

    static OnnxOutline read(Path path) throws IOException {
        return read(path.toString(), OnnxBytes.read(path));
    }

    static OnnxOutline read(String source, byte[] bytes) throws IOException {
        return new OutlineReader().outline(source, bytes);
    }

    private OnnxOutline outline(String source, byte[] bytes) throws IOException {
        OnnxReader reader = new OnnxReader(this::external, unsupported::add);
        ModelProto model = reader.parse(source, bytes);
        OnnxFile file = reader.file(source, model);
        SortedMap<String, Long> operators = new TreeMap<>();
        long parameters = parameters(file.graph());
        for (Node node : OnnxOutline.nodes(file.graph())) {
            operators.merge((node.domain().isEmpty() ? "" : node.domain() + ".") + node.opType(), 1L, Long::sum);
            for (Graph body : OnnxOutline.bodies(node)) {
                parameters += parameters(body);
            }
        }
        GraphProto graph = model.getGraph();
        Set<String> constants = file.graph().initializers().keySet();
        return new OnnxOutline(
                file,
                graph.getInputList().stream()
                        .filter(input -> !constants.contains(input.getName()))
                        .map(OutlineReader::port)
                        .toList(),
                graph.getOutputList().stream().map(OutlineReader::port).toList(),
                operators,
                parameters,
                List.copyOf(external),
                model.getFunctionsList().stream().map(FunctionProto::getName).toList(),
                List.copyOf(unsupported));
    }

    private TensorData external(TensorProto tensor, DataType type, long[] dims) {
        for (StringStringEntryProto entry : tensor.getExternalDataList()) {
            if (entry.getKey().equals("location")) {
                external.add(entry.getValue());
            }
        }
        return TensorData.unread(type, dims);
    }

    /**
     * Counts the parameters of a graph, without bodies but with Constant nodes. A scalar Constant is a setting, not a
     * weight.
     */
    private static long parameters(Graph graph) {
        List<TensorData> constants = new ArrayList<>(graph.initializers().values());
        for (Node node : graph.nodes()) {
            if (node.opType().equals("Constant")
                    && node.attributes().get("value") instanceof Attribute.TensorValue constant
                    && constant.value().dims().length > 0) {
                constants.add(constant.value());
            }
        }
        return constants.stream()
                .filter(constant -> constant.type().isOfWeights())
                .mapToLong(TensorData::elements)
                .reduce(0, Math::addExact);
    }

    private static OutlinePort port(ValueInfoProto value) {
        TypeProto type = value.getType();
        return new OutlinePort(
                value.getName(), words(type), type.hasTensorType() ? axes(type.getTensorType()) : List.of());
    }

    private static List<String> axes(TypeProto.Tensor tensor) {
        return tensor.hasShape() ? axes(tensor.getShape()) : List.of("...");
    }

    private static List<String> axes(TensorShapeProto shape) {
        return OnnxReader.shape(shape).stream().map(Dimension::toString).toList();
    }

    private static String words(TypeProto type) {
        return switch (type.getValueCase()) {
            case TENSOR_TYPE -> element(type.getTensorType().getElemType());
            case SPARSE_TENSOR_TYPE ->
                "sparse_tensor(" + element(type.getSparseTensorType().getElemType()) + ")";
            case SEQUENCE_TYPE -> "seq(" + words(type.getSequenceType().getElemType()) + ")";
            case OPTIONAL_TYPE -> "optional(" + words(type.getOptionalType().getElemType()) + ")";
            case MAP_TYPE ->
                "map(" + element(type.getMapType().getKeyType()) + ", "
                        + words(type.getMapType().getValueType()) + ")";
            case OPAQUE_TYPE -> "opaque(" + type.getOpaqueType().getName() + ")";
            case VALUE_NOT_SET -> "undefined";
        };
    }

    private static String element(int code) {
        try {
            return DataType.of(code).name().toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "type " + code;
        }
    }
}
