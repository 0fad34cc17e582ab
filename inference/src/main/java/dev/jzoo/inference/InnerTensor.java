package dev.jzoo.inference;

import dev.jzoo.zoo.file.ProtobufFields;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes an inner tensor of a graph an output of it, without a library for protobuf. Protobuf merges two messages of one type
 * that follow each other, and appends what is repeated; so the bytes of a model, followed by those of a model with
 * nothing but one more output, are the model with that output. Type and shape need not be said: ONNX Runtime finds both.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/#last-one-wins">Protobuf, "Last One Wins"</a>
 */
public final class InnerTensor {

    /** The numbers of {@code ModelProto.graph}, {@code GraphProto.output} and {@code ValueInfoProto.name} in onnx.proto. */
    private static final int GRAPH = 7;

    private static final int OUTPUT = 12;
    private static final int NAME = 1;

    /** {@code GraphProto.node} and {@code NodeProto.output}. */
    private static final int NODE = 1;

    private static final int NODE_OUTPUT = 2;

    private static final int LENGTH_DELIMITED = 2;

    private InnerTensor() {}

    /** The bytes of a model with a tensor as its last output, which none of its outputs is. */
    public static byte[] asOutput(byte[] model, String tensor) {
        byte[] output = field(GRAPH, field(OUTPUT, field(NAME, tensor.getBytes(StandardCharsets.UTF_8))));
        byte[] longer = Arrays.copyOf(model, model.length + output.length);
        System.arraycopy(output, 0, longer, model.length, output.length);
        return longer;
    }

    /**
     * The names of the tensors that the nodes of a model's graph compute, in their order; empty where the bytes are no
     * message of protobuf.
     */
    static List<String> computed(byte[] model) {
        List<String> names = new ArrayList<>();
        ProtobufFields fields = ProtobufFields.of(model);
        try {
            fields.visit(
                    0,
                    model.length,
                    only(
                            GRAPH,
                            (graph, graphEnd) -> fields.visit(
                                    graph,
                                    graphEnd,
                                    only(
                                            NODE,
                                            (node, nodeEnd) -> fields.visit(
                                                    node,
                                                    nodeEnd,
                                                    only(
                                                            NODE_OUTPUT,
                                                            (output, outputEnd) ->
                                                                    names.add(fields.text(output, outputEnd))))))));
        } catch (IOException e) {
            return List.of(); // ONNX Runtime says what is wrong with it
        }
        return names;
    }

    /** Where a field lies. */
    private interface FieldAction {
        void at(long from, long to) throws IOException;
    }

    private static ProtobufFields.FieldVisitor only(int wanted, FieldAction action) {
        return (number, from, to) -> {
            if (number == wanted) {
                action.at(from, to);
            }
        };
    }

    private static byte[] field(int number, byte[] content) {
        ByteArrayOutputStream field = new ByteArrayOutputStream();
        field.write(number << 3 | LENGTH_DELIMITED);
        int length = content.length;
        while (length > 0x7F) {
            field.write(length & 0x7F | 0x80);
            length >>>= 7;
        }
        field.write(length);
        field.writeBytes(content);
        return field.toByteArray();
    }
}
