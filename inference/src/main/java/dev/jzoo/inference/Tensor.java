package dev.jzoo.inference;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.StringJoiner;
import java.util.function.IntToDoubleFunction;

/**
 * An n-dimensional array of numbers, booleans or texts in row-major order. Rank 0 is a single value. Immutable and on the
 * heap: arrays are copied in and out. Every value is allowed, including NaN and the infinities.
 *
 * <p>Two tensors are equal if their types, shapes and elements are; NaN equals NaN, and 0.0 differs from -0.0.
 */
public final class Tensor {

    private static final int SHOWN = 8;

    private final ElementType type;
    private final long[] shape;
    private final Object elements;

    private Tensor(ElementType type, Object elements, long[] shape) {
        this.type = type;
        this.elements = elements;
        this.shape = shape;
    }

    /**
     * Returns a FLOAT tensor. Like the methods below, fails with IllegalArgumentException if the shape has another number
     * of elements.
     */
    public static Tensor of(float[] values, long... shape) {
        return checked(ElementType.FLOAT, values.clone(), shape);
    }

    /** Returns a DOUBLE tensor. */
    public static Tensor ofDoubles(double[] values, long... shape) {
        return checked(ElementType.DOUBLE, values.clone(), shape);
    }

    /** Returns a UINT8 tensor, for example of pixels. The bytes are read as 0 to 255. */
    public static Tensor ofBytes(byte[] values, long... shape) {
        return checked(ElementType.UINT8, values.clone(), shape);
    }

    /** Returns an INT8 tensor. The bytes are read as -128 to 127. */
    public static Tensor ofSignedBytes(byte[] values, long... shape) {
        return checked(ElementType.INT8, values.clone(), shape);
    }

    /** Returns an INT32 tensor. */
    public static Tensor ofInts(int[] values, long... shape) {
        return checked(ElementType.INT32, values.clone(), shape);
    }

    /** Returns an INT64 tensor. */
    public static Tensor ofLongs(long[] values, long... shape) {
        return checked(ElementType.INT64, values.clone(), shape);
    }

    /** Returns a BOOL tensor. */
    public static Tensor ofBooleans(boolean[] values, long... shape) {
        return checked(ElementType.BOOL, values.clone(), shape);
    }

    /** Returns a STRING tensor. No element may be null. */
    public static Tensor ofStrings(String[] values, long... shape) {
        String[] copy = values.clone();
        for (int i = 0; i < copy.length; i++) {
            if (copy[i] == null) {
                throw new IllegalArgumentException("Element " + i + " is null; a STRING tensor has no null elements.");
            }
        }
        return checked(ElementType.STRING, copy, shape);
    }

    /**
     * Returns a tensor that uses the given arrays without copying them. The caller must not use them again. The elements'
     * array class must fit the type, and its length the shape.
     */
    public static Tensor adopt(ElementType type, Object elements, long[] shape) {
        return new Tensor(type, elements, shape);
    }

    private static Tensor checked(ElementType type, Object elements, long[] shape) {
        long[] copy = shape.clone();
        long expected = count(copy);
        int given = Array.getLength(elements);
        if (expected != given) {
            throw new IllegalArgumentException("A tensor of shape " + Arrays.toString(copy) + " has " + expected
                    + (expected == 1 ? " element" : " elements") + ", found " + given + ".");
        }
        return new Tensor(type, elements, copy);
    }

    private static long count(long[] shape) {
        long product = 1;
        for (long size : shape) {
            if (size < 0) {
                throw new IllegalArgumentException(
                        "The sizes of a shape are at least 0; found a negative one in " + Arrays.toString(shape) + ".");
            }
            // saturates: no array is that long, and a product that overflows could match by accident
            product = size == 0 || product <= Long.MAX_VALUE / size ? product * size : Long.MAX_VALUE;
        }
        return product;
    }

    /** Returns the type of the elements: one that is its own {@link ElementType#carrier()}, and never OTHER. */
    public ElementType type() {
        return type;
    }

    /** Returns the sizes of the axes; empty for a single value. */
    public long[] shape() {
        return shape.clone();
    }

    /** Returns the number of elements. */
    public int size() {
        return Array.getLength(elements);
    }

