package dev.jzoo.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.jzoo.onnx.proto.AttributeProto;
import dev.jzoo.onnx.proto.GraphProto;
import dev.jzoo.onnx.proto.ModelProto;
import dev.jzoo.onnx.proto.NodeProto;
import dev.jzoo.onnx.proto.SparseTensorProto;
import dev.jzoo.onnx.proto.StringStringEntryProto;
import dev.jzoo.onnx.proto.TensorProto;
import dev.jzoo.onnx.proto.TensorShapeProto;
import dev.jzoo.onnx.proto.TypeProto;
import dev.jzoo.onnx.proto.ValueInfoProto;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.file.FileKind;
import dev.jzoo.zoo.file.OnnxBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A converter from protobuf to JZoo's types. Unsupported parts are rejected by name, or reported and omitted for callers
 * that only look.
 */
final class OnnxReader {

    /** A source of tensor values that are outside the file. */
    interface ExternalData {
        TensorData find(TensorProto tensor, DataType type, long[] dims) throws IOException;
    }

    /** A listener for unsupported parts. It gets a description that ends in "not supported". */
    interface UnsupportedPart {
        void found(String part);

        /** The listener for a file that will be written again, so that nothing gets lost. */
        UnsupportedPart REFUSED = part -> {
            throw new IllegalArgumentException(part);
        };
    }

    private final ExternalData external;
    private final UnsupportedPart unsupported;

    OnnxReader(ExternalData external, UnsupportedPart unsupported) {
        this.external = external;
        this.unsupported = unsupported;
    }

    static OnnxFile read(Path file) throws IOException {
        OnnxReader reader = new OnnxReader(new ExternalFolder(file), UnsupportedPart.REFUSED);
        return reader.file(file.toString(), OnnxBytes.read(file));
    }

    static OnnxFile read(String source, byte[] bytes) throws IOException {
        ExternalData nowhere = (tensor, type, dims) -> {
            throw new DataFormatException(
                    source, "'" + tensor.getName() + "' is stored in another file; read the model by path");
        };
        return new OnnxReader(nowhere, UnsupportedPart.REFUSED).file(source, bytes);
    }

    /** Reads a model. Fails with a DataFormatException that names the source. */
    private OnnxFile file(String source, byte[] bytes) throws IOException {
        return file(source, parse(source, bytes));
    }

    /**
     * Parses a model into protobuf messages. Fails with a DataFormatException that names the source, with the text of
     * {@link OnnxBytes}.
     */
    ModelProto parse(String source, byte[] bytes) throws IOException {
        try {
            // With aliasing, weights are views of the bytes instead of copies.
            CodedInputStream in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
            in.enableAliasing(true);
            ModelProto model = ModelProto.parseFrom(in);
            if (model.hasGraph() && model.getOpsetImportCount() > 0) {
                return model;
            }
            throw new DataFormatException(
                    source,
                    FileKind.recognise(FileKind.head(bytes)).isPresent()
                            ? OnnxBytes.refusal(FileKind.head(bytes))
                            : "expected an ONNX model, found bytes without a graph or an opset");
        } catch (InvalidProtocolBufferException e) {
            throw new DataFormatException(source, OnnxBytes.refusal(FileKind.head(bytes)));
        }
    }

