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
    /** Rows and columns of a block of C. */
    private static final int BLOCK = 126;
    /** Rows of B for which 16 x 126 numbers, 16 KB, fit the first-level cache. */
    private static final int DEPTH = 16;

    private MatrixProduct() {}

    /** Returns A B, row by row, with A [n, k] and B [k, m]. */
    static double[] of(MatrixView a, MatrixView b) {
        int n = a.rows();
        int m = b.columns();
        if (m < NARROW && m < n) {
            return new MatrixView(rowTimes(b.transpose(), a.transpose()), 0, n, m, 1, n).toArray();
        }
        return rowTimes(a, b);
    }

    /** Computes C block by block: the part of B that a block uses stays in the first-level cache while the rows of A pass. */
    private static double[] rowTimes(MatrixView a, MatrixView b) {
        double[] product = new double[a.rows() * b.columns()];
        for (int top = 0; top < a.rows(); top += BLOCK) {
            for (int left = 0; left < b.columns(); left += BLOCK) {
                int height = Math.min(BLOCK, a.rows() - top);
                int width = Math.min(BLOCK, b.columns() - left);
                double[][] c = block(a.from(top, 0, height, a.columns()), b.from(0, left, b.rows(), width));
                for (int i = 0; i < height; i++) {
                    System.arraycopy(c[i], 0, product, (top + i) * b.columns() + left, width);
                }
            }
        }
        return product;
    }

    /** Computes two rows of a block at a time, from four rows of B at a time: each number that is loaded is used two or four times. */
    private static double[][] block(MatrixView a, MatrixView b) {
        int height = (a.rows() + 1) / 2 * 2;
        double[][] all = new double[height + DEPTH][alignedLength(b.columns())];
        double[][] c = Arrays.copyOf(all, height);
        double[][] rows = Arrays.copyOfRange(all, height, height + DEPTH);
        double[] a0 = new double[DEPTH];
        double[] a1 = new double[DEPTH];
        for (int first = 0; first < b.rows(); first += DEPTH) {
            int depth = Math.min(DEPTH, b.rows() - first);
            b.from(first, 0, depth, b.columns()).copyTo(rows);
            for (int i = 0; i < height; i += 2) {
                a.copyRow(i, first, depth, a0);
                // an odd last row is computed twice; nobody reads the second result
                a.copyRow(Math.min(i + 1, a.rows() - 1), first, depth, a1);
                for (int p = 0; p < depth; p += FOUR) {
                    add(a0, a1, p, rows[p], rows[p + 1], rows[p + 2], rows[p + 3], c[i], c[i + 1]);
                }
            }
        }
        return c;
    }

    /**
     * Returns a length, 6 more than a multiple of 8, for which an array takes whole cache lines of 64 bytes with its header of 16 bytes.
     * Arrays that are allocated together then begin at the same place of a line, so that no vector crosses two lines.
     */
    private static int alignedLength(int length) {
        return (length + 1) / 8 * 8 + 6;
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
