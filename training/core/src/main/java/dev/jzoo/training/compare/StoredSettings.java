package dev.jzoo.training.compare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jzoo.zoo.error.DataFormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings in a {@code recipe.json} of any kind of run, with one name and one text per value in the tree. */
final class StoredSettings {

    private final Map<String, String> settings = new LinkedHashMap<>();

    private StoredSettings() {}

    static Map<String, String> of(String source, JsonNode recipe) throws DataFormatException {
        if (!recipe.isObject()) {
            throw new DataFormatException(source, "expected an object with the settings of a run");
        }
        StoredSettings found = new StoredSettings();
        found.add("", recipe);
        return found.settings;
    }

    private void add(String prefix, JsonNode object) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = prefix + field.getKey();
            JsonNode value = field.getValue();
            if (name.equals("hyperparameters")) {
                add("", value);
            } else if (value.isObject()) {
                add(name + ".", value);
            } else if (value.isArray() && value.path(0).isObject()) {
                value.forEach(element -> addElement(name, element));
            } else if (!text(value).isBlank()) { // an empty text means that the run does not have the setting
                settings.put(name, text(value));
            }
        }
    }

    /**
     * Adds an element of an array. Data sets are named by their name, because their order does not matter; other
     * elements by their position.
     */
    private void addElement(String name, JsonNode element) {
        if (element.hasNonNull("dataset") && element.hasNonNull("sha256")) {
            String data =
                    element.get("dataset").asText() + " " + element.path("part").asText();
            settings.put(name + "." + data.strip(), element.get("sha256").asText());
        } else {
            String prefix = name + ".";
            int place = 1;
            while (settings.containsKey(prefix + place)) {
                place++;
            }
            settings.put(prefix + place, element.toString());
        }
    }

    private static String text(JsonNode value) {
        if (value.isArray()) {
            List<String> elements = new ArrayList<>();
            value.forEach(element -> elements.add(text(element)));
            return String.join(", ", elements);
        }
        return value.isFloatingPointNumber()
                ? value.decimalValue().stripTrailingZeros().toPlainString()
                : value.asText();
    }
}