    /** Converts protobuf messages to a model. Fails with a DataFormatException that names the source. */
    OnnxFile file(String source, ModelProto whole) throws IOException {
        try {
            ModelProto model = FunctionInlining.of(whole);
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
                    graph(model.getGraph()),
                    metadata,
                    Annotations.of(model));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new DataFormatException(source, String.valueOf(e.getMessage()));
        }
    }

    static String domain(String domain) {
        return domain.equals("ai.onnx") ? "" : domain;
    }

    private Graph graph(GraphProto proto) throws IOException {
        Map<String, TensorData> initializers = new LinkedHashMap<>();
        for (TensorProto tensor : proto.getInitializerList()) {
            initializers.put(tensor.getName(), tensor(tensor));
        }
        for (SparseTensorProto tensor : proto.getSparseInitializerList()) {
            initializers.put(tensor.getValues().getName(), sparse(tensor));
        }
        List<Node> nodes = new ArrayList<>();
        for (NodeProto node : proto.getNodeList()) {
            nodes.add(node(node));
        }
        // Before IR version 4 every initializer was also listed as an input; a caller need not provide it.
        List<ValueInfo> inputs = proto.getInputList().stream()
                .filter(input -> !initializers.containsKey(input.getName()))
                .map(this::valueInfo)
                .toList();
        return new Graph(
                proto.getName(),
                inputs,
                proto.getOutputList().stream().map(this::valueInfo).toList(),
                initializers,
                nodes,
                // A value without a shape is useless: even its number of axes is unknown.
                proto.getValueInfoList().stream()
                        .filter(value -> value.getType().getTensorType().hasShape())
                        .map(this::valueInfo)
                        .toList());
    }

    private Node node(NodeProto proto) throws IOException {
        SortedMap<String, Attribute> attributes = new TreeMap<>();
        for (AttributeProto attribute : proto.getAttributeList()) {
            if (attribute.getType() == AttributeProto.AttributeType.SPARSE_TENSOR) {
                // Among the standard operators only Constant has one, and it also accepts the same value in dense form.
                attributes.put("value", new Attribute.TensorValue(sparse(attribute.getSparseTensor())));
            } else {
                Attribute value = attribute(attribute);
                if (value != null) {
                    attributes.put(attribute.getName(), value);
                }
            }
        }
        return new Node(
                proto.getOpType(),
                domain(proto.getDomain()),
                proto.getName(),
                proto.getInputList(),
                proto.getOutputList(),
                attributes);
    }

    /** Returns the attribute, or null if it is not supported. */
    private @Nullable Attribute attribute(AttributeProto proto) throws IOException {
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
            case TENSOR -> new Attribute.TensorValue(tensor(proto.getT()));
            case GRAPH -> new Attribute.Subgraph(graph(proto.getG()));
            default -> {
                unsupported.found(
                        "attribute '" + proto.getName() + "' of kind " + proto.getType() + " is not supported");
                yield null;
            }
        };
    }

    TensorData tensor(TensorProto proto) throws IOException {
        try {
            return data(proto);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException("'" + proto.getName() + "': " + e.getMessage(), e);
        }
    }

    private TensorData sparse(SparseTensorProto proto) throws IOException {
        try {
            return SparseTensors.dense(proto, data(proto.getValues()), data(proto.getIndices()));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException("'" + proto.getValues().getName() + "': " + e.getMessage(), e);
        }
    }

    private TensorData data(TensorProto proto) throws IOException {
        DataType type = DataType.of(proto.getDataType());
        long[] dims = proto.getDimsList().stream().mapToLong(Long::longValue).toArray();
        if (type == DataType.UNDEFINED) {
            throw new IllegalArgumentException("a constant without an element type is not supported");
        }
        if (type == DataType.STRING) {
            unsupported.found("constants of strings are not supported");
            return TensorData.unread(type, dims);
        }
        if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
            return external.find(proto, type, dims);
        }
        ByteBuffer bytes = proto.hasRawData() ? proto.getRawData().asReadOnlyByteBuffer() : typed(proto, type, dims);
        return TensorData.of(type, bytes, dims);
    }

    /** Packs values from one of the typed fields. Values of at most 16 bits are in int32_data. */
    private static ByteBuffer typed(TensorProto proto, DataType type, long[] dims) {
        long expected = type.bytes() > 0 ? TensorData.elements(dims) : TensorData.byteSize(type, dims);
        int count =
                switch (type) {
                    case FLOAT, COMPLEX64 -> proto.getFloatDataCount();
                    case DOUBLE, COMPLEX128 -> proto.getDoubleDataCount();
                    case INT64 -> proto.getInt64DataCount();
                    case UINT32, UINT64 -> proto.getUint64DataCount();
                    default -> proto.getInt32DataCount();
                };
        if (type == DataType.COMPLEX64 || type == DataType.COMPLEX128) {
            throw new IllegalArgumentException("constants of complex numbers are not supported");
        }
        if (count != expected) {
            throw new IllegalArgumentException("expected " + expected + " values, found " + count);
        }
        int width = Math.max(1, type.bytes());
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(count, width)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            switch (type) {
                case FLOAT -> bytes.putFloat(proto.getFloatData(i));
                case DOUBLE -> bytes.putDouble(proto.getDoubleData(i));
                case INT64 -> bytes.putLong(proto.getInt64Data(i));
                case UINT64 -> bytes.putLong(proto.getUint64Data(i));
                case UINT32 -> bytes.putInt((int) proto.getUint64Data(i));
                case INT32 -> bytes.putInt(proto.getInt32Data(i));
                case INT16, UINT16, FLOAT16, BFLOAT16 -> bytes.putShort((short) proto.getInt32Data(i));
                default -> bytes.put((byte) proto.getInt32Data(i));
            }
        }
        return bytes.flip();
    }

    private ValueInfo valueInfo(ValueInfoProto proto) {
        TypeProto type = proto.getType();
        if (type.getValueCase() == TypeProto.ValueCase.VALUE_NOT_SET) {
            return ValueInfo.ofAnyShape(proto.getName(), DataType.UNDEFINED);
        }
        if (!type.hasTensorType()) {
            unsupported.found(
                    "'" + proto.getName() + "' is not a tensor; sequences, maps and optional values are not supported");
            return ValueInfo.ofAnyShape(proto.getName(), DataType.UNDEFINED);
        }
        DataType elements = DataType.of(type.getTensorType().getElemType());
        return type.getTensorType().hasShape()
                ? new ValueInfo(
                        proto.getName(), elements, shape(type.getTensorType().getShape()))
                : ValueInfo.ofAnyShape(proto.getName(), elements);
    }

    static List<Dimension> shape(TensorShapeProto proto) {
        List<Dimension> shape = new ArrayList<>();
        for (TensorShapeProto.Dimension dim : proto.getDimList()) {
            if (dim.hasDimValue() && dim.getDimValue() >= 0) {
                shape.add(Dimension.of(dim.getDimValue()));
            } else if (dim.hasDimParam() && !dim.getDimParam().isBlank()) {
                shape.add(Dimension.of(dim.getDimParam()));
            } else {
                shape.add(new Dimension.UnknownDimension());
            }
        }
        return shape;
    }
}