    /** Returns the elements of a FLOAT tensor. Like the methods below, fails with IllegalStateException on another type. */
    public float[] floats() {
        return ((float[]) elements("floats()", ElementType.FLOAT, ElementType.FLOAT)).clone();
    }

    /** Returns the elements of a DOUBLE tensor. */
    public double[] doubles() {
        return ((double[]) elements("doubles()", ElementType.DOUBLE, ElementType.DOUBLE)).clone();
    }

    /** Returns the elements of a UINT8 or INT8 tensor. */
    public byte[] bytes() {
        return ((byte[]) elements("bytes()", ElementType.UINT8, ElementType.INT8)).clone();
    }

    /** Returns the elements of an INT32 tensor. */
    public int[] ints() {
        return ((int[]) elements("ints()", ElementType.INT32, ElementType.INT32)).clone();
    }

    /** Returns the elements of an INT64 tensor. */
    public long[] longs() {
        return ((long[]) elements("longs()", ElementType.INT64, ElementType.INT64)).clone();
    }

    /** Returns the elements of a BOOL tensor. */
    public boolean[] booleans() {
        return ((boolean[]) elements("booleans()", ElementType.BOOL, ElementType.BOOL)).clone();
    }

    /** Returns the elements of a STRING tensor. */
    public String[] strings() {
        return ((String[]) elements("strings()", ElementType.STRING, ElementType.STRING)).clone();
    }

    /** Returns the elements of any tensor but STRING as doubles. A BOOL becomes 0 or 1, an INT64 is rounded. */
    public double[] numbers() {
        return switch (type) {
            case FLOAT -> numbers(i -> ((float[]) elements)[i]);
            case DOUBLE -> doubles();
            case INT64 -> numbers(i -> ((long[]) elements)[i]);
            case INT32 -> numbers(i -> ((int[]) elements)[i]);
            case UINT8 -> numbers(i -> Byte.toUnsignedInt(((byte[]) elements)[i]));
            case INT8 -> numbers(i -> ((byte[]) elements)[i]);
            case BOOL -> numbers(i -> ((boolean[]) elements)[i] ? 1 : 0);
            default -> throw new IllegalStateException("This tensor holds " + type + "; numbers() reads numbers.");
        };
    }

    private double[] numbers(IntToDoubleFunction number) {
        double[] numbers = new double[Array.getLength(elements)];
        Arrays.setAll(numbers, number);
        return numbers;
    }

    /** Returns the array itself, without a copy. Callers must not change it. */
    public Object elements() {
        return elements;
    }

    /** Returns the shape itself, without a copy. Callers must not change it. */
    public long[] sizes() {
        return shape;
    }

    private Object elements(String method, ElementType one, ElementType other) {
        if (type != one && type != other) {
            throw new IllegalStateException("This tensor holds " + type + "; " + method + " reads " + one
                    + (one == other ? "" : " and " + other) + ".");
        }
        return elements;
    }

    @Override
    public boolean equals(Object o) {
        // deepEquals of arrays of arrays compares the primitive arrays inside, floats by their bits
        return o instanceof Tensor other
                && type == other.type
                && Arrays.equals(shape, other.shape)
                && Arrays.deepEquals(new Object[] {elements}, new Object[] {other.elements});
    }

    @Override
    public int hashCode() {
        return 31 * (31 * type.hashCode() + Arrays.hashCode(shape)) + Arrays.deepHashCode(new Object[] {elements});
    }

    /** Returns type, shape and the first elements: "float [1, 4] {1.0, 2.0, 3.0, 4.0}". */
    @Override
    public String toString() {
        StringJoiner values = new StringJoiner(", ", "{", "}");
        for (int i = 0; i < Math.min(size(), SHOWN); i++) {
            Object value = Array.get(elements, i);
            values.add(
                    type == ElementType.UINT8
                            ? Integer.toString(Byte.toUnsignedInt((Byte) value))
                            : type == ElementType.STRING ? '"' + (String) value + '"' : value.toString());
        }
        if (size() > SHOWN) {
            values.add("...");
        }
        return type + " " + Arrays.toString(shape) + " " + values;
    }
}
