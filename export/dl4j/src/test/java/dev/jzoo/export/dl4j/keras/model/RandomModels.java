package dev.jzoo.export.dl4j.keras.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jzoo.zoo.file.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Models from configurations in JSON with random weights, within the rules, for tests. */
public final class RandomModels {

    private RandomModels() {}

    /**
     * A layer with an input.
     *
     * @param settings members of a JSON object, separated by commas
     * @param input size of each axis after the batch; -1 for any
     * @param weights shapes by role, "kernel", or by path and role, "forward/cell/kernel"
     */
    public record LayerSpec(String className, String settings, int[] input, Map<String, int[]> weights) {

        /** Returns the layer as JSON. */
        public String json() {
            return "{\"class_name\": \"" + className + "\", \"config\": {\"name\": \"layer\""
                    + (settings.isEmpty() ? "" : ", " + settings) + "}}";
        }
    }

    /** Returns a sequential model of an input and layers. */
    public static String sequential(int[] input, String... layers) {
        List<String> sizes = new ArrayList<>(List.of("null"));
        Arrays.stream(input).forEach(size -> sizes.add(size < 0 ? "null" : Integer.toString(size)));
        return "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"model\", \"layers\": ["
                + "{\"class_name\": \"InputLayer\", \"config\": {\"name\": \"in\", \"batch_input_shape\": " + sizes
                + "}}, "
                + String.join(", ", layers) + "]}}";
    }

    /** Reads a model. Fails like a file with the same contents. */
    public static KerasModel read(String json) throws IOException {
        LayerReader reader = new LayerReader(Path.of("model.h5"));
        KerasModel model = reader.model(Json.parse("model", json, JsonNode.class));
        reader.requireSupported();
        return model;
    }

    /** Returns the model of one layer. */
    public static KerasModel of(LayerSpec spec, Random random) throws IOException {
        KerasModel model = read(sequential(spec.input(), spec.json()));
        fill(model, spec.weights(), random);
        return model;
    }

    /** Sets weights of those shapes in the layers below the one named "layer". */
    public static void fill(KerasModel model, Map<String, int[]> weights, Random random) {
        for (KerasLayer leaf : model.leaves()) {
            String below = leaf.path().equals("layer") ? "" : leaf.path().replaceFirst("^layer/", "") + "/";
            LayerRule rule = LayerRules.of(leaf.className()).orElseThrow();
            List<String> roles = new ArrayList<>(rule.trainableRoles(leaf.configuration()));
            roles.addAll(rule.statisticRoles());
            for (String role : roles) {
                int[] dims = weights.get(below + role);
                if (dims == null) {
                    throw new IllegalArgumentException("No shape for " + below + role);
                }
                float[] values = new float[Arrays.stream(dims).reduce(1, Math::multiplyExact)];
                for (int i = 0; i < values.length; i++) {
                    double value = random.nextGaussian() * 0.5;
                    values[i] = (float) (role.equals("moving_variance") ? Math.abs(value) + 0.3 : value);
                }
                leaf.put(role, new WeightArray(leaf.path() + "/" + role + ":0", dims, values));
            }
        }
    }

    /**
     * Returns combinations of the settings that have a fixed set of values, so that each value occurs; at least one.
     */
    public static List<Map<String, String>> combinations(String className, Random random) {
        Map<String, List<String>> choices =
                LayerRules.of(className).orElseThrow().choices();
        int most = choices.values().stream().mapToInt(List::size).max().orElse(2);
        List<Map<String, String>> combinations = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            combinations.add(new TreeMap<>());
        }
        choices.forEach((key, values) -> {
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < most; i++) {
                order.add(i % values.size());
            }
            Collections.shuffle(order, random);
            for (int i = 0; i < most; i++) {
                combinations.get(i).put(key, values.get(order.get(i)));
            }
        });
        return combinations;
    }

    /** Returns the settings of a class that act at inference, with their accepted values. */
    public static String acceptedSettings(String className) {
        LayerRule rule = LayerRules.of(className).orElseThrow();
        return rule.usedSettings().stream()
                .sorted()
                .map(key -> {
                    List<String> values = rule.choices().get(key);
                    if (values == null || values.contains("true")) {
                        return key;
                    }
                    return key + " ("
                            + (values.size() > 4
                                    ? values.size() + " functions"
                                    : String.join(", ", values).replace("\"", ""))
                            + ")";
                })
                .collect(Collectors.joining(", "));
    }
}
