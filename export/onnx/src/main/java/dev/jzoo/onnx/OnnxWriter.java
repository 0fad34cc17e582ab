package dev.jzoo.onnx;

import com.google.protobuf.ByteString;
import dev.jzoo.onnx.proto.AttributeProto;
import dev.jzoo.onnx.proto.AttributeProto.AttributeType;
import dev.jzoo.onnx.proto.GraphProto;
import dev.jzoo.onnx.proto.ModelProto;
import dev.jzoo.onnx.proto.NodeProto;
import dev.jzoo.onnx.proto.OperatorSetIdProto;
import dev.jzoo.onnx.proto.StringStringEntryProto;
import dev.jzoo.onnx.proto.TensorProto;
import dev.jzoo.onnx.proto.TensorShapeProto;
import dev.jzoo.onnx.proto.TypeProto;
import dev.jzoo.onnx.proto.ValueInfoProto;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.file.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A converter from JZoo's types to protobuf. Every order is fixed, so that equal models give equal bytes. {@link
 * ModelStream} inserts the weights.
 */
final class OnnxWriter {

    /** Largest size of weights in bytes that fits one protobuf message together with the graph. */
    static final long INLINE_LIMIT = 2_000_000_000;

    /** The first version of the format in which an initializer need not also be an input, as in {@link Graph}. */
    private static final long INITIALIZERS_ALONE = 4;

    private final Annotations annotations;

    OnnxWriter(Annotations annotations) {
        this.annotations = annotations;
    }

    static Fingerprint write(OnnxFile file, OutputStream out) throws IOException {
        requireInline(file);
        return write(file, ExternalWeights.none(), out);
    }

    /** Writes a file under a temporary name, and a second one with the weights if they exceed a limit. */
    static PreparedModel prepare(OnnxFile file, Path path, long inlineLimit) throws IOException {
        if (weightBytes(file) <= Math.min(inlineLimit, INLINE_LIMIT)) {
            return prepare(file, path, ExternalWeights.none(), List.of());
        }
        Path data = data(path);
        ExternalWeights weights =
                ExternalWeights.of(file.graph(), data.getFileName().toString());
        AtomicFile beside = AtomicFile.prepare(data, weights::write);
        try {
            return prepare(file, path, weights, List.of(beside));
        } catch (IOException | RuntimeException | Error e) {
            beside.close();
            throw e;
        }
    }

    private static PreparedModel prepare(OnnxFile file, Path path, ExternalWeights weights, List<AtomicFile> beside)
            throws IOException {
        Fingerprint[] written = new Fingerprint[1];
        AtomicFile model = AtomicFile.prepare(path, out -> written[0] = write(file, weights, out));
        return new PreparedModel(path, model, beside, written[0]);
    }

    /** Writes the same files as {@link #prepare}, directly under their names and without waiting for the disk. */
    static void writeDraft(OnnxFile file, Path path, long inlineLimit) throws IOException {
        ExternalWeights weights = ExternalWeights.none();
        if (weightBytes(file) > Math.min(inlineLimit, INLINE_LIMIT)) {
            weights = ExternalWeights.of(file.graph(), data(path).getFileName().toString());
            try (OutputStream out = Files.newOutputStream(data(path))) {
                weights.write(out);
            }
        }
        try (OutputStream out = Files.newOutputStream(path)) {
            new ModelStream(file, weights).write(out);
        }
    }

    private static Path data(Path model) {
        return model.resolveSibling(model.getFileName() + ".data");
    }

