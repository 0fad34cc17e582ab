package dev.jzoo.onnx;

import java.util.Arrays;
import java.util.List;

/** A setting of a node that is fixed when the graph is built. */
public sealed interface Attribute {

    /** An integer. */
    record Int(long value) implements Attribute {}

    /** A 32-bit floating-point number. */
    record Real(float value) implements Attribute {}

    /** A string, in UTF-8. */
    record Text(String value) implements Attribute {}

    /** A list of integers. */
    record Ints(List<Long> values) implements Attribute {
        public Ints {
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            return values.toString();
        }
    }

    /** A list of 32-bit floating-point numbers. */
    record Reals(List<Float> values) implements Attribute {
        public Reals {
            values = List.copyOf(values);
        }
    }

    /** A list of strings. */
    record TextList(List<String> values) implements Attribute {
        public TextList {
            values = List.copyOf(values);
        }
    }

    /** A tensor: the value of a Constant. */
    record TensorValue(TensorData value) implements Attribute {}

    /** A nested graph: the branch of an If, the body of a Loop. */
    record Subgraph(Graph value) implements Attribute {}

    /** Returns a list of integers. */
    static Attribute ints(long... values) {
        return new Ints(Arrays.stream(values).boxed().toList());
    }

    /** Returns the name of the kind in the ONNX schema: "int", "floats". */
    default String kind() {
        if (this instanceof Int) {
            return "int";
        } else if (this instanceof Real) {
            return "float";
        } else if (this instanceof Text) {
            return "string";
        } else if (this instanceof Ints) {
            return "ints";
        } else if (this instanceof Reals) {
            return "floats";
        } else if (this instanceof TextList) {
            return "strings";
        } else if (this instanceof TensorValue) {
            return "tensor";
        }
        return "graph";
    }
}
