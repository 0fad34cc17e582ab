package dev.jzoo.cli.damage;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * A damaged file.
 *
 * @param what description of the damage
 * @param file the damaged file
 */
record Damage(String what, OnnxFile file) {

    /** The kind of damage. */
    enum DamageKind {
        WEIGHT,
        ATTRIBUTE,
        CONNECTION
    }

    /** Draws a random damage; empty if the drawn place cannot be damaged this way. */
    static Optional<Damage> draw(DamageKind kind, OnnxFile file, Random random) {
        return switch (kind) {
            case WEIGHT -> weight(file, random);
            case ATTRIBUTE -> attribute(file, random);
            case CONNECTION -> connection(file, random);
        };
    }

    private static OnnxFile with(OnnxFile file, Map<String, TensorData> initializers, List<Node> nodes) {
        Graph graph = file.graph();
        return file.withGraph(
                new Graph(graph.name(), graph.inputs(), graph.outputs(), initializers, nodes, graph.values()));
    }

    private static <T> T any(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    /** Changes one value: its sign, its position, its size or all of it. */
    private static Optional<Damage> weight(OnnxFile file, Random random) {
        Map<String, TensorData> weights = new LinkedHashMap<>(file.graph().initializers());
        List<String> real = weights.keySet().stream()
                .filter(name -> weights.get(name).type() == DataType.FLOAT)
                .toList();
        if (real.isEmpty()) {
            return Optional.empty();
        }
        String name = any(real, random);
        TensorData weight = weights.get(name);
        float[] values = weight.floats();
        int at = random.nextInt(values.length);
        float old = values[at];
        switch (random.nextInt(5)) {
            case 0 -> values[at] = -old;
            case 1 -> values[at] = 0;
            case 2 -> values[at] = old * 1.1f;
            case 3 -> values[at] = old + 0.1f;
            default -> {
                int other = random.nextInt(values.length);
                values[at] = values[other];
                values[other] = old;
            }
        }
        weights.put(name, TensorData.of(values, weight.dims()));
        return Optional.of(new Damage(
                "value " + at + " of " + name + " is " + values[at] + " in place of " + old,
                with(file, weights, file.graph().nodes())));
    }

    private static Optional<Damage> attribute(OnnxFile file, Random random) {
        List<Node> nodes = new ArrayList<>(file.graph().nodes());
        int place = random.nextInt(nodes.size());
        Node node = nodes.get(place);
        if (node.attributes().isEmpty()) {
            return Optional.empty();
        }
        TreeMap<String, Attribute> attributes = new TreeMap<>(node.attributes());
        String name = any(List.copyOf(attributes.keySet()), random);
        Optional<Attribute> wrong = wrong(attributes.get(name), random);
        wrong.ifPresent(value -> attributes.put(name, value));
        nodes.set(
                place, new Node(node.opType(), node.domain(), node.name(), node.inputs(), node.outputs(), attributes));
        return wrong.map(value -> new Damage(
                name + " of " + node.describe() + " is " + value + " in place of "
                        + node.attributes().get(name),
                with(file, file.graph().initializers(), nodes)));
    }

    private static Optional<Attribute> wrong(Attribute right, Random random) {
        if (right instanceof Attribute.Int integer) {
            return Optional.of(new Attribute.Int(
                    integer.value() == 0 || integer.value() == 1
                            ? 1 - integer.value()
                            : integer.value() + (random.nextBoolean() ? 1 : -1)));
        } else if (right instanceof Attribute.Real real) {
            return Optional.of(new Attribute.Real(real.value() * (random.nextBoolean() ? 1.5f : 0.5f)));
        } else if (right instanceof Attribute.Ints ints && !ints.values().isEmpty()) {
            List<Long> values = new ArrayList<>(ints.values());
            int at = random.nextInt(values.size());
            int other = random.nextInt(values.size());
            if (at != other && !values.get(at).equals(values.get(other))) {
                Long old = values.get(at);
                values.set(at, values.get(other));
                values.set(other, old);
            } else {
                values.set(at, values.get(at) + 1);
            }
            return Optional.of(new Attribute.Ints(values));
        } else if (right instanceof Attribute.Reals reals && !reals.values().isEmpty()) {
            List<Float> values = new ArrayList<>(reals.values());
            int at = random.nextInt(values.size());
            values.set(at, values.get(at) * 1.5f + 0.05f);
            return Optional.of(new Attribute.Reals(values));
        } else if (right instanceof Attribute.Text text) {
            return Optional.of(new Attribute.Text(
                    switch (text.value()) {
                        case "forward" -> "reverse";
                        case "linear" -> "nearest";
                        case "nearest" -> "linear";
                        case "floor" -> "ceil";
                        case "asymmetric" -> "half_pixel";
                        case "half_pixel" -> "asymmetric";
                        case "constant" -> "edge";
                        case "none" -> "tanh";
                        default -> text.value() + "x";
                    }));
        } else if (right instanceof Attribute.TextList texts) {
            return Optional.of(new Attribute.TextList(texts.values().stream()
                    .map(text -> text.equals("Tanh") ? "Sigmoid" : text.equals("Sigmoid") ? "Tanh" : text)
                    .toList()));
        }
        return Optional.empty();
    }

    /**
     * Changes one operand: to another weight of the same shape, or another computed tensor. Operands of other kinds are not
     * mixed: ONNX Runtime does not survive all of that, and would report the rest.
     */
    private static Optional<Damage> connection(OnnxFile file, Random random) {
        List<Node> nodes = new ArrayList<>(file.graph().nodes());
        int place = random.nextInt(nodes.size());
        Node node = nodes.get(place);
        if (node.inputs().isEmpty()) {
            return Optional.empty();
        }
        List<String> inputs = new ArrayList<>(node.inputs());
        int at = random.nextInt(inputs.size());
        List<String> others = replacements(file, nodes.subList(0, place), inputs.get(at));
        if (others.isEmpty()) {
            return Optional.empty();
        }
        String other = any(others, random);
        int swapped = inputs.indexOf(other);
        if (swapped >= 0) {
            inputs.set(swapped, inputs.get(at));
        }
        inputs.set(at, other);
        nodes.set(place, node.withInputs(inputs));
        return Optional.of(new Damage(
                node.describe() + " reads " + inputs + " in place of " + node.inputs(),
                with(file, file.graph().initializers(), nodes)));
    }

    private static List<String> replacements(OnnxFile file, List<Node> before, String operand) {
        Map<String, TensorData> weights = file.graph().initializers();
        List<String> known = new ArrayList<>();
        if (weights.containsKey(operand)) {
            TensorData like = weights.get(operand);
            weights.forEach((name, weight) -> {
                if (weight.type() == like.type() && Arrays.equals(weight.dims(), like.dims())) {
                    known.add(name);
                }
            });
        } else if (!operand.isEmpty()) {
            file.graph().inputs().forEach(input -> known.add(input.name()));
            before.forEach(node -> known.addAll(node.outputs()));
        }
        known.removeAll(List.of(operand, ""));
        return known;
    }
}
