package dev.jzoo.training.network;

import dev.jzoo.numerics.GramSchmidt;
import java.util.Random;

/** Initial weights that every engine is given, so that they start from the same network. */
public final class Glorot {

    private Glorot() {}

    /**
     * Uniform in plus or minus sqrt(6 / (fanIn + fanOut)).
     *
     * @see <a href="https://proceedings.mlr.press/v9/glorot10a.html">Glorot and Bengio 2010, equation 16</a>
     */
    public static float[] uniform(int count, int fanIn, int fanOut, Random random) {
        double limit = Math.sqrt(6.0 / (fanIn + fanOut));
        float[] weights = new float[count];
        for (int i = 0; i < count; i++) {
            weights[i] = (float) ((2 * random.nextDouble() - 1) * limit);
        }
        return weights;
    }

    /** Rows of unit length at right angles to each other, by Gram and Schmidt: [rows, columns] with rows &lt;= columns. */
    public static float[][] orthogonal(int rows, int columns, Random random) {
        double[][] basis = new double[rows][columns];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                basis[r][c] = random.nextGaussian();
            }
        }
        GramSchmidt.orthonormalise(basis);
        float[][] result = new float[rows][columns];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                result[r][c] = (float) basis[r][c];
            }
        }
        return result;
    }
}
