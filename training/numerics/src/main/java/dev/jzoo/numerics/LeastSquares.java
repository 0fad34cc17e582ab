package dev.jzoo.numerics;

/**
 * A linear function with a constant that minimises the sum of squared errors, found by Householder reflections (Golub and Van
 * Loan, Matrix Computations, section 5.3).
 */
public final class LeastSquares {

    /** The weights of the features, then the constant. */
    private final double[] weights;

    private LeastSquares(double[] weights) {
        this.weights = weights;
    }

    /**
     * Fits the function.
     *
     * @param inputs [example][feature], more examples than features
     * @param targets [example]
     * @throws IllegalArgumentException if there are too few examples, or a feature is 0 or a linear combination of others
     */
    public static LeastSquares fit(double[][] inputs, double[] targets) {
        int rows = inputs.length;
        int columns = inputs[0].length + 1;
        if (rows < columns) {
            throw new IllegalArgumentException("A linear function of " + (columns - 1) + " features needs " + columns
                    + " examples, not " + rows + ".");
        }
        double[][] a = new double[rows][columns];
        double[] b = targets.clone();
        for (int row = 0; row < rows; row++) {
            System.arraycopy(inputs[row], 0, a[row], 0, columns - 1);
            a[row][columns - 1] = 1;
        }
        for (int column = 0; column < columns; column++) {
            reflect(a, b, column);
        }
        return new LeastSquares(substitute(a, b, columns));
    }

    /** Sets the elements below the diagonal to 0, in one column. */
    private static void reflect(double[][] a, double[] b, int column) {
        double squares = 0;
        for (int row = column; row < a.length; row++) {
            squares += a[row][column] * a[row][column];
        }
        double diagonal = -Math.copySign(Math.sqrt(squares), a[column][column]);
        double[] v = new double[a.length];
        for (int row = column; row < a.length; row++) {
            v[row] = a[row][column];
        }
        v[column] -= diagonal;
        double length = squares - diagonal * a[column][column];
        if (length == 0) {
            throw new IllegalArgumentException("Feature " + column
                    + " is 0 or a linear combination of other features, so the best function is" + " not unique.");
        }
        for (int other = column; other < a[0].length; other++) {
            double dot = 0;
            for (int row = column; row < a.length; row++) {
                dot += v[row] * a[row][other];
            }
            for (int row = column; row < a.length; row++) {
                a[row][other] -= dot / length * v[row];
            }
        }
        double dot = 0;
        for (int row = column; row < a.length; row++) {
            dot += v[row] * b[row];
        }
        for (int row = column; row < a.length; row++) {
            b[row] -= dot / length * v[row];
        }
    }

    private static double[] substitute(double[][] a, double[] b, int columns) {
        double[] weights = new double[columns];
        for (int row = columns - 1; row >= 0; row--) {
            double sum = b[row];
            for (int column = row + 1; column < columns; column++) {
                sum -= a[row][column] * weights[column];
            }
            weights[row] = sum / a[row][row];
        }
        return weights;
    }

    /** Returns the function's values for examples, [example]. */
    public double[] predict(double[][] inputs) {
        double[] predictions = new double[inputs.length];
        for (int row = 0; row < inputs.length; row++) {
            double sum = weights[weights.length - 1];
            for (int column = 0; column < inputs[row].length; column++) {
                sum += weights[column] * inputs[row][column];
            }
            predictions[row] = sum;
        }
        return predictions;
    }
}
