package dev.jzoo.zoo.hub;

import dev.jzoo.zoo.file.ProtobufFields;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files in which an ONNX model has its weights, as the model names them: {@code TensorProto.external_data}, key "location".
 *
 * @see <a href="https://github.com/onnx/onnx/blob/v1.19.0/onnx/onnx.proto">onnx.proto</a>
 */
final class WeightFiles {

    /** Graphs in attributes of nodes of graphs. */
    private static final int DEEPEST = 100;

    private static final int LONGEST_NAME = 1_000;
    private static final int MOST_NAMES = 10_000;

    /** {@code TensorProto.external_data} and {@code data_location}, and its value EXTERNAL. */
    private static final int EXTERNAL_DATA = 13;

    private static final int DATA_LOCATION = 14;
    private static final int EXTERNAL = 1;

    /** {@code StringStringEntryProto.key} and {@code value}. */
    private static final int KEY = 1;

    private static final int VALUE = 2;

    /** The messages of onnx.proto on the way to a tensor, and which of their fields lead there. */
    private enum OnnxMessage {
        MODEL,
        TRAINING_INFO,
        FUNCTION,
        GRAPH,
        NODE,
        ATTRIBUTE,
        SPARSE_TENSOR,
        TENSOR;

        private static final Map<OnnxMessage, Map<Integer, OnnxMessage>> FIELDS = Map.of(
                MODEL, Map.of(7, GRAPH, 20, TRAINING_INFO, 25, FUNCTION),
                TRAINING_INFO, Map.of(1, GRAPH, 2, GRAPH),
                FUNCTION, Map.of(7, NODE, 11, ATTRIBUTE),
                GRAPH, Map.of(1, NODE, 5, TENSOR, 15, SPARSE_TENSOR),
                NODE, Map.of(5, ATTRIBUTE),
                ATTRIBUTE, Map.of(5, TENSOR, 6, GRAPH, 10, TENSOR, 11, GRAPH, 22, SPARSE_TENSOR, 23, SPARSE_TENSOR),
                SPARSE_TENSOR, Map.of(1, TENSOR, 2, TENSOR),
                TENSOR, Map.of());
    }

    private final ProtobufFields fields;
    private final Set<String> names = new TreeSet<>();

    private WeightFiles(ProtobufFields fields) {
        this.fields = fields;
    }

    /** Returns the names in a model, sorted; none where it has all weights itself, or breaks its format: who opens it says so. */
    static Set<String> of(Path model) throws IOException {
        try (FileChannel file = FileChannel.open(model)) {
            WeightFiles weights = new WeightFiles(ProtobufFields.of(file));
            weights.read(OnnxMessage.MODEL, 0, file.size(), 0);
            return weights.names;
        } catch (ProtobufFields.BrokenMessageException | EOFException e) {
            return Set.of();
        }
    }

    private void read(OnnxMessage message, long from, long to, int depth) throws IOException {
        if (depth > DEEPEST || names.size() > MOST_NAMES) {
            throw new ProtobufFields.BrokenMessageException(from);
        }
        if (message == OnnxMessage.TENSOR) {
            TensorPlace tensor = new TensorPlace();
            fields.visit(from, to, tensor);
            if (tensor.external && !tensor.location.isEmpty()) {
                names.add(tensor.location);
            }
            return;
        }
        Map<Integer, OnnxMessage> ways = OnnxMessage.FIELDS.get(message);
        fields.visit(from, to, (number, start, end) -> {
            if (ways.containsKey(number)) {
                read(ways.get(number), start, end, depth + 1);
            }
        });
    }

    /** What a tensor says of its data. */
    private final class TensorPlace implements ProtobufFields.FieldVisitor {
        private boolean external;
        private String location = "";

        @Override
        public void varint(int number, long value) {
            external |= number == DATA_LOCATION && value == EXTERNAL;
        }

        @Override
        public void bytes(int number, long from, long to) throws IOException {
            if (number == EXTERNAL_DATA) {
                DataEntry entry = new DataEntry();
                fields.visit(from, to, entry);
                location = entry.key.equals("location") ? entry.value : location;
            }
        }
    }

    /** A key and a value. */
    private final class DataEntry implements ProtobufFields.FieldVisitor {
        private String key = "";
        private String value = "";

        @Override
        public void bytes(int number, long from, long to) throws IOException {
            String text = to - from <= LONGEST_NAME ? fields.text(from, to) : "";
            key = number == KEY ? text : key;
            value = number == VALUE ? text : value;
        }
    }
}
