package dev.jzoo.inference;

import java.util.OptionalLong;

/** The size of one axis of a port: fixed, or left to the caller under a name, or left to the caller without one. */
public sealed interface Dimension {

    /** Always this size. */
    record Fixed(long size) implements Dimension {
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

    /** Any size, the same one wherever the name occurs in the inputs of one call. */
    record Symbol(String name) implements Dimension {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Any size. */
    record Unknown() implements Dimension {
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

    /** ONNX Runtime's view: a negative size is open, and an empty name is none. */
    static Dimension of(long size, String name) {
        return size >= 0 ? new Fixed(size) : name.isEmpty() ? new Unknown() : new Symbol(name);
    }
}
