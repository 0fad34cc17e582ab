package dev.jzoo.export.dl4j.keras.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jzoo.zoo.error.DataFormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A reader of functional models, in which each layer names the layers whose values it reads. */
final class FunctionalReader {

    /** A value: the n-th result of the n-th call of a layer. */
    private record Source(String layer, int call, int result) {
        @Override
        public String toString() {
            return "'" + layer + "' (call " + call + ", result " + result + ")";
        }
    }

    /** A call of a layer that does not have its place in the order yet. */
    private record Pending(String name, KerasLayer layer, int call, List<Source> reads) {}

    private final LayerReader reader;
    private final JsonNode content;
    private final String path;
    private final Map<Source, Integer> values = new HashMap<>();
    private final Map<String, JsonNode> configurations = new LinkedHashMap<>();
    private final List<LayerCall> calls = new ArrayList<>();

    FunctionalReader(LayerReader reader, JsonNode content, String path) {
        this.reader = reader;
        this.content = content;
        this.path = path;
    }

    KerasModel read() throws DataFormatException {
        if (!content.path("layers").isArray()) {
            throw reader.corrupt(
                    path, "expected a list of layers, found " + LayerReader.quoted(content.path("layers")));
        }
        for (JsonNode layer : content.path("layers")) {
            configurations.put(name(layer), layer);
        }
        List<DeclaredInput> inputs = new ArrayList<>();
        for (Source source : sources(content.path("input_layers"))) {
            values.put(source, values.size());
            inputs.add(input(source));
        }
        order(pending());
        List<Integer> outputs = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Source source : sources(content.path("output_layers"))) {
            outputs.add(number(source));
            names.add(source.layer());
        }
        if (inputs.isEmpty() || outputs.isEmpty()) {
            throw reader.corrupt(path, "expected a model with inputs and outputs, found one without");
        }
        boolean distinct = names.stream().distinct().count() == names.size();
        return new KerasModel(inputs, calls, outputs, distinct ? names : List.of());
    }

    private static String name(JsonNode layer) {
        return layer.path("name").asText(layer.at("/config/name").asText());
    }

    private DeclaredInput input(Source source) throws DataFormatException {
        JsonNode layer = configurations.get(source.layer());
        if (layer == null || !layer.path("class_name").asText().equals("InputLayer")) {
            throw reader.corrupt(path, "expected an InputLayer as input, found '" + source.layer() + "'");
        }
        return new DeclaredInput(
                source.layer(),
                layer.at("/config/dtype").asText("float32"),
                reader.shape(layer.at("/config/batch_input_shape"), source.layer()));
    }

    /** Reads the list [["a", 0, 0], ...], or ["a", 0, 0] for a single value. */
    private List<Source> sources(JsonNode list) throws DataFormatException {
        List<Source> sources = new ArrayList<>();
        if (list.path(0).isTextual()) {
            sources.add(source(list));
        } else {
            for (JsonNode element : list) {
                sources.add(source(element));
            }
        }
        return sources;
    }

    private Source source(JsonNode element) throws DataFormatException {
        if (!element.path(0).isTextual()
                || !element.path(1).isIntegralNumber()
                || !element.path(2).isIntegralNumber()) {
            throw reader.corrupt(path, "expected [layer, call, result], found " + LayerReader.quoted(element));
        }
        return new Source(
                element.get(0).asText(), element.get(1).asInt(), element.get(2).asInt());
    }

    private List<Pending> pending() throws DataFormatException {
        List<Pending> pending = new ArrayList<>();
        for (JsonNode element : content.path("layers")) {
            KerasLayer layer = reader.layer(element, path);
            int call = 0;
            for (JsonNode node : element.path("inbound_nodes")) {
                requireNoArguments(layer, node);
                pending.add(new Pending(name(element), layer, call++, sources(node)));
            }
        }
        return pending;
    }

    /** Refuses further arguments of a call, which could be tensors, masks, or the training mode. */
    private void requireNoArguments(KerasLayer layer, JsonNode node) {
        for (JsonNode input : node.path(0).isTextual() ? List.of(node) : node) {
            input.path(3).fieldNames().forEachRemaining(name -> {
                JsonNode value = input.path(3).path(name);
                if (!value.isNull() && (!name.equals("training") || value.asBoolean(true))) {
                    reader.refuse(layer, "called with the argument " + name + " = " + LayerReader.quoted(value));
                }
            });
        }
    }

    private void order(List<Pending> pending) throws DataFormatException {
        List<Pending> waiting = pending;
        while (!waiting.isEmpty()) {
            List<Pending> later = new ArrayList<>();
            for (Pending next : waiting) {
                if (values.keySet().containsAll(next.reads())) {
                    call(next);
                } else {
                    later.add(next);
                }
            }
            if (later.size() == waiting.size()) {
                throw reader.corrupt(
                        path,
                        later.get(0).layer() + " reads a value that no layer computes: "
                                + later.get(0).reads());
            }
            waiting = later;
        }
    }

    private void call(Pending next) throws DataFormatException {
        List<Integer> reads = new ArrayList<>();
        for (Source source : next.reads()) {
            reads.add(number(source));
        }
        KerasModel inner = next.layer().model().orElse(null);
        if (inner != null && inner.inputs().size() != reads.size()) {
            throw reader.corrupt(
                    next.layer().path(), "expected " + inner.inputs().size() + " inputs, found " + reads.size());
        }
        int results = inner == null ? 1 : inner.outputs().size();
        List<Integer> writes = new ArrayList<>();
        for (int result = 0; result < results; result++) {
            Source source = new Source(next.name(), next.call(), result);
            writes.add(values.computeIfAbsent(source, key -> values.size()));
        }
        calls.add(new LayerCall(next.layer(), reads, writes));
    }

    private int number(Source source) throws DataFormatException {
        Integer number = values.get(source);
        if (number == null) {
            throw reader.corrupt(path, "no layer computes " + source);
        }
        return number;
    }
}
