package dev.jzoo.export.dl4j.keras.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.zoo.error.DataFormatException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A reader of layers and models from the configuration, which collects the unsupported ones. */
final class LayerReader {

    private static final int MOST_LAYERS = 10_000;

    private final Path file;
    private final List<String> unsupported = new ArrayList<>();
    private int layers;

    LayerReader(Path file) {
        this.file = file;
    }

    /** Reads the whole model. */
    KerasModel model(JsonNode configuration) throws DataFormatException {
        return model(configuration, "");
    }

    private KerasModel model(JsonNode configuration, String path) throws DataFormatException {
        String className = configuration.path("class_name").asText();
        JsonNode content = configuration.path("config");
        return switch (className) {
            case "Sequential" -> sequential(content, path);
            case "Functional", "Model" -> new FunctionalReader(this, content, path).read();
            default ->
                throw corrupt(
                        path,
                        "expected a Sequential or Functional model, found " + quoted(configuration.path("class_name")));
        };
    }

    /** Fails naming everything that is not supported. */
    void requireSupported() {
        if (!unsupported.isEmpty()) {
            throw new UnsupportedNetworkException(
                    unsupported,
                    "Replace them with layers and settings from the table \"Keras\" in docs/operators.md,"
                            + " and save the model again.");
        }
    }

    DataFormatException corrupt(String path, String problem) {
        return new DataFormatException(file, "model_config" + (path.isEmpty() ? "" : ", " + path) + ": " + problem);
    }

    static String quoted(JsonNode value) {
        String text = value.toString();
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }

    void refuse(KerasLayer layer, String reason) {
        unsupported.add(layer + ": " + reason);
    }

    private KerasModel sequential(JsonNode content, String path) throws DataFormatException {
        // Before Keras 2.2.3 the configuration of a sequential model is its list of layers.
        JsonNode list = content.isArray() ? content : content.path("layers");
        if (!list.isArray() || list.isEmpty()) {
            throw corrupt(path, "expected a list of layers, found " + quoted(list));
        }
        List<LayerCall> calls = new ArrayList<>();
        for (JsonNode element : list) {
            KerasLayer layer = layer(element, path);
            if (!layer.className().equals("InputLayer")) {
                if (layer.model()
                        .map(model ->
                                model.inputs().size() != 1 || model.outputs().size() != 1)
                        .orElse(false)) {
                    throw corrupt(
                            layer.path(),
                            "expected a model with one input and one output inside a sequential model, found another"
                                    + " number");
                }
                calls.add(new LayerCall(layer, List.of(calls.size()), List.of(calls.size() + 1)));
            }
        }
        List<Long> shape = shape(list.get(0));
        if (shape.isEmpty()) {
            shape = shape(content.path("build_input_shape"), path);
        }
        String type = list.get(0).at("/config/dtype").asText("float32");
        boolean told = list.get(0).path("class_name").asText().equals("InputLayer");
        DeclaredInput input = new DeclaredInput("input", told ? type : "float32", shape);
        return new KerasModel(List.of(input), calls, List.of(calls.size()), List.of());
    }

    /** Returns the input shape that a layer declares, or that the first layer of a model declares. */
    private List<Long> shape(JsonNode layer) throws DataFormatException {
        JsonNode first = layer;
        while (first.path("class_name").asText().equals("Sequential")
                || first.at("/config/layers").isArray()) {
            first = first.path("config").isArray() ? first.at("/config/0") : first.at("/config/layers/0");
        }
        return shape(
                first.at("/config/batch_input_shape"), first.at("/config/name").asText());
    }

    List<Long> shape(JsonNode sizes, String path) throws DataFormatException {
        List<Long> shape = new ArrayList<>();
        for (JsonNode size : sizes) {
            long value = size.isNull() ? -1 : size.asLong();
            if (value == 0 || value < -1 || value > Integer.MAX_VALUE || sizes.size() > 8) {
                throw corrupt(path, "expected a shape of at most 8 axes of 1 or more, found " + quoted(sizes));
            }
            shape.add(shape.isEmpty() ? -1L : value);
        }
        return shape;
    }

    /** Reads one layer and the layers that it wraps. */
    KerasLayer layer(JsonNode element, String parent) throws DataFormatException {
        if (++layers > MOST_LAYERS) {
            throw corrupt(parent, "expected at most " + MOST_LAYERS + " layers, found more");
        }
        String className = element.path("class_name").asText();
        JsonNode content = element.path("config");
        String name = content.path("name").asText(element.path("name").asText(className));
        String path = parent.isEmpty() ? name : parent + "/" + name;
        boolean isModel = content.isArray() || content.path("layers").isArray();
        if (isModel) {
            return new KerasLayer(path, className, content, List.of(), Optional.of(model(element, path)));
        } else if (!content.isObject()) {
            throw corrupt(path, "expected the settings of a layer, found " + quoted(content));
        }
        KerasLayer layer =
                new KerasLayer(path, className, content, wrapped(className, content, path), Optional.empty());
        check(layer);
        return layer;
    }

    private void check(KerasLayer layer) {
        Optional<LayerRule> rule = LayerRules.of(layer.className());
        if (rule.isEmpty()) {
            refuse(layer, "layers of this class are not supported");
            return;
        }
        rule.get().problems(layer.configuration()).forEach(problem -> refuse(layer, problem));
        if (layer.className().equals("Bidirectional")) {
            layer.wrapped().stream()
                    .filter(inner -> !List.of("LSTM", "GRU", "SimpleRNN").contains(inner.className()))
                    .findFirst()
                    .ifPresent(inner ->
                            refuse(layer, "it wraps a " + inner.className() + "; supported: LSTM, GRU, SimpleRNN"));
        }
    }

    private List<KerasLayer> wrapped(String className, JsonNode content, String path) throws DataFormatException {
        JsonNode inner = content.path("layer");
        if (className.equals("TimeDistributed")) {
            return List.of(layer(inner, path));
        } else if (!className.equals("Bidirectional")) {
            return List.of();
        }
        return List.of(
                layer(inner, path + "/forward"),
                layer(
                        content.path("backward_layer").isObject() ? content.path("backward_layer") : reversed(inner),
                        path + "/backward"));
    }

    /** Returns the layer of the other direction, which Keras creates with the same settings. */
    private static JsonNode reversed(JsonNode layer) {
        JsonNode copy = layer.deepCopy();
        if (copy.path("config") instanceof ObjectNode content) {
            content.set(
                    "go_backwards",
                    BooleanNode.valueOf(!content.path("go_backwards").asBoolean()));
        }
        return copy;
    }
}
