package dev.jzoo.training.onnx.operators;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.Node;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The attributes of a node.
 *
 * @param node the node in canonical form
 * @param fixed returns whether a tensor is the same in all passes
 */
public record NodeAttributes(Node node, Predicate<String> fixed) {

    /** Returns whether an input is omitted or a constant. */
    boolean isFixed(int input) {
        return input >= node.inputs().size()
                || node.inputs().get(input).isEmpty()
                || fixed.test(node.inputs().get(input));
    }

    long integer(String name, long otherwise) {
        return attribute(name, Attribute.Int.class).map(Attribute.Int::value).orElse(otherwise);
    }

    boolean flag(String name) {
        return integer(name, 0) != 0;
    }

    double real(String name, double otherwise) {
        // The shortest decimal of a float is what its author wrote: 0.01, not 0.00999999977.
        return attribute(name, Attribute.Real.class)
                .map(given -> Double.parseDouble(Float.toString(given.value())))
                .orElse(otherwise);
    }

    String text(String name, String otherwise) {
        return attribute(name, Attribute.Text.class).map(Attribute.Text::value).orElse(otherwise);
    }

    Optional<long[]> integers(String name) {
        return attribute(name, Attribute.Ints.class)
                .map(list -> list.values().stream().mapToLong(Long::longValue).toArray());
    }

    int outputs() {
        return node.outputs().size();
    }

    /** Rejects the node unless a condition holds. */
    public void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new UnsupportedOperationException(otherwise);
        }
    }

    private <T extends Attribute> Optional<T> attribute(String name, Class<T> kind) {
        Attribute given = node.attributes().get(name);
        require(
                given == null || kind.isInstance(given),
                "its attribute '" + name + "' is of kind " + (given == null ? "" : given.kind()));
        return Optional.ofNullable(given).map(kind::cast);
    }
}
