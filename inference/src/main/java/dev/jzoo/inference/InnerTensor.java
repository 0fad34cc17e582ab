package dev.jzoo.inference;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
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
        try {
            for (ByteBuffer graph : Message.fields(ByteBuffer.wrap(model), GRAPH)) {
                for (ByteBuffer node : Message.fields(graph, NODE)) {
                    for (ByteBuffer output : Message.fields(node, NODE_OUTPUT)) {
                        names.add(StandardCharsets.UTF_8.decode(output).toString());
                    }
                }
            }
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return List.of(); // ONNX Runtime says what is wrong with it
        }
        return names;
    }

    /** As much of protobuf's wire format as it takes to find fields of bytes. */
    private static final class Message {

        private static final int VARINT = 0;
        private static final int EIGHT_BYTES = 1;
        private static final int FOUR_BYTES = 5;

        /** The contents of the length-delimited fields of that number. */
        static List<ByteBuffer> fields(ByteBuffer message, int number) {
            List<ByteBuffer> found = new ArrayList<>();
            ByteBuffer rest = message.duplicate();
            while (rest.hasRemaining()) {
                long tag = varint(rest);
                long length =
                        switch ((int) (tag & 7)) {
                            case VARINT -> {
                                varint(rest);
                                yield 0;
                            }
                            case EIGHT_BYTES -> Long.BYTES;
                            case FOUR_BYTES -> Integer.BYTES;
                            case LENGTH_DELIMITED -> varint(rest);
                            default -> throw new IllegalArgumentException("No wire type has this number.");
                        };
                if (length < 0 || length > rest.remaining()) {
                    throw new BufferUnderflowException();
                }
                if (tag == ((long) number << 3 | LENGTH_DELIMITED)) {
                    found.add(rest.slice(rest.position(), (int) length));
                }
                rest.position(rest.position() + (int) length);
            }
            return found;
        }

        private static long varint(ByteBuffer bytes) {
            long value = 0;
            for (int shift = 0; shift < Long.SIZE; shift += 7) {
                byte next = bytes.get();
                value |= (long) (next & 0x7F) << shift;
                if (next >= 0) {
                    return value;
                }
            }
            throw new IllegalArgumentException("A number is of at most ten bytes.");
        }
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
