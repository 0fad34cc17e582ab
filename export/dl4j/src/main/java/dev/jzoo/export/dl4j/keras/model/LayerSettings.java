package dev.jzoo.export.dl4j.keras.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jzoo.export.UnsupportedNetworkException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The settings of one layer, with a record of which ones were read. The code that computes a layer must read every
 * setting that can act at inference. A setting that is absent, as in files of older Keras versions, has the default
 * that its reader passes.
 */
public final class LayerSettings {

    private final KerasLayer layer;
    private final JsonNode configuration;
    private final Set<String> read = new HashSet<>();

    LayerSettings(KerasLayer layer, JsonNode configuration) {
        this.layer = layer;
        this.configuration = configuration;
    }

    private JsonNode value(String key) {
        if (!LayerRules.of(layer.className()).orElseThrow().isUsed(key)) {
            throw new IllegalStateException(layer + ": the setting " + key + " is missing from the layer's rule.");
        }
        read.add(key);
        return configuration.path(key);
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    /** Returns whether a setting has a value other than None. */
    public boolean has(String key) {
        return !isAbsent(value(key));
    }

    public String text(String key, String absent) {
        JsonNode value = value(key);
        return isAbsent(value) ? absent : value.asText();
    }

    public boolean flag(String key, boolean absent) {
        JsonNode value = value(key);
        return isAbsent(value) ? absent : value.asBoolean();
    }

    public double real(String key, double absent) {
        JsonNode value = value(key);
        return isAbsent(value) ? absent : number(value).asDouble();
    }

    /**
     * Returns a number, which may be one of NumPy: {"type": "ndarray", "value": 0.3}, in later versions inside a
     * "config".
     */
    static JsonNode number(JsonNode value) {
        return value.has("config")
                ? value.path("config").path("value")
                : value.has("value") ? value.path("value") : value;
    }

    public int integer(String key, int absent) {
        JsonNode value = value(key);
        require(!value.isArray(), key, "one number", value);
        return isAbsent(value) ? absent : value.asInt();
    }

    private void require(boolean fits, String key, String expected, JsonNode found) {
        if (!fits) {
            throw new UnsupportedNetworkException(
                    List.of(layer + ": setting " + key + " is " + found + ", expected " + expected),
                    "Change the setting and save the model again.");
        }
    }

    /** Returns a list of integers; a single number counts for every axis. */
    public int[] integers(String key, int axes, int absent) {
        JsonNode value = value(key);
        int[] integers = new int[value.isArray() ? value.size() : axes];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = value.isArray() ? value.get(i).asInt() : isAbsent(value) ? absent : value.asInt();
        }
        return integers;
    }

    /**
     * Returns pairs of integers, one pair for each axis, from any form that Keras accepts: 2, [2, 3], [[1, 2], [3, 4]].
     */
    public int[][] pairs(String key, int axes) {
        JsonNode value = value(key);
        int[][] pairs = new int[axes][2];
        require(
                !value.isArray() || value.size() == axes || axes == 1 && value.size() == 2,
                key,
                "a pair for each of " + axes + " axes",
                value);
        for (int axis = 0; axis < axes; axis++) {
            // For one axis [1, 2] is its pair. For several axes it has one number for both ends of each.
            JsonNode pair = !value.isArray() || axes == 1 && !value.path(0).isArray() ? value : value.path(axis);
            require(
                    !pair.isArray()
                            || pair.size() == 2
                                    && !pair.path(0).isArray()
                                    && !pair.path(1).isArray(),
                    key,
                    "pairs",
                    value);
            pairs[axis][0] = (pair.isArray() ? pair.path(0) : pair).asInt();
            pairs[axis][1] = (pair.isArray() ? pair.path(1) : pair).asInt();
        }
        return pairs;
    }

    /** Returns the settings that can act at inference and were not read. */
    public List<String> unread() {
        LayerRule rule = LayerRules.of(layer.className()).orElseThrow();
        List<String> unread = new ArrayList<>();
        configuration.fieldNames().forEachRemaining(key -> {
            if (rule.isUsed(key) && !read.contains(key)) {
                unread.add(key);
            }
        });
        return unread;
    }
}
