package dev.jzoo.zoo.hub;

import dev.jzoo.zoo.file.WireMessage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The external weight files that an ONNX model names: {@code TensorProto.external_data}, key "location".
 *
 * @see <a href="https://github.com/onnx/onnx/blob/v1.19.0/onnx/onnx.proto">onnx.proto</a>
 */
final class WeightFiles {

    /** The maximum nesting of graphs in attributes of nodes. */
    private static final int DEEPEST = 100;

    private static final int LONGEST_NAME = 1_000;
    private static final int MOST_NAMES = 10_000;

    /** The field numbers of {@code TensorProto.external_data} and {@code data_location}, and its value EXTERNAL. */
    private static final int EXTERNAL_DATA = 13;

    private static final int DATA_LOCATION = 14;
    private static final int EXTERNAL = 1;

    /** The field numbers of {@code StringStringEntryProto.key} and {@code value}. */
    private static final int KEY = 1;

    private static final int VALUE = 2;

    /** The messages of onnx.proto on the way to a tensor, with the fields that lead there. */
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

    private final WireMessage wire;
    private final Set<String> names = new TreeSet<>();

    private WeightFiles(WireMessage wire) {
        this.wire = wire;
    }

    /**
     * Returns the names in a model, sorted. Empty if the model has all weights itself or is damaged; opening a damaged model
     * fails later.
     */
    static Set<String> of(Path model) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(model), 1 << 16)) {
            return of(in);
        }
    }

    private static Set<String> of(InputStream in) {
        try {
            WeightFiles weights = new WeightFiles(WireMessage.of(in));
            weights.read(OnnxMessage.MODEL, 0);
            return weights.names;
        } catch (IOException e) {
            return Set.of();
        }
    }

    /** Reads the message at the current position. */
    private void read(OnnxMessage message, int depth) throws IOException {
        if (depth > DEEPEST || names.size() > MOST_NAMES) {
            throw new IOException("The graphs are nested too deeply.");
        }
        if (message == OnnxMessage.TENSOR) {
            TensorPlace tensor = new TensorPlace();
            wire.fields(tensor);
            if (tensor.external && !tensor.location.isEmpty()) {
                names.add(tensor.location);
            }
            return;
        }
        Map<Integer, OnnxMessage> ways = Objects.requireNonNull(OnnxMessage.FIELDS.get(message), message::name);
        wire.fields(number -> {
            if (ways.containsKey(number)) {
                read(ways.get(number), depth + 1);
            }
        });
    }

    /** The location of a tensor's data. */
    private final class TensorPlace implements WireMessage.FieldVisitor {
        private boolean external;
        private String location = "";

        @Override
        public void number(int number, long value) {
            external |= number == DATA_LOCATION && value == EXTERNAL;
        }

        @Override
        public void field(int number) throws IOException {
            if (number == EXTERNAL_DATA) {
                DataEntry entry = new DataEntry();
                wire.fields(entry);
                location = entry.key.equals("location") ? entry.value : location;
            }
        }
    }

    /** A key and a value. */
    private final class DataEntry implements WireMessage.FieldVisitor {
        private String key = "";
        private String value = "";

        @Override
        public void field(int number) throws IOException {
            String text = wire.length() <= LONGEST_NAME ? wire.text() : "";
            key = number == KEY ? text : key;
            value = number == VALUE ? text : value;
        }
    }
}
