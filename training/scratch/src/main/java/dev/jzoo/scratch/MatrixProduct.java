package dev.jzoo.scratch;

import java.util.Arrays;

/**
 * The product of two matrices, C = A B, arranged for Java's compiler. It uses vector instructions for a loop only if all arrays in it have
 * the same index, so the rows of B and C are arrays of their own here.
 *
 * <p>A loop over a row is fast if the row is long. A narrow C is therefore computed as its transpose, Cᵀ = Bᵀ Aᵀ.
 */
final class MatrixProduct {

    private static final int NARROW = 32;
    private static final int FOUR = 4;

    private MatrixProduct() {}

    /** Returns A B, row by row, with A [n, k] and B [k, m]. */
    static double[] of(MatrixView a, MatrixView b) {
        int n = a.rows();
        int m = b.columns();
        if (m < NARROW && m < n) {
            return new MatrixView(rowTimes(b.transpose(), a.transpose()), n, m, 1, n).toArray();
        }
        return rowTimes(a, b);
    }

    /** Computes two rows of C at a time, from four rows of B at a time: each number that is loaded is used two or four times. */
    private static double[] rowTimes(MatrixView a, MatrixView b) {
        int n = a.rows();
        int m = b.columns();
        int padded = (b.rows() + FOUR - 1) / FOUR * FOUR;
        double[][] rows = Arrays.copyOf(b.toRows(), padded);
        Arrays.fill(rows, b.rows(), padded, new double[m]);
        double[] product = new double[n * m];
        double[] a0 = new double[padded];
        double[] a1 = new double[padded];
        for (int i = 0; i < n; i += 2) {
            int second = Math.min(i + 1, n - 1);
            a.copyRow(i, a0);
            a.copyRow(second, a1);
            double[] c0 = new double[m];
            double[] c1 = new double[m];
            for (int p = 0; p < padded; p += FOUR) {
                add(a0, a1, p, rows[p], rows[p + 1], rows[p + 2], rows[p + 3], c0, c1);
            }
            System.arraycopy(c0, 0, product, i * m, m);
            System.arraycopy(c1, 0, product, second * m, m);
        }
        return product;
    }

    /** Adds four rows of B, times their numbers in a row of A, to a row of C; and the same for a second row. */
    private static void add(
            double[] a0,
            double[] a1,
            int p,
            double[] b0,
            double[] b1,
            double[] b2,
            double[] b3,
            double[] c0,
            double[] c1) {
        double a00 = a0[p];
        double a01 = a0[p + 1];
        double a02 = a0[p + 2];
        double a03 = a0[p + 3];
        double a10 = a1[p];
        double a11 = a1[p + 1];
        double a12 = a1[p + 2];
        double a13 = a1[p + 3];
        for (int j = 0; j < c0.length; j++) {
            c0[j] = Math.fma(a00, b0[j], Math.fma(a01, b1[j], Math.fma(a02, b2[j], Math.fma(a03, b3[j], c0[j]))));
            c1[j] = Math.fma(a10, b0[j], Math.fma(a11, b1[j], Math.fma(a12, b2[j], Math.fma(a13, b3[j], c1[j]))));
        }
    }
}
