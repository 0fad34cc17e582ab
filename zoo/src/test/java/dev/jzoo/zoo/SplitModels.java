package dev.jzoo.zoo;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** ONNX models that contain only external weights, written field by field because the library has no writer. */
public final class SplitModels {

    public static final int GRAPH = 7;
    public static final int INITIALIZER = 5;

    private SplitModels() {}

    /** Returns a model whose initializers are in these files. */
    public static byte[] withWeightsIn(String... locations) {
        byte[] tensors = {};
        for (String location : locations) {
            tensors = joined(tensors, field(INITIALIZER, tensor(location)));
        }
        return joined(new byte[] {0x08, 10}, field(GRAPH, tensors));
    }

    /** Returns a TensorProto with external data. */
    public static byte[] tensor(String location) {
        byte[] entry = joined(field(1, text("location")), field(2, text(location)));
        return joined(
                field(13, joined(field(1, text("offset")), field(2, text("0")))), field(13, entry), new byte[] {0x70, 1
                });
    }

    /** Returns a field of bytes. */
    public static byte[] field(int number, byte[] content) {
        return joined(varint((long) number << 3 | 2), varint(content.length), content);
    }

    public static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] varint(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long left = value;
        for (; (left & ~0x7fL) != 0; left >>>= 7) {
            out.write((int) (left & 0x7f | 0x80));
        }
        out.write((int) left);
        return out.toByteArray();
    }

    public static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
