package dev.jzoo.numerics;

/** Orthogonalisation by the modified Gram-Schmidt method (Golub and Van Loan, Matrix Computations, section 5.2). */
public final class GramSchmidt {

    private GramSchmidt() {}

    /**
     * Replaces rows by orthogonal rows of unit length that span the same space.
     *
     * @param rows linearly independent rows, hence at most as many as columns
     */
    public static void orthonormalise(double[][] rows) {
        for (int r = 0; r < rows.length; r++) {
            for (int other = 0; other < r; other++) {
                Vectors.addScaled(-Vectors.dot(rows[r], rows[other]), rows[other], rows[r]);
            }
            double length = Math.sqrt(Vectors.dot(rows[r], rows[r]));
            for (int c = 0; c < rows[r].length; c++) {
                rows[r][c] /= length;
            }
        }
    }
}
