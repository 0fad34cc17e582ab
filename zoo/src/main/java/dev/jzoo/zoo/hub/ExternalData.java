package dev.jzoo.zoo.hub;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files in which an ONNX model has its weights, as the model names them ({@code TensorProto.external_data}, key "location"). Reads the
 * wire format of protobuf itself, since this library brings no other reader: it passes over everything but the way to these names, and
 * needs neither memory nor stack for what it passes.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Protocol Buffers, Encoding</a>
 * @see <a href="https://github.com/onnx/onnx/blob/v1.19.0/onnx/onnx.proto">onnx.proto</a>
 */
final class ExternalData {

    /** Graphs in attributes of nodes of graphs. */
    private static final int DEEPEST = 100;

    private static final int LONGEST_NAME = 1_000;
    private static final int MOST_NAMES = 10_000;

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED32 = 5;

    private static final int TENSOR_EXTERNAL_DATA = 13;
    private static final int TENSOR_DATA_LOCATION = 14;
    private static final int EXTERNAL = 1;

    /** The messages of onnx.proto on the way to a tensor, and which of their fields lead there. */
    private enum Message {
        MODEL,
        TRAINING_INFO,
        FUNCTION,
        GRAPH,
        NODE,
        ATTRIBUTE,
        SPARSE_TENSOR,
        TENSOR;

        private static final Map<Message, Map<Integer, Message>> FIELDS = Map.of(
                MODEL, Map.of(7, GRAPH, 20, TRAINING_INFO, 25, FUNCTION),
                TRAINING_INFO, Map.of(1, GRAPH, 2, GRAPH),
                FUNCTION, Map.of(7, NODE, 11, ATTRIBUTE),
                GRAPH, Map.of(1, NODE, 5, TENSOR, 15, SPARSE_TENSOR),
                NODE, Map.of(5, ATTRIBUTE),
                ATTRIBUTE, Map.of(5, TENSOR, 6, GRAPH, 10, TENSOR, 11, GRAPH, 22, SPARSE_TENSOR, 23, SPARSE_TENSOR),
                SPARSE_TENSOR, Map.of(1, TENSOR, 2, TENSOR),
                TENSOR, Map.of());
    }

    /** What breaks the wire format; who opens the model says so. */
    private static final class BrokenModelException extends IOException {}

    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).limit(0);
    private final Set<String> names = new TreeSet<>();
    private long bufferAt;

    private ExternalData(FileChannel file) {
        this.file = file;
    }

    /** Returns the names in a model, sorted; none where it has all weights itself, or breaks its format. */
    static Set<String> of(Path model) throws IOException {
        try (FileChannel file = FileChannel.open(model)) {
            ExternalData data = new ExternalData(file);
            data.read(Message.MODEL, 0, file.size(), 0);
            return data.names;
        } catch (BrokenModelException | EOFException e) {
            return Set.of();
        }
    }

    /** Reads a message from one byte to before another. */
    private void read(Message message, long from, long to, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new BrokenModelException();
        }
        seek(from);
        String location = "";
        boolean external = false;
        while (position() < to) {
            long tag = varint();
            int field = (int) (tag >>> 3);
            int wire = (int) (tag & 7);
            if (wire == LENGTH) {
                long length = lengthIn(varint(), to);
                long end = position() + length;
                Message inner = Message.FIELDS.get(message).get(field);
                if (inner != null) {
                    read(inner, position(), end, depth + 1);
                } else if (message == Message.TENSOR && field == TENSOR_EXTERNAL_DATA) {
                    String named = location(end);
                    location = named.isEmpty() ? location : named;
                }
                seek(end);
            } else if (wire == VARINT) {
                long value = varint();
                external |= message == Message.TENSOR && field == TENSOR_DATA_LOCATION && value == EXTERNAL;
            } else if (wire == FIXED64 || wire == FIXED32) {
                seek(position() + (wire == FIXED64 ? 8 : 4));
            } else {
                throw new BrokenModelException();
            }
        }
        if (position() > to) {
            throw new BrokenModelException();
        }
        if (external && !location.isEmpty() && names.add(location) && names.size() > MOST_NAMES) {
            throw new BrokenModelException();
        }
    }

    private long lengthIn(long length, long to) throws BrokenModelException {
        if (length < 0 || length > to - position()) {
            throw new BrokenModelException();
        }
        return length;
    }

    /** The value of an entry whose key is "location"; else nothing. */
    private String location(long to) throws IOException {
        String key = "";
        String value = "";
        while (position() < to) {
            long tag = varint();
            if ((tag & 7) != LENGTH) {
                throw new BrokenModelException();
            }
            long length = lengthIn(varint(), to);
            long end = position() + length;
            if (length <= LONGEST_NAME) {
                byte[] text = new byte[(int) length];
                for (int i = 0; i < text.length; i++) {
                    text[i] = next();
                }
                String read = new String(text, StandardCharsets.UTF_8);
                key = tag >>> 3 == 1 ? read : key;
                value = tag >>> 3 == 2 ? read : value;
            }
            seek(end);
        }
        return key.equals("location") ? value : "";
    }

    private long varint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte b = next();
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new BrokenModelException();
    }

    private long position() {
        return bufferAt + buffer.position();
    }

    private void seek(long position) {
        if (position >= bufferAt && position <= bufferAt + buffer.limit()) {
            buffer.position((int) (position - bufferAt));
        } else {
            bufferAt = position;
            buffer.limit(0);
        }
    }

    private byte next() throws IOException {
        if (!buffer.hasRemaining()) {
            bufferAt = position();
            buffer.clear();
            if (file.read(buffer, bufferAt) < 0) {
                throw new EOFException();
            }
            buffer.flip();
        }
        return buffer.get();
    }
}
