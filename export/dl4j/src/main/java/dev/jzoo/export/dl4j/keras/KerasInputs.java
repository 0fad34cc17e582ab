package dev.jzoo.export.dl4j.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** What the configuration of a Keras model says of its inputs; DL4J's import keeps their layout. */
final class KerasInputs {

    private final JsonNode model;
    private final JsonNode layers;

    KerasInputs(JsonNode configuration) {
        model = configuration.path("config");
        layers = layers(configuration);
    }

    /** The configurations of a model's layers. */
    static JsonNode layers(JsonNode configuration) {
        JsonNode model = configuration.path("config");
        // Before Keras 2.2.3 the configuration of a sequential model is its list of layers.
        return model.isArray() ? model : model.path("layers");
    }

    /** The inputs in their order, or none at all where the shape of one is not written down. */
    List<ValueInfo> all() {
        List<ValueInfo> inputs = new ArrayList<>();
        if (model.has("input_layers")) {
            for (JsonNode reference : model.path("input_layers")) {
                String name = reference.path(0).asText();
                inputs.add(input(name, configuration(name)));
            }
        } else {
            inputs.add(input("input", layers.path(0).path("config")));
        }
        return inputs.stream().allMatch(input -> input.shape().size() > 1) ? inputs : List.of();
    }

    private JsonNode configuration(String name) {
        return StreamSupport.stream(layers.spliterator(), false)
                .map(layer -> layer.path("config"))
                .filter(config -> config.path("name").asText().equals(name))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private static ValueInfo input(String name, JsonNode configuration) {
        JsonNode sizes = configuration.path("batch_input_shape");
        List<Dimension> shape = new ArrayList<>();
        for (int axis = 0; axis < sizes.size(); axis++) {
            JsonNode size = sizes.get(axis);
            shape.add(
                    axis == 0
                            ? Dimension.BATCH
                            : size.isNull() ? open(axis, sizes.size()) : Dimension.of(size.asLong()));
        }
        return new ValueInfo(name, DataType.FLOAT, shape);
    }

    /** Name of an axis of any size. */
    private static Dimension open(int axis, int rank) {
        return Dimension.of(rank == 3 || rank == 2 ? "time" : "axis" + axis);
    }
}
