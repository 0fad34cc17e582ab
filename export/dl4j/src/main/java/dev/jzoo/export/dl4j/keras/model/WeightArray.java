package dev.jzoo.export.dl4j.keras.model;

import java.util.Arrays;

/**
 * An array of weights as the file stores it. Keeps the arrays that it receives without copying; do not change them.
 *
 * @param name name in the file: "dense/kernel:0"
 * @param dims size of each axis
 * @param values values in row-major order
 */
public record WeightArray(String name, int[] dims, float[] values) {

    /** Returns whether the array has this shape. */
    public boolean hasShape(int... expected) {
        return Arrays.equals(dims, expected);
    }

    @Override
    public String toString() {
        return name + " " + Arrays.toString(dims);
    }
}
