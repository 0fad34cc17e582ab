package dev.jzoo.export.dl4j.keras.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jzoo.export.UnsupportedNetworkException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A layer of a model: its settings, its weights, and the layers that it wraps. */
public final class KerasLayer {

    private final String path;
    private final String className;
    private final JsonNode configuration;
    private final List<KerasLayer> wrapped;
    private final KerasModel model;
    private final Map<String, WeightArray> weights = new LinkedHashMap<>();

    KerasLayer(
            String path,
            String className,
            JsonNode configuration,
            List<KerasLayer> wrapped,
            Optional<KerasModel> model) {
        this.path = path;
        this.className = className;
        this.configuration = configuration;
        this.wrapped = List.copyOf(wrapped);
        this.model = model.orElse(null);
    }

    /** Returns the names from the outermost model to the layer: "encoder/dense_1". */
    public String path() {
        return path;
    }

    /** Returns Keras's name of the class: "Conv2D". */
    public String className() {
        return className;
    }

    /** Returns the settings, with a new record of which ones are read. */
    public LayerSettings settings() {
        return new LayerSettings(this, configuration);
    }

    JsonNode configuration() {
        return configuration;
    }

    /**
     * Returns the wrapped layer of a TimeDistributed, or the layers of both directions of a Bidirectional; otherwise an
     * empty list.
     */
    public List<KerasLayer> wrapped() {
        return wrapped;
    }

    /** Returns the model, if the layer is one. */
    public Optional<KerasModel> model() {
        return Optional.ofNullable(model);
    }

    /** Returns whether a weight of a role exists: "bias". */
    public boolean has(String role) {
        return weights.containsKey(role);
    }

    /**
     * Returns the weight of a role: "kernel".
     *
     * @throws UnsupportedNetworkException if it has another shape than the layer's settings and input require
     */
    public WeightArray weight(String role, int... dims) {
        WeightArray array = weights.get(role);
        if (array == null) {
            throw new IllegalStateException(this + " has no weight '" + role + "'.");
        } else if (!array.hasShape(dims)) {
            throw new UnsupportedNetworkException(
                    List.of(this + ": expected the " + role + " to have the shape " + Arrays.toString(dims)
                            + " for its settings and input, found " + array),
                    "The file's settings and weights do not belong together. Save the model again.");
        }
        return array;
    }

    /** Returns all weights, by role. */
    public Map<String, WeightArray> weights() {
        return Map.copyOf(weights);
    }

    void put(String role, WeightArray array) {
        weights.put(role, array);
    }

    void addLeaves(List<KerasLayer> leaves) {
        if (model != null) {
            model.layers().forEach(layer -> layer.addLeaves(leaves));
            return;
        }
        leaves.add(this);
        wrapped.forEach(layer -> layer.addLeaves(leaves));
    }

    /** Returns the layer's name in messages: "dense_1 (Dense)". */
    @Override
    public String toString() {
        return path + " (" + className + ")";
    }
}
