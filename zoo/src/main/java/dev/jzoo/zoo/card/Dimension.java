package dev.jzoo.zoo.card;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The size of one axis of a tensor: fixed, symbolic (a name stands for the size), or unknown. */
public sealed interface Dimension {

    // No default methods: with one, a thread that makes a dimension and a thread that reads BATCH could each wait for
    // the other.

    /** A fixed size, 0 or more. */
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

    /** An arbitrary size, the same for every axis with this name: "batch". */
    record SymbolicDimension(String name) implements Dimension {
        public SymbolicDimension {
            if (name.isBlank()) {
                throw new IllegalArgumentException("A symbolic axis needs a name.");
            }
        }

        @Override
        public boolean accepts(long actual) {
            return true;
        }

        @Override
        public OptionalLong fixedSize() {
            return OptionalLong.empty();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** An arbitrary size. */
    record UnknownDimension() implements Dimension {
        @Override
        public boolean accepts(long actual) {
            return true;
        }

        @Override
        public OptionalLong fixedSize() {
            return OptionalLong.empty();
        }

        @Override
        public String toString() {
            return "?";
        }
    }

    /** Returns whether this axis accepts that size. Does not compare it with other axes. */
    boolean accepts(long actual);

    /** Returns the size if it is fixed. */
    OptionalLong fixedSize();

    /** The first axis of a network's inputs and outputs, with one entry per example. */
    Dimension BATCH = new SymbolicDimension("batch");

    /** Returns a fixed size. */
    static Dimension of(long size) {
        return new FixedDimension(size);
    }

    /** Returns a symbolic size. */
    static Dimension of(String name) {
        return new SymbolicDimension(name);
    }

    /** Returns a shape of fixed sizes. */
    static List<Dimension> shape(long... sizes) {
        return Arrays.stream(sizes).mapToObj(Dimension::of).toList();
    }

    /** Returns a shape of the batch axis and fixed sizes. */
    static List<Dimension> batchOf(long... sizes) {
        Dimension[] shape = new Dimension[sizes.length + 1];
        shape[0] = BATCH;
        for (int i = 0; i < sizes.length; i++) {
            shape[i + 1] = of(sizes[i]);
        }
        return List.of(shape);
    }

    /** Formats a shape for people: "[batch, 28, 28, 1]". */
    static String format(List<Dimension> shape) {
        return shape.stream().map(Dimension::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
