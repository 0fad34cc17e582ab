package dev.jzoo.zoo.card;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The size of one axis of a tensor: fixed, or open under a name, or open without one. */
public sealed interface Dimension {

    /** Always this size, 0 or more. */
    record FixedDimension(long size) implements Dimension {
        public FixedDimension {
            if (size < 0) {
                throw new IllegalArgumentException("An axis has 0 elements or more, not " + size + ".");
            }
        }

        @Override
        public boolean accepts(long actual) {
            return actual == size;
        }

        @Override
        public OptionalLong fixedSize() {
            return OptionalLong.of(size);
        }

        @Override
        public String toString() {
            return Long.toString(size);
        }
    }

    /** Any size, the same one wherever the name occurs: "batch". */
    record SymbolicDimension(String name) implements Dimension {
        public SymbolicDimension {
            if (name.isBlank()) {
                throw new IllegalArgumentException("A symbolic axis needs a name.");
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Any size. */
    record UnknownDimension() implements Dimension {
        @Override
        public String toString() {
            return "?";
        }
    }

    /** Whether an axis of that size fits, looked at alone. */
    default boolean accepts(long actual) {
        return true;
    }

    /** The size if it is fixed. */
    default OptionalLong fixedSize() {
        return OptionalLong.empty();
    }

    /** The name of the first axis of a network's inputs and outputs: one entry for each example. */
    Dimension BATCH = new SymbolicDimension("batch");

    /** A fixed size. */
    static Dimension of(long size) {
        return new FixedDimension(size);
    }

    /** A named size. */
    static Dimension of(String name) {
        return new SymbolicDimension(name);
    }

    /** A shape of fixed sizes. */
    static List<Dimension> shape(long... sizes) {
        return Arrays.stream(sizes).mapToObj(Dimension::of).toList();
    }

    /** A shape of fixed sizes after the batch axis. */
    static List<Dimension> batchOf(long... sizes) {
        Dimension[] shape = new Dimension[sizes.length + 1];
        shape[0] = BATCH;
        for (int i = 0; i < sizes.length; i++) {
            shape[i + 1] = of(sizes[i]);
        }
        return List.of(shape);
    }

    /** A shape for people: "[batch, 28, 28, 1]". */
    static String format(List<Dimension> shape) {
        return shape.stream().map(Dimension::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
