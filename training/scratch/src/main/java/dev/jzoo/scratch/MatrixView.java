package dev.jzoo.scratch;

import java.util.Arrays;

/**
 * A matrix whose number in row i and column j is values[start + i rowStep + j columnStep]. Parts and transposes copy nothing.
 */
record MatrixView(double[] values, int start, int rows, int columns, int rowStep, int columnStep) {

    MatrixView transpose() {
        return new MatrixView(values, start, columns, rows, columnStep, rowStep);
    }

    /** Returns the part that begins at a row and a column. */
    MatrixView from(int row, int column, int height, int width) {
        return new MatrixView(values, start + row * rowStep + column * columnStep, height, width, rowStep, columnStep);
    }

    /** Copies some numbers of a row to the beginning of an array, and fills the rest with zeros. */
    void copyRow(int row, int column, int count, double[] to) {
        int at = start + row * rowStep + column * columnStep;
        for (int j = 0; j < count; j++) {
            to[j] = values[at + j * columnStep];
        }
        for (int j = count; j < to.length; j++) {
            to[j] = 0;
        }
    }

    /** Copies each row to an array of its own, and fills further arrays with zeros. */
    void copyTo(double[][] to) {
        for (int i = rows; i < to.length; i++) {
            Arrays.fill(to[i], 0);
        }
        for (int i = 0; i < rows && columnStep == 1; i++) {
            System.arraycopy(values, start + i * rowStep, to[i], 0, columns);
        }
        for (int j = 0; j < columns && columnStep != 1; j++) {
            for (int i = 0; i < rows; i++) {
                to[i][j] = values[start + i * rowStep + j * columnStep];
            }
        }
    }

    /** Returns the numbers row by row. */
    double[] toArray() {
        double[] result = new double[rows * columns];
        for (int i = 0, at = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++, at++) {
                result[at] = values[start + i * rowStep + j * columnStep];
            }
        }
        return result;
    }
}
