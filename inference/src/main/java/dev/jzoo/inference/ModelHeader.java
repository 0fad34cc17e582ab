package dev.jzoo.inference;

import dev.jzoo.zoo.file.ProtobufFields;
import dev.jzoo.zoo.file.WireMessage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an ONNX file says of itself, and the names in its graph, from the file's own bytes: texts come through ONNX Runtime's
 * Java binding only as far as the first character beyond U+FFFF or the first NUL.
 *
 * @param producer the program that wrote it
 * @param graph name of the graph
 * @param metadata the {@code metadata_props}
 * @param ports names of the graph's inputs and outputs
 * @param computed names of the tensors that the graph's nodes compute, in their order
 */
record ModelHeader(
        String producer, String graph, SortedMap<String, String> metadata, List<String> ports, List<String> computed) {

    /** Numbers of fields in onnx.proto. */
    private static final class Field {
        static final int MODEL_PRODUCER = 2;
        static final int MODEL_GRAPH = 7;
        static final int MODEL_METADATA = 14;
        static final int ENTRY_KEY = 1;
        static final int ENTRY_VALUE = 2;
        static final int GRAPH_NODE = 1;
        static final int GRAPH_NAME = 2;
        static final int GRAPH_INPUT = 11;
        static final int GRAPH_OUTPUT = 12;
        static final int NODE_OUTPUT = 2;
        static final int VALUE_NAME = 1;
    }

    /** Reads a file; empty where it is no ONNX, such as a model in ONNX Runtime's own format. */
    static Optional<ModelHeader> read(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            return Optional.of(new HeaderFields(ProtobufFields.of(channel)).header(channel.size()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Reads bytes; empty where they are no ONNX. */
    static Optional<ModelHeader> read(byte[] model) {
        try {
            return Optional.of(new HeaderFields(ProtobufFields.of(model)).header(model.length));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static final class HeaderFields {
        private final ProtobufFields message;
        private String producer = "";
        private String graph = "";
        private final SortedMap<String, String> metadata = new TreeMap<>();
        private final List<String> ports = new ArrayList<>();
        private final List<String> computed = new ArrayList<>();
        private String key = "";
        private String value = "";

        HeaderFields(ProtobufFields message) {
            this.message = message;
        }

        ModelHeader header(long size) throws IOException {
            message.visit(0, size, this::model);
            return new ModelHeader(
                    producer,
                    graph,
                    Collections.unmodifiableSortedMap(metadata),
                    List.copyOf(ports),
                    List.copyOf(computed));
        }

        private void model(int number, long from, long to) throws IOException {
            switch (number) {
                case Field.MODEL_PRODUCER -> producer = message.text(from, to);
                case Field.MODEL_GRAPH -> message.visit(from, to, this::graph);
                case Field.MODEL_METADATA -> {
                    key = "";
                    value = "";
                    message.visit(from, to, this::entry);
                    metadata.put(key, value);
                }
                default -> {}
            }
        }

        private void entry(int number, long from, long to) throws IOException {
            switch (number) {
                case Field.ENTRY_KEY -> key = message.text(from, to);
                case Field.ENTRY_VALUE -> value = message.text(from, to);
                default -> {}
            }
        }

        private void graph(int number, long from, long to) throws IOException {
            switch (number) {
                case Field.GRAPH_NODE -> addTexts(from, to, Field.NODE_OUTPUT, computed);
                case Field.GRAPH_NAME -> graph = message.text(from, to);
                case Field.GRAPH_INPUT, Field.GRAPH_OUTPUT -> addTexts(from, to, Field.VALUE_NAME, ports);
                default -> {}
            }
        }

        private void addTexts(long from, long to, int wanted, List<String> texts) throws IOException {
            message.visit(from, to, (number, begin, end) -> {
                if (number == wanted) {
                    texts.add(message.text(begin, end));
                }
            });
        }
    }
}
