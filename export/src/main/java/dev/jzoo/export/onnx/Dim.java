package dev.jzoo.export.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Size of one axis of a shape: fixed, named, or not known. */
public sealed interface Dim {

    /** A size that never changes, 0 or more. */
    record Fixed(long size) implements Dim {
        public Fixed {
            if (size < 0) {
                throw new IllegalArgumentException("An axis has 0 elements or more, not " + size + ".");
            }
        }

        @Override
        public String toString() {
            return Long.toString(size);
        }
    }

    /** A size that is the same wherever the name occurs: "batch". */
    record Symbol(String name) implements Dim {
        public Symbol {
            if (name.isBlank()) {
                throw new IllegalArgumentException("A symbolic axis needs a name.");
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A size that nothing is known of. */
    record Unknown() implements Dim {
        @Override
        public String toString() {
            return "?";
        }
    }

    /** The name of the first axis of a network's inputs and outputs: one entry for each example. */
    Dim BATCH = new Symbol("batch");

    /** A fixed size. */
    static Dim of(long size) {
        return new Fixed(size);
    }

    /** A named size. */
    static Dim of(String name) {
        return new Symbol(name);
    }

    /** A shape of fixed sizes. */
    static List<Dim> shape(long... sizes) {
        return Arrays.stream(sizes).mapToObj(Dim::of).toList();
    }

    /** A shape of fixed sizes behind the batch axis. */
    static List<Dim> batchOf(long... sizes) {
        Dim[] dims = new Dim[sizes.length + 1];
        dims[0] = BATCH;
        for (int i = 0; i < sizes.length; i++) {
            dims[i + 1] = of(sizes[i]);
        }
        return List.of(dims);
    }

    /** A shape for people: "[batch, 28, 28, 1]". */
    static String format(List<Dim> shape) {
        return shape.stream().map(Dim::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
