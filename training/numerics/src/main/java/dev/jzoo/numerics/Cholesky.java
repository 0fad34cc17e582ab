package dev.jzoo.numerics;

/**
 * The factorisation A = L L' of a symmetric, positive definite matrix, with L lower triangular (Golub and Van Loan, Matrix
 * Computations, section 4.2).
 */
public final class Cholesky {

    /** The rows of L, each at least to the diagonal. */
    private final double[][] lower;

    private Cholesky(double[][] lower) {
        this.lower = lower;
    }

    /**
     * Factorises a matrix. If A is not positive definite, L and every solution contain NaN or infinity.
     *
     * @param lowerTriangle the rows of A, each at least to the diagonal; overwritten, and kept by the result
     */
    public static Cholesky inPlace(double[][] lowerTriangle) {
        double[][] a = lowerTriangle;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= a[i][k] * a[j][k];
                }
                a[i][j] = i == j ? Math.sqrt(sum) : sum / a[j][j];
            }
        }
        return new Cholesky(a);
    }

    /** Replaces b by the solution x of A x = b. */
    public void solve(double[] b) {
        for (int i = 0; i < b.length; i++) {
            for (int k = 0; k < i; k++) {
                b[i] -= lower[i][k] * b[k];
            }
            b[i] /= lower[i][i];
        }
        for (int i = b.length - 1; i >= 0; i--) {
            b[i] /= lower[i][i];
            for (int k = 0; k < i; k++) {
                b[k] -= lower[i][k] * b[i];
            }
        }
    }
}
