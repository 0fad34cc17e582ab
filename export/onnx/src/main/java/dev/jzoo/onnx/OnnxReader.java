package dev.jzoo.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.jzoo.onnx.proto.AttributeProto;
import dev.jzoo.onnx.proto.GraphProto;
import dev.jzoo.onnx.proto.ModelProto;
import dev.jzoo.onnx.proto.NodeProto;
import dev.jzoo.onnx.proto.StringStringEntryProto;
import dev.jzoo.onnx.proto.TensorProto;
import dev.jzoo.onnx.proto.TensorShapeProto;
import dev.jzoo.onnx.proto.ValueInfoProto;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** From protobuf to our values. What has no form here is refused by name rather than lost. */
final class OnnxReader {

    /** Finds the bytes of a tensor that lie outside the file. */
    interface ExternalData {
        ByteBuffer find(TensorProto tensor) throws IOException;
    }

    private OnnxReader() {}

    static OnnxFile read(Path file) throws IOException {
        return read(file.toString(), Files.readAllBytes(file), new ExternalFolder(file));
    }

    static OnnxFile read(String source, byte[] bytes) throws IOException {
        return read(source, bytes, tensor -> {
            throw new DataFormatException(source, "'" + tensor.getName() + "' lies in another file; read it by path");
        });
    }

    private static OnnxFile read(String source, byte[] bytes, ExternalData external) throws IOException {
        try {
            // Aliasing lets the weights be views of the bytes instead of copies.
            CodedInputStream in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
            in.enableAliasing(true);
            ModelProto model = ModelProto.parseFrom(in);
            if (!model.hasGraph() || model.getOpsetImportCount() == 0) {
                throw new DataFormatException(
                        source, "expected an ONNX model, found bytes without a graph or an opset");
            }
            if (model.getFunctionsCount() > 0) {
                throw new DataFormatException(
                        source,
                        "model-local functions (" + model.getFunctions(0).getName() + ", ...) are not supported");
            }
            SortedMap<String, Long> opsets = new TreeMap<>();
            model.getOpsetImportList().forEach(o -> opsets.put(domain(o.getDomain()), o.getVersion()));
            SortedMap<String, String> metadata = new TreeMap<>();
            for (StringStringEntryProto entry : model.getMetadataPropsList()) {
                metadata.put(entry.getKey(), entry.getValue());
            }
            return new OnnxFile(
                    model.getIrVersion(),
                    opsets,
                    new OnnxFile.Producer(model.getProducerName(), model.getProducerVersion()),
                    graph(model.getGraph(), external),
                    metadata);
        } catch (InvalidProtocolBufferException e) {
            throw new DataFormatException(source, "expected an ONNX model (protobuf): " + e.getMessage());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new DataFormatException(source, e.getMessage());
        }
    }

    private static String domain(String domain) {
        return domain.equals("ai.onnx") ? "" : domain;
    }

    private static Graph graph(GraphProto proto, ExternalData external) throws IOException {
        Map<String, TensorData> initializers = new LinkedHashMap<>();
        for (TensorProto tensor : proto.getInitializerList()) {
            initializers.put(tensor.getName(), tensor(tensor, external));
        }
        List<Node> nodes = new ArrayList<>();
        for (NodeProto node : proto.getNodeList()) {
            nodes.add(node(node, external));
        }
        // Before IR version 4 every initializer was listed as an input too; a caller need not give those.
        List<ValueInfo> inputs = proto.getInputList().stream()
                .filter(input -> !initializers.containsKey(input.getName()))
                .map(OnnxReader::valueInfo)
                .toList();
        return new Graph(
                proto.getName(),
                inputs,
                proto.getOutputList().stream().map(OnnxReader::valueInfo).toList(),
                initializers,
                nodes,
                // One without a shape is not a scalar: not even the number of its axes is known, so that it says
                // nothing.
                proto.getValueInfoList().stream()
                        .filter(value -> value.getType().getTensorType().hasShape())
                        .map(OnnxReader::valueInfo)
                        .toList());
    }

    private static Node node(NodeProto proto, ExternalData external) throws IOException {
        SortedMap<String, Attribute> attributes = new TreeMap<>();
        for (AttributeProto attribute : proto.getAttributeList()) {
            attributes.put(attribute.getName(), attribute(attribute, external));
        }
        return new Node(
                proto.getOpType(),
                domain(proto.getDomain()),
                proto.getName(),
                proto.getInputList(),
                proto.getOutputList(),
                attributes);
    }

