package dev.jzoo.export.dl4j.keras.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The accepted settings of one class of layers: a setting is used, or acts in training only, or must have one value. A
 * setting that is not listed is refused unless it is None.
 */
final class LayerRule {

    /** Functions that a layer's setting or an Activation layer may name. */
    static final Set<String> ACTIVATIONS = Set.of(
            "linear",
            "relu",
            "relu6",
            "sigmoid",
            "tanh",
            "softmax",
            "softplus",
            "softsign",
            "elu",
            "selu",
            "exponential",
            "hard_sigmoid",
            "swish",
            "silu",
            "gelu",
            "mish");

    /** Functions that ONNX's recurrent operators support. */
    static final Set<String> RECURRENT_ACTIVATIONS =
            Set.of("linear", "relu", "sigmoid", "tanh", "softplus", "softsign", "elu", "hard_sigmoid");

    /** Functions that a gate may have: the bounded ones. */
    static final Set<String> GATES = Set.of("sigmoid", "tanh", "softsign", "hard_sigmoid");

    private static final int LARGEST = 1 << 24;

    /** A check of a value: returns the expected values if it is not accepted; empty if it is. */
    private interface Acceptance extends Function<JsonNode, Optional<String>> {}

    private final Map<String, Acceptance> used = new LinkedHashMap<>();
    private final Map<String, List<String>> choices = new LinkedHashMap<>();
    private final Map<String, Acceptance> fixed = new LinkedHashMap<>();
    private final Set<String> required = new LinkedHashSet<>();
    private final Set<String> training = new LinkedHashSet<>();
    private final List<String> trainable = new ArrayList<>();
    private final List<String> statistics = new ArrayList<>();
    private final Map<String, String> conditions = new LinkedHashMap<>();

    private LayerRule use(String key, Acceptance acceptance) {
        used.put(key, acceptance);
        return this;
    }

    private static Optional<String> problem(boolean isFine, String expected) {
        return isFine ? Optional.empty() : Optional.of(expected);
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isNull() || value.isMissingNode();
    }

    /** Accepts whole numbers, or lists of them, up to 16 million. */
    LayerRule integers(String... keys) {
        return integers(-LARGEST, 1, "integers", keys);
    }

    /** Accepts the same as {@link #integers(String...)}, from 1 on. */
    LayerRule positive(String... keys) {
        return integers(1, 1, "integers of at least 1", keys);
    }

    /** Accepts numbers, or lists of numbers or of pairs of them, from 0 on. */
    LayerRule pairs(String... keys) {
        return integers(0, 2, "integers of at least 0", keys);
    }

    private LayerRule integers(int least, int depth, String expected, String... keys) {
        for (String key : keys) {
            use(key, value -> problem(areIntegers(value, least, depth), "expected " + expected));
        }
        return this;
    }

    private static boolean areIntegers(JsonNode value, int least, int depth) {
        if (value.isArray() && depth > 0) {
            for (JsonNode element : value) {
                if (isAbsent(element) || !areIntegers(element, least, depth - 1)) {
                    return false;
                }
            }
            return value.size() <= 32;
        }
        return isAbsent(value) || value.isIntegralNumber() && value.asDouble() >= least && value.asDouble() <= LARGEST;
    }

    LayerRule reals(String... keys) {
        for (String key : keys) {
            use(
                    key,
                    value -> problem(
                            isAbsent(value) || LayerSettings.number(value).isNumber(), "expected a number"));
        }
        return this;
    }

    LayerRule flags(String... keys) {
        for (String key : keys) {
            choices.put(key, List.of("true", "false"));
            use(key, value -> problem(isAbsent(value) || value.isBoolean(), "expected true or false"));
        }
        return this;
    }

    /** Accepts one of these texts. */
    LayerRule oneOf(String key, String... values) {
        return oneOf(key, List.of(values));
    }

    /** Accepts one of these texts. */
    LayerRule oneOf(String key, Collection<String> values) {
        List<String> accepted = values.stream().sorted().toList();
        choices.put(key, accepted.stream().map(value -> '"' + value + '"').toList());
        return use(
                key,
                value -> problem(
                        isAbsent(value) || value.isTextual() && accepted.contains(value.asText()),
                        "supported: " + String.join(", ", accepted)));
    }

    /** Returns the accepted values of settings that have a fixed set of them, as JSON writes them. */
    Map<String, List<String>> choices() {
        return choices;
    }

    /** Requires settings that must be present and not None: they have no default. */
    LayerRule required(String... keys) {
        required.addAll(List.of(keys));
        return this;
    }

    /** Accepts the layer that a wrapper wraps; the model's reader reads it. */
    LayerRule wraps(String... keys) {
        for (String key : keys) {
            fixed.put(key, value -> problem(isAbsent(value) || value.isObject(), "expected a layer"));
        }
        return this;
    }

    /** Accepts settings that are absent, None, or one of these values as JSON writes them. */
    LayerRule only(String key, String... values) {
        List<String> accepted = Arrays.asList(values);
        fixed.put(
                key,
                value -> problem(
                        isAbsent(value) || accepted.contains(value.toString()),
                        accepted.isEmpty() ? "supported: None" : "supported: " + String.join(", ", accepted)));
        return this;
    }

    /** Accepts settings without an effect on the results of a trained layer. */
    LayerRule training(String... keys) {
        training.addAll(List.of(keys));
        return this;
    }

    /**
     * Accepts settings for the initialisation, regularisation and constraints of a weight, which do not act after
     * training.
     */
    LayerRule initialised(String... stems) {
        for (String stem : stems) {
            training(stem + "_initializer", stem + "_regularizer", stem + "_constraint");
        }
        return this;
    }

    /** Sets the weights in the order in which the file has them. */
    LayerRule weights(String... roles) {
        trainable.addAll(List.of(roles));
        return this;
    }

    /** Sets a weight that exists if a flag is true, which is the default. */
    LayerRule weightIf(String role, String flag) {
        conditions.put(role, flag);
        return weights(role);
    }

    /** Sets weights that are not trained by gradients; a file has them after all others. */
    LayerRule statistics(String... roles) {
        statistics.addAll(List.of(roles));
        return this;
    }

    boolean isUsed(String key) {
        return used.containsKey(key);
    }

    Set<String> usedSettings() {
        return used.keySet();
    }

    List<String> trainableRoles(JsonNode configuration) {
        return trainable.stream()
                .filter(role -> !conditions.containsKey(role)
                        || configuration.path(conditions.get(role)).asBoolean(true))
                .toList();
    }

    List<String> statisticRoles() {
        return statistics;
    }

    /** Returns the faults of a layer's settings, one phrase each. */
    List<String> problems(JsonNode configuration) {
        List<String> problems = new ArrayList<>();
        configuration.fieldNames().forEachRemaining(key -> {
            JsonNode value = configuration.path(key);
            Acceptance acceptance = used.containsKey(key) ? used.get(key) : fixed.get(key);
            if (acceptance != null) {
                acceptance
                        .apply(value)
                        .ifPresent(
                                expected -> problems.add("setting " + key + " is " + shown(value) + "; " + expected));
            } else if (!training.contains(key) && !value.isNull()) {
                problems.add("setting " + key + " = " + shown(value) + " is not supported");
            }
        });
        for (String key : required) {
            if (isAbsent(configuration.path(key))) {
                problems.add("setting " + key + " is missing");
            }
        }
        return problems;
    }

    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
