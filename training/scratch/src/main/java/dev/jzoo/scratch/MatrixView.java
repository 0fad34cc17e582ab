package dev.jzoo.scratch;

import java.util.Arrays;

/**
 * A matrix whose number in row i and column j is values[i rowStep + j columnStep]. A transpose swaps the steps and copies nothing.
 */
record MatrixView(double[] values, int rows, int columns, int rowStep, int columnStep) {

    private static final int BLOCK = 8;

    MatrixView transpose() {
        return new MatrixView(values, columns, rows, columnStep, rowStep);
    }

    /** Copies a row to the beginning of an array. */
    void copyRow(int row, double[] to) {
        if (columnStep == 1) {
            System.arraycopy(values, row * rowStep, to, 0, columns);
            return;
        }
        for (int j = 0, from = row * rowStep; j < columns; j++, from += columnStep) {
            to[j] = values[from];
        }
    }

    /** Returns each row as an array of its own. */
    double[][] toRows() {
        double[][] result = new double[rows][];
        if (columnStep == 1) {
            for (int i = 0; i < rows; i++) {
                result[i] = Arrays.copyOfRange(values, i * rowStep, i * rowStep + columns);
            }
            return result;
        }
        for (int i = 0; i < rows; i++) {
            result[i] = new double[columns];
        }
        // a few columns at a time, so that their lines stay in the cache while the rows pass
        for (int from = 0; from < columns; from += BLOCK) {
            int to = Math.min(columns, from + BLOCK);
            for (int i = 0; i < rows; i++) {
                double[] row = result[i];
                for (int j = from; j < to; j++) {
                    row[j] = values[i * rowStep + j * columnStep];
                }
            }
        }
        return result;
    }

    /** Returns the numbers row by row. */
    double[] toArray() {
        double[] result = new double[rows * columns];
        for (int i = 0, at = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++, at++) {
                result[at] = values[i * rowStep + j * columnStep];
            }
        }
        return result;
    }
}
