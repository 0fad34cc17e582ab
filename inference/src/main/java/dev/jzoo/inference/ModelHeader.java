package dev.jzoo.inference;

import dev.jzoo.zoo.file.WireMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The facts that an ONNX file states about itself and the names in its graph, read from the file's own bytes. ONNX
 * Runtime's Java binding would cut texts at the first character beyond U+FFFF or the first NUL.
 *
 * @param producer the program that wrote the file
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

    /** A source of a model's bytes. */
    @FunctionalInterface
    interface ModelBytes {
        InputStream open() throws IOException;
    }

    /** Reads a model's header; empty if the bytes are not ONNX, such as ONNX Runtime's own format. */
    static Optional<ModelHeader> read(ModelBytes bytes) {
        try (InputStream in = bytes.open()) {
            return Optional.of(new HeaderFields(WireMessage.of(in)).header());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static final class HeaderFields {
        private final WireMessage message;
        private String producer = "";
        private String graph = "";
        private final SortedMap<String, String> metadata = new TreeMap<>();
        private final List<String> ports = new ArrayList<>();
        private final List<String> computed = new ArrayList<>();
        private String key = "";
        private String value = "";

        HeaderFields(WireMessage message) {
            this.message = message;
        }

        ModelHeader header() throws IOException {
            message.fields(this::model);
            return new ModelHeader(
                    producer,
                    graph,
                    Collections.unmodifiableSortedMap(metadata),
                    List.copyOf(ports),
                    List.copyOf(computed));
        }

        private void model(int number) throws IOException {
            switch (number) {
                case Field.MODEL_PRODUCER -> producer = message.text();
                case Field.MODEL_GRAPH -> message.fields(this::graph);
                case Field.MODEL_METADATA -> {
                    key = "";
                    value = "";
                    message.fields(this::entry);
                    metadata.put(key, value);
                }
                default -> {}
            }
        }

        private void entry(int number) throws IOException {
            switch (number) {
                case Field.ENTRY_KEY -> key = message.text();
                case Field.ENTRY_VALUE -> value = message.text();
                default -> {}
            }
        }

        private void graph(int number) throws IOException {
            switch (number) {
                case Field.GRAPH_NODE -> message.fields(field -> add(field, Field.NODE_OUTPUT, computed));
                case Field.GRAPH_NAME -> graph = message.text();
                case Field.GRAPH_INPUT, Field.GRAPH_OUTPUT ->
                    message.fields(field -> add(field, Field.VALUE_NAME, ports));
                default -> {}
            }
        }

        private void add(int number, int wanted, List<String> names) throws IOException {
            if (number == wanted) {
                names.add(message.text());
            }
        }
    }
}