    /** Returns the fingerprint that a file has under the name {@code model.onnx}. */
    static Fingerprint fingerprint(OnnxFile file) {
        boolean inline = weightBytes(file) <= INLINE_LIMIT;
        ExternalWeights weights = inline ? ExternalWeights.none() : ExternalWeights.of(file.graph(), "model.onnx.data");
        try {
            return write(file, weights, OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] toBytes(OnnxFile file) {
        requireInline(file);
        return new ModelStream(file, ExternalWeights.none()).toBytes();
    }

    private static Fingerprint write(OnnxFile file, ExternalWeights weights, OutputStream out) throws IOException {
        DigestingStream digesting = new DigestingStream(out);
        new ModelStream(file, weights).write(digesting);
        return digesting.fingerprint(weights.size());
    }

    private static long weightBytes(OnnxFile file) {
        return file.graph().initializers().values().stream()
                .mapToLong(TensorData::byteSize)
                .sum();
    }

    private static void requireInline(OnnxFile file) {
        if (weightBytes(file) > INLINE_LIMIT) {
            throw new IllegalStateException("The model has " + weightBytes(file)
                    + " bytes of weights, but one file holds at most 2 GB. Write it to a path, which stores them"
                    + " separately.");
        }
    }

    /** Returns the fields before the graph. */
    static ModelProto head(OnnxFile file) {
        return file.annotations().model().toBuilder()
                .setIrVersion(Math.max(INITIALIZERS_ALONE, file.irVersion()))
                .setProducerName(file.producer().name())
                .setProducerVersion(file.producer().version())
                .build();
    }

    /** Returns the fields after the graph. */
    static ModelProto tail(OnnxFile file) {
        ModelProto.Builder model = ModelProto.newBuilder();
        file.opsets()
                .forEach((domain, version) -> model.addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version)));
        file.metadata()
                .forEach((key, value) -> model.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build();
    }

    /** Returns the fields before a graph's initializers: its nodes and its name. */
    GraphProto computation(Graph graph) {
        GraphProto.Builder proto = GraphProto.newBuilder().setName(graph.name());
        graph.nodes().forEach(node -> proto.addNode(node(node)));
        return proto.build();
    }

    /** Returns the fields after a graph's initializers: types and shapes. */
    GraphProto interfaces(Graph graph) {
        return interfaces(graph, annotations.graph());
    }

    private GraphProto interfaces(Graph graph, GraphProto own) {
        GraphProto.Builder proto = own.toBuilder();
        graph.inputs().forEach(input -> proto.addInput(valueInfo(input)));
        graph.outputs().forEach(output -> proto.addOutput(valueInfo(output)));
        graph.values().forEach(value -> proto.addValueInfo(valueInfo(value)));
        return proto.build();
    }

    /** Returns the complete message of an attribute's graph, which is small. */
    private GraphProto body(Graph graph, GraphProto own) {
        GraphProto.Builder proto = computation(graph).toBuilder();
        graph.initializers()
                .forEach((name, tensor) -> proto.addInitializer(annotated(name, tensor(name, tensor).toBuilder())));
        return proto.mergeFrom(interfaces(graph, own)).build();
    }

    /** Returns a constant with its annotations. */
    TensorProto annotated(String name, TensorProto.Builder tensor) {
        return tensor.mergeFrom(annotations.tensor(name)).build();
    }

    private NodeProto node(Node node) {
        NodeProto.Builder proto = NodeProto.newBuilder()
                .addAllInput(node.inputs())
                .addAllOutput(node.outputs())
                .setName(node.name())
                .setOpType(node.opType());
        if (!node.domain().isEmpty()) {
            proto.setDomain(node.domain());
        }
        NodeProto place = proto.build();
        node.attributes().forEach((name, value) -> proto.addAttribute(attribute(place, name, value)));
        return proto.mergeFrom(annotations.node(place)).build();
    }

    private AttributeProto attribute(NodeProto node, String name, Attribute attribute) {
        AttributeProto.Builder proto = AttributeProto.newBuilder().setName(name);
        if (attribute instanceof Attribute.Int a) {
            proto.setType(AttributeType.INT).setI(a.value());
        } else if (attribute instanceof Attribute.Real a) {
            proto.setType(AttributeType.FLOAT).setF(a.value());
        } else if (attribute instanceof Attribute.Text a) {
            proto.setType(AttributeType.STRING).setS(ByteString.copyFromUtf8(a.value()));
        } else if (attribute instanceof Attribute.Ints a) {
            proto.setType(AttributeType.INTS).addAllInts(a.values());
        } else if (attribute instanceof Attribute.Reals a) {
            proto.setType(AttributeType.FLOATS).addAllFloats(a.values());
        } else if (attribute instanceof Attribute.TextList a) {
            proto.setType(AttributeType.STRINGS);
            a.values().forEach(value -> proto.addStrings(ByteString.copyFromUtf8(value)));
        } else if (attribute instanceof Attribute.TensorValue a) {
            proto.setType(AttributeType.TENSOR).setT(tensor("", a.value()));
        } else if (attribute instanceof Attribute.Subgraph a) {
            proto.setType(AttributeType.GRAPH).setG(body(a.value(), annotations.body(node, name)));
        }
        return proto.build();
    }

    /** Returns a constant as its own message, which is also the format of the tensors in {@code test_data_set_*}. */
    static TensorProto tensor(String name, TensorData tensor) {
        return tensorHead(name, tensor)
                .setRawData(ByteString.copyFrom(tensor.bytes()))
                .build();
    }

    /** Returns a constant without its values. */
    static TensorProto.Builder tensorHead(String name, TensorData tensor) {
        TensorProto.Builder proto =
                TensorProto.newBuilder().setDataType(tensor.type().code());
        for (long dim : tensor.dims()) {
            proto.addDims(dim);
        }
        if (!name.isEmpty()) {
            proto.setName(name);
        }
        return proto;
    }

    private ValueInfoProto valueInfo(ValueInfo value) {
        if (value.type() == DataType.UNDEFINED) {
            return ValueInfoProto.newBuilder().setName(value.name()).build();
        }
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Dimension dim : value.shape()) {
            TensorShapeProto.Dimension.Builder proto = TensorShapeProto.Dimension.newBuilder();
            if (dim instanceof Dimension.FixedDimension fixed) {
                proto.setDimValue(fixed.size());
            } else if (dim instanceof Dimension.SymbolicDimension symbol) {
                proto.setDimParam(symbol.name());
            }
            shape.addDim(proto);
        }
        TypeProto.Tensor.Builder type =
                TypeProto.Tensor.newBuilder().setElemType(value.type().code());
        if (value.rank() == ValueInfo.Rank.DECLARED) {
            type.setShape(shape);
        }
        return ValueInfoProto.newBuilder()
                .setName(value.name())
                .setType(TypeProto.newBuilder().setTensorType(type))
                .mergeFrom(annotations.value(value.name()))
                .build();
    }
}
