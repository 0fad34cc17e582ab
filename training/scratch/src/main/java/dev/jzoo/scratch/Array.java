package dev.jzoo.scratch;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * A dense array of numbers in row-major order: the little linear algebra that a neural network needs. The first axis of a batch is
 * the example. {@link #values} is the array itself, not a copy.
 */
public final class Array {

    private final double[] values;
    private final int[] shape;

    private Array(double[] values, int[] shape) {
        this.values = values;
        this.shape = shape;
    }

    /** Creates an array over the given values, without a copy. Fails with IllegalArgumentException if they do not fill the shape. */
    public static Array of(double[] values, int... shape) {
        if (size(shape) != values.length) {
            throw new IllegalArgumentException(
                    values.length + " values do not fill the shape " + Arrays.toString(shape) + ".");
        }
        return new Array(values, shape.clone());
    }

    /** Creates an array of zeros. */
    public static Array zeros(int... shape) {
        return new Array(new double[size(shape)], shape.clone());
    }

    /** Creates a matrix with the given rows. */
    public static Array rows(double[]... rows) {
        double[] values = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
        int columns = rows.length == 0 ? 0 : rows[0].length;
        if (Arrays.stream(rows).anyMatch(row -> row.length != columns)) {
            throw new IllegalArgumentException("The rows of a matrix must have the same length, here " + columns + ".");
        }
        return of(values, rows.length, columns);
    }

    /** Returns the number of values in an array of a shape. */
    public static int size(int... shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    /** Returns the values themselves: a change is a change of this array. */
    public double[] values() {
        return values;
    }

    /** Returns a copy of the shape. */
    public int[] shape() {
        return shape.clone();
    }

    /** Returns the size of an axis. */
    public int size(int axis) {
        return shape[axis];
    }

    /** Returns the number of axes. */
    public int rank() {
        return shape.length;
    }

    /** Returns the number of values. */
    public int count() {
        return values.length;
    }

    /** Returns a value by its index in each axis. */
    public double get(int... index) {
        return values[offset(index)];
    }

    /** Sets a value by its index in each axis. */
    public void set(double value, int... index) {
        values[offset(index)] = value;
    }

    private int offset(int... index) {
        int offset = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            offset = offset * shape[axis] + index[axis];
        }
        return offset;
    }

    /** Returns the same values under another shape, without a copy. */
    public Array reshape(int... other) {
        return of(values, other);
    }

    /** Returns a copy. */
    public Array copy() {
        return new Array(values.clone(), shape);
    }

    /** Returns the given rows of the first axis, copied, in their order. */
    public Array take(int... rows) {
        int width = shape[0] == 0 ? 0 : values.length / shape[0];
        int[] taken = shape.clone();
        taken[0] = rows.length;
        Array result = zeros(taken);
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(values, rows[i] * width, result.values, i * width, width);
        }
        return result;
    }

    /** Returns f(x) for each value x. */
    public Array map(DoubleUnaryOperator function) {
        double[] result = new double[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = function.applyAsDouble(values[i]);
        }
        return new Array(result, shape);
    }

    /** Returns f(x, y) for each value x of this array and y of another one of the same shape. */
    public Array map(Array other, DoubleBinaryOperator function) {
        requireShapeOf(other);
        double[] result = new double[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = function.applyAsDouble(values[i], other.values[i]);
        }
        return new Array(result, shape);
    }

    /** Returns the sum with another array of the same shape. */
    public Array plus(Array other) {
        requireShapeOf(other);
        double[] sums = new double[values.length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = values[i] + other.values[i];
        }
        return new Array(sums, shape);
    }

    /** Returns the difference from another array of the same shape. */
    public Array minus(Array other) {
        requireShapeOf(other);
        double[] differences = new double[values.length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = values[i] - other.values[i];
        }
        return new Array(differences, shape);
    }

    /** Returns the products with the values of another array of the same shape (Hadamard). */
    public Array times(Array other) {
        requireShapeOf(other);
        double[] products = new double[values.length];
        for (int i = 0; i < products.length; i++) {
            products[i] = values[i] * other.values[i];
        }
        return new Array(products, shape);
    }

    /** Returns the products with a number. */
    public Array times(double factor) {
        double[] products = new double[values.length];
        for (int i = 0; i < products.length; i++) {
            products[i] = factor * values[i];
        }
        return new Array(products, shape);
    }

    /** Adds a vector to each row of a matrix, in place, and returns the matrix. */
    public Array addToRows(Array vector) {
        int columns = shape[shape.length - 1];
        if (vector.values.length != columns) {
            throw new IllegalArgumentException(
                    "A vector of " + vector.values.length + " values cannot be added to rows of " + columns + ".");
        }
        for (int i = 0; i < values.length; i += columns) {
            for (int j = 0; j < columns; j++) {
                values[i + j] += vector.values[j];
            }
        }
        return this;
    }

    /** Returns the sum of the rows of a matrix. */
    public Array sumOfRows() {
        int columns = shape[shape.length - 1];
        double[] sum = new double[columns];
        for (int i = 0; i < values.length; i += columns) {
            for (int j = 0; j < columns; j++) {
                sum[j] += values[i + j];
            }
        }
        return new Array(sum, new int[] {columns});
    }

    /** Returns the sum of all values. */
    public double sum() {
        return Arrays.stream(values).sum();
    }

    /** Returns the Euclidean norm. */
    public double norm() {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    /** Returns the index of the largest value of each row. */
    public int[] argMax() {
        int columns = shape[shape.length - 1];
        int[] best = new int[values.length / columns];
        for (int i = 0; i < best.length; i++) {
            for (int j = 1; j < columns; j++) {
                if (values[i * columns + j] > values[i * columns + best[i]]) {
                    best[i] = j;
                }
            }
        }
        return best;
    }

    /** Returns the matrix product A B, [n, k] [k, m] to [n, m]. */
    public Array dot(Array other) {
        return product(matrix(), other.matrix());
    }

    /** Returns the matrix product of the transpose with another matrix, Aᵀ B, [k, n] [k, m] to [n, m]. */
    public Array transposedDot(Array other) {
        return product(matrix().transpose(), other.matrix());
    }

    /** Returns the matrix product with a transpose, A Bᵀ, [n, k] [m, k] to [n, m]. */
    public Array dotTransposed(Array other) {
        return product(matrix(), other.matrix().transpose());
    }

    private static Array product(MatrixView a, MatrixView b) {
        if (a.columns() != b.rows()) {
            throw new IllegalArgumentException("A matrix with " + a.columns()
                    + " columns cannot be multiplied with one of " + b.rows() + " rows.");
        }
        return new Array(MatrixProduct.of(a, b), new int[] {a.rows(), b.columns()});
    }

    /** Returns the transpose of a matrix. */
    public Array transpose() {
        return new Array(matrix().transpose().toArray(), new int[] {shape[1], shape[0]});
    }

    private MatrixView matrix() {
        if (shape.length != 2) {
            throw new IllegalArgumentException(
                    "A matrix has 2 axes. The shape " + Arrays.toString(shape) + " does not.");
        }
        return new MatrixView(values, 0, shape[0], shape[1], shape[1], 1);
    }

    private void requireShapeOf(Array other) {
        if (!Arrays.equals(shape, other.shape)) {
            throw new IllegalArgumentException("Arrays of the shapes " + Arrays.toString(shape) + " and "
                    + Arrays.toString(other.shape) + " cannot be combined.");
        }
    }

    @Override
    public String toString() {
        return Arrays.toString(shape) + " " + Arrays.toString(values);
    }
}
