package dev.jzoo.export.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.jzoo.export.onnx.proto.AttributeProto;
import dev.jzoo.export.onnx.proto.AttributeProto.AttributeType;
import dev.jzoo.export.onnx.proto.GraphProto;
import dev.jzoo.export.onnx.proto.ModelProto;
import dev.jzoo.export.onnx.proto.NodeProto;
import dev.jzoo.export.onnx.proto.OperatorSetIdProto;
import dev.jzoo.export.onnx.proto.StringStringEntryProto;
import dev.jzoo.export.onnx.proto.TensorProto;
import dev.jzoo.export.onnx.proto.TensorShapeProto;
import dev.jzoo.export.onnx.proto.TypeProto;
import dev.jzoo.export.onnx.proto.ValueInfoProto;
import java.io.IOException;
import java.io.OutputStream;

/** From our values to protobuf. Weights are wrapped, not copied, and every order is fixed, so that bytes repeat. */
final class OnnxWriter {

    private OnnxWriter() {}

    static void write(OnnxFile file, OutputStream out) throws IOException {
        model(file).writeTo(out);
    }

    static byte[] toBytes(OnnxFile file) {
        return model(file).toByteArray();
    }

    private static ModelProto model(OnnxFile file) {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(file.irVersion())
                .setProducerName(file.producer().name())
                .setProducerVersion(file.producer().version())
                .setGraph(graph(file.graph()));
        file.opsets()
                .forEach((domain, version) -> model.addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version)));
        file.metadata()
                .forEach((key, value) -> model.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build();
    }

    private static GraphProto graph(Graph graph) {
        GraphProto.Builder proto = GraphProto.newBuilder().setName(graph.name());
        graph.nodes().forEach(node -> proto.addNode(node(node)));
        graph.initializers().forEach((name, tensor) -> proto.addInitializer(tensor(name, tensor)));
        graph.inputs().forEach(input -> proto.addInput(valueInfo(input)));
        graph.outputs().forEach(output -> proto.addOutput(valueInfo(output)));
        graph.values().forEach(value -> proto.addValueInfo(valueInfo(value)));
        return proto.build();
    }

    private static NodeProto node(Node node) {
        NodeProto.Builder proto = NodeProto.newBuilder()
                .addAllInput(node.inputs())
                .addAllOutput(node.outputs())
                .setName(node.name())
                .setOpType(node.opType());
        if (!node.domain().isEmpty()) {
            proto.setDomain(node.domain());
        }
        node.attributes().forEach((name, value) -> proto.addAttribute(attribute(name, value)));
        return proto.build();
    }

    private static AttributeProto attribute(String name, Attribute attribute) {
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
        } else if (attribute instanceof Attribute.Texts a) {
            proto.setType(AttributeType.STRINGS);
            a.values().forEach(value -> proto.addStrings(ByteString.copyFromUtf8(value)));
        } else if (attribute instanceof Attribute.Constant a) {
            proto.setType(AttributeType.TENSOR).setT(tensor("", a.value()));
        } else if (attribute instanceof Attribute.Subgraph a) {
            proto.setType(AttributeType.GRAPH).setG(graph(a.value()));
        }
        return proto.build();
    }

    /** A constant as its own message: also the form of the vectors in {@code test_data_set_*}. */
    static TensorProto tensor(String name, TensorData tensor) {
        TensorProto.Builder proto = TensorProto.newBuilder()
                .setDataType(tensor.type().code())
                .setRawData(UnsafeByteOperations.unsafeWrap(tensor.bytes()));
        for (long dim : tensor.dims()) {
            proto.addDims(dim);
        }
        if (!name.isEmpty()) {
            proto.setName(name);
        }
        return proto.build();
    }

    private static ValueInfoProto valueInfo(ValueInfo value) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Dim dim : value.shape()) {
            TensorShapeProto.Dimension.Builder proto = TensorShapeProto.Dimension.newBuilder();
            if (dim instanceof Dim.Fixed fixed) {
                proto.setDimValue(fixed.size());
            } else if (dim instanceof Dim.Symbol symbol) {
                proto.setDimParam(symbol.name());
            }
            shape.addDim(proto);
        }
        TypeProto.Tensor type = TypeProto.Tensor.newBuilder()
                .setElemType(value.type().code())
                .setShape(shape)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(value.name())
                .setType(TypeProto.newBuilder().setTensorType(type))
                .build();
    }
}
