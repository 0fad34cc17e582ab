package dev.jzoo.scratch;

/** The product of two matrices, arranged so that Java's compiler uses vector instructions and the processor's caches. */
final class MatrixProduct {

    /** Rows of B that stay in the first-level cache while all rows of A pass. */
    private static final int BLOCK = 64;

    private MatrixProduct() {}

    /** Adds A B to C, with A [n, k], B [k, m] and C [n, m], all row by row. */
    static void add(double[] a, double[] b, double[] c, int n, int k, int m) {
        for (int begin = 0; begin < k; begin += BLOCK) {
            int end = Math.min(k, begin + BLOCK);
            for (int i = 0; i < n; i++) {
                int p = begin;
                for (; p + 4 <= end; p += 4) {
                    addFourRows(a, i * k + p, b, p * m, c, i * m, m);
                }
                for (; p < end; p++) {
                    addRow(a[i * k + p], b, p * m, c, i * m, m);
                }
            }
        }
    }

    /** Adds four rows of B to a row of C, each times its value of A. The loop has no dependencies between its steps. */
    private static void addFourRows(double[] a, int at, double[] b, int row, double[] c, int to, int m) {
        double a0 = a[at];
        double a1 = a[at + 1];
        double a2 = a[at + 2];
        double a3 = a[at + 3];
        for (int j = 0; j < m; j++) {
            c[to + j] += a0 * b[row + j] + a1 * b[row + m + j] + a2 * b[row + 2 * m + j] + a3 * b[row + 3 * m + j];
        }
    }

    private static void addRow(double factor, double[] b, int row, double[] c, int to, int m) {
        for (int j = 0; j < m; j++) {
            c[to + j] += factor * b[row + j];
        }
    }
}
