package dev.jzoo.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The signature of one version of a standard operator: the allowed inputs, outputs and attributes of its nodes. It is read
 * from {@code operators.txt}, which names the source of its facts.
 */
final class OperatorSchema {

    private record Parameter(String name, boolean optional, boolean variadic, int minimum) {}

    private record Setting(String kind, boolean required) {}

    private final String name;
    private final int since;
    private final List<Parameter> inputs;
    private final List<Parameter> outputs;
    private final Map<String, Setting> attributes = new LinkedHashMap<>();

    /** Parses a line of {@code operators.txt}. */
    OperatorSchema(String line) {
        String[] fields = Arrays.copyOf(line.split("\\|", -1), 4);
        String[] head = fields[0].trim().split(" ");
        name = head[0];
        since = Integer.parseInt(head[1]);
        inputs = parameters(fields[1]);
        outputs = parameters(fields[2]);
        for (String word : words(fields[3])) {
            String[] pair = word.split(":");
            attributes.put(pair[0], new Setting(pair[1].replace("!", ""), pair[1].endsWith("!")));
        }
    }

    private static String[] words(String field) {
        return field == null || field.isBlank() ? new String[0] : field.trim().split(" ");
    }

    private static List<Parameter> parameters(String field) {
        List<Parameter> parameters = new ArrayList<>();
        for (String word : words(field)) {
            int star = word.indexOf('*');
            if (star >= 0) {
                parameters.add(
                        new Parameter(word.substring(0, star), true, true, Integer.parseInt(word.substring(star + 1))));
            } else {
                boolean optional = word.endsWith("?");
                parameters.add(new Parameter(word.replace("?", ""), optional, false, optional ? 0 : 1));
            }
        }
        return parameters;
    }

    String name() {
        return name;
    }

    /** Returns the opset that introduced this version. */
    int since() {
        return since;
    }

    /** Returns the position of an input, or -1 if there is no input of this name. */
    int input(String parameter) {
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).name().equals(parameter)) {
                return i;
            }
        }
        return -1;
    }

    /** Returns the names of the inputs, in their order. */
    List<String> inputNames() {
        return inputs.stream().map(Parameter::name).toList();
    }

    /** Returns whether the last input may occur any number of times. */
    boolean isVariadic() {
        return inputs.stream().anyMatch(Parameter::variadic);
    }

    boolean hasAttribute(String attribute) {
        return attributes.containsKey(attribute);
    }

    /** Returns the faults of a node, one sentence each; empty if there are none. */
    List<String> faults(Node node) {
        List<String> faults = new ArrayList<>();
        String where = node.describe() + ": ";
        count(where, "input", inputs, node.inputs(), faults);
        count(where, "output", outputs, node.outputs(), faults);
        Set<String> missing = new TreeSet<>();
        attributes.forEach((attribute, setting) -> {
            if (setting.required() && !node.attributes().containsKey(attribute)) {
                missing.add(attribute);
            }
        });
        if (!missing.isEmpty()) {
            faults.add(where + "needs the attribute " + String.join(", ", missing) + ".");
        }
        node.attributes().forEach((attribute, value) -> {
            Setting setting = attributes.get(attribute);
            if (setting == null) {
                faults.add(where + "version " + since + " has no attribute '" + attribute + "'; it has "
                        + attributes.keySet() + ".");
            } else if (!setting.kind().equals(value.kind())) {
                faults.add(where + "attribute '" + attribute + "' is of kind " + setting.kind() + ", not "
                        + value.kind() + ".");
            }
        });
        return faults;
    }

    private static void count(
            String where, String what, List<Parameter> declared, List<String> given, List<String> faults) {
        boolean variadic = declared.stream().anyMatch(Parameter::variadic);
        int least = declared.stream().mapToInt(Parameter::minimum).sum();
        if (given.size() > declared.size() && !variadic) {
            faults.add(where + "has " + given.size() + " " + what + "s, but at most " + declared.size() + ".");
        }
        for (int i = 0; i < declared.size(); i++) {
            Parameter parameter = declared.get(i);
            boolean present = i < given.size() && !given.get(i).isEmpty();
            if (!present && !parameter.optional()) {
                faults.add(where + what + " " + i + " (" + parameter.name() + ") is missing.");
            }
        }
        if (variadic && given.size() < least) {
            faults.add(where + "has " + given.size() + " " + what + "s, but needs " + least + ".");
        }
    }
}
