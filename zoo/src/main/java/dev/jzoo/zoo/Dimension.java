package dev.jzoo.zoo;

import java.util.Objects;

/** The length of one axis of a tensor, as a {@link Manifest} has it. */
public sealed interface Dimension {

    /** A fixed length. */
    record Fixed(long length) implements Dimension {
        @Override
        public String toString() {
            return Long.toString(length);
        }
    }

    /** Any length, with a name: "batch". Axes of the same name have the same length. */
    record Symbolic(String name) implements Dimension {
        public Symbolic {
            Objects.requireNonNull(name, "name");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Any length. */
    record Unknown() implements Dimension {
        @Override
        public String toString() {
            return "?";
        }
    }

    static Dimension of(long length) {
        return new Fixed(length);
    }

    static Dimension of(String name) {
        return new Symbolic(name);
    }
}
