package dev.jzoo.onnx;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.jzoo.onnx.proto.GraphProto;
import dev.jzoo.onnx.proto.ModelProto;
import dev.jzoo.onnx.proto.TensorProto;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A model that is being written to a file. Protobuf would copy every weight into a message before writing the first byte.
 * Here the weights go from their buffers directly to the stream, between the surrounding parts of the messages, so that
 * none is held twice. The fields are in the order of their numbers, as protobuf writes them: the bytes are the same.
 */
final class ModelStream {

    private record Initializer(TensorProto head, TensorData values) {

        /** Returns the size of the message: the head, and the values as raw_data unless they are external. */
        int size() {
            return head.getSerializedSize() + (isInside() ? valuesSize() : 0);
        }

        boolean isInside() {
            return head.getDataLocation() == TensorProto.DataLocation.DEFAULT;
        }

        private int valuesSize() {
            int length = Math.toIntExact(values.byteSize());
            return CodedOutputStream.computeTagSize(TensorProto.RAW_DATA_FIELD_NUMBER)
                    + CodedOutputStream.computeUInt32SizeNoTag(length)
                    + length;
        }
    }

    private final ModelProto beforeGraph;
    private final GraphProto beforeWeights;
    private final List<Initializer> weights = new ArrayList<>();
    private final GraphProto behindWeights;
    private final ModelProto behindGraph;
    private final int graphSize;

    ModelStream(OnnxFile file, ExternalWeights external) {
        Graph graph = file.graph();
        beforeGraph = OnnxWriter.head(file);
        OnnxWriter writer = new OnnxWriter(file.annotations());
        beforeWeights = writer.computation(graph);
        graph.initializers()
                .forEach((name, values) -> weights.add(
                        new Initializer(writer.annotated(name, external.head(name, values).toBuilder()), values)));
        behindWeights = writer.interfaces(graph);
        behindGraph = OnnxWriter.tail(file);
        graphSize = graphSize();
    }

    private int graphSize() {
        int size = Math.addExact(beforeWeights.getSerializedSize(), behindWeights.getSerializedSize());
        for (Initializer weight : weights) {
            int tag = CodedOutputStream.computeTagSize(GraphProto.INITIALIZER_FIELD_NUMBER);
            int length = CodedOutputStream.computeUInt32SizeNoTag(weight.size());
            size = Math.addExact(size, Math.addExact(weight.size(), tag + length));
        }
        return size;
    }

    /** Returns the size of the file in bytes. */
    int size() {
        int graph = CodedOutputStream.computeTagSize(ModelProto.GRAPH_FIELD_NUMBER)
                + CodedOutputStream.computeUInt32SizeNoTag(graphSize);
        return Math.addExact(graphSize, beforeGraph.getSerializedSize() + graph + behindGraph.getSerializedSize());
    }

    void write(OutputStream out) throws IOException {
        CodedOutputStream coded = CodedOutputStream.newInstance(out, 1 << 16);
        write(coded);
        coded.flush();
    }

    byte[] toBytes() {
        byte[] bytes = new byte[size()];
        try {
            write(CodedOutputStream.newInstance(bytes));
        } catch (IOException e) {
            throw new AssertionError("An array of the right size takes every byte.", e);
        }
        return bytes;
    }

    private void write(CodedOutputStream out) throws IOException {
        beforeGraph.writeTo(out);
        begin(out, ModelProto.GRAPH_FIELD_NUMBER, graphSize);
        beforeWeights.writeTo(out);
        for (Initializer weight : weights) {
            begin(out, GraphProto.INITIALIZER_FIELD_NUMBER, weight.size());
            weight.head().writeTo(out);
            if (weight.isInside()) {
                begin(out, TensorProto.RAW_DATA_FIELD_NUMBER, (int)
                        weight.values().byteSize());
                weight.values().read(out::write);
            }
        }
        behindWeights.writeTo(out);
        behindGraph.writeTo(out);
    }

    private static void begin(CodedOutputStream out, int field, int length) throws IOException {
        out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(length);
    }
}