    private static Attribute attribute(AttributeProto proto, ExternalData external) throws IOException {
        return switch (proto.getType()) {
            case INT -> new Attribute.Int(proto.getI());
            case FLOAT -> new Attribute.Real(proto.getF());
            case STRING -> new Attribute.Text(proto.getS().toStringUtf8());
            case INTS -> new Attribute.Ints(proto.getIntsList());
            case FLOATS -> new Attribute.Reals(proto.getFloatsList());
            case STRINGS ->
                new Attribute.TextList(proto.getStringsList().stream()
                        .map(ByteString::toStringUtf8)
                        .toList());
            case TENSOR -> new Attribute.TensorValue(tensor(proto.getT(), external));
            case GRAPH -> new Attribute.Subgraph(graph(proto.getG(), external));
            case TENSORS, GRAPHS, UNDEFINED ->
                throw new IllegalArgumentException(
                        "attribute '" + proto.getName() + "' of kind " + proto.getType() + " is not supported");
        };
    }

    static TensorData tensor(TensorProto proto, ExternalData external) throws IOException {
        try {
            return data(proto, external);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException("'" + proto.getName() + "': " + e.getMessage(), e);
        }
    }

    private static TensorData data(TensorProto proto, ExternalData external) throws IOException {
        DataType type = DataType.of(proto.getDataType());
        long[] dims = proto.getDimsList().stream().mapToLong(Long::longValue).toArray();
        if (type == DataType.STRING) {
            throw new IllegalArgumentException("constants of strings are not supported");
        }
        if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
            return TensorData.of(type, external.find(proto), dims);
        }
        ByteBuffer bytes = proto.hasRawData() ? proto.getRawData().asReadOnlyByteBuffer() : typed(proto, type, dims);
        return TensorData.of(type, bytes, dims);
    }

    /** Packs values that stand in one of the typed fields; 8- and 16-bit ones stand in int32_data. */
    private static ByteBuffer typed(TensorProto proto, DataType type, long[] dims) {
        long count = TensorData.elements(dims);
        int found = proto.getFloatDataCount()
                + proto.getInt32DataCount()
                + proto.getInt64DataCount()
                + proto.getDoubleDataCount()
                + proto.getUint64DataCount();
        if (found != count) {
            throw new IllegalArgumentException("expected " + count + " values, found " + found);
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(found, type.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            switch (type) {
                case FLOAT -> bytes.putFloat(proto.getFloatData(i));
                case DOUBLE -> bytes.putDouble(proto.getDoubleData(i));
                case INT64 -> bytes.putLong(proto.getInt64Data(i));
                case UINT64 -> bytes.putLong(proto.getUint64Data(i));
                case UINT32 -> bytes.putInt((int) proto.getUint64Data(i));
                case INT32 -> bytes.putInt(proto.getInt32Data(i));
                case INT16, UINT16, FLOAT16, BFLOAT16 -> bytes.putShort((short) proto.getInt32Data(i));
                case INT8, UINT8, BOOL -> bytes.put((byte) proto.getInt32Data(i));
                case STRING -> throw new AssertionError("strings were refused before");
            }
        }
        return bytes.flip();
    }

    private static ValueInfo valueInfo(ValueInfoProto proto) {
        if (!proto.getType().hasTensorType()) {
            throw new IllegalArgumentException("'" + proto.getName()
                    + "' is no tensor: sequences, maps and optional values" + " are not supported");
        }
        List<Dimension> shape = new ArrayList<>();
        for (TensorShapeProto.Dimension dim :
                proto.getType().getTensorType().getShape().getDimList()) {
            if (dim.hasDimValue() && dim.getDimValue() >= 0) {
                shape.add(Dimension.of(dim.getDimValue()));
            } else if (dim.hasDimParam() && !dim.getDimParam().isBlank()) {
                shape.add(Dimension.of(dim.getDimParam()));
            } else {
                shape.add(new Dimension.UnknownDimension());
            }
        }
        return new ValueInfo(
                proto.getName(), DataType.of(proto.getType().getTensorType().getElemType()), shape);
    }
}
