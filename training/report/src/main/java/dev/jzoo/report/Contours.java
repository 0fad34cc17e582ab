package dev.jzoo.report;

import java.util.function.DoubleUnaryOperator;

/**
 * The contour lines of values on a grid, by marching squares. A line crosses a side of a cell where one corner is above the level
 * and the other is below.
 */
final class Contours {

    private final double[][] values;

    /** Keeps values [row][column], not copied. */
    Contours(double[][] values) {
        this.values = values;
    }

    /** Returns the path of one level. The functions map a row and a column of the grid to pixels. */
    String path(double level, DoubleUnaryOperator x, DoubleUnaryOperator y) {
        StringBuilder path = new StringBuilder();
        for (int row = 0; row + 1 < values.length; row++) {
            for (int column = 0; column + 1 < values[row].length; column++) {
                cell(path, level, row, column, x, y);
            }
        }
        return path.toString();
    }

    private void cell(
            StringBuilder path, double level, int row, int column, DoubleUnaryOperator x, DoubleUnaryOperator y) {
        double a = values[row][column] - level;
        double b = values[row][column + 1] - level;
        double c = values[row + 1][column + 1] - level;
        double d = values[row + 1][column] - level;
        // The crossings of the four sides in their order around the cell.
        double[][] crossings = {
            crosses(a, b) ? new double[] {column + a / (a - b), row} : null,
            crosses(b, c) ? new double[] {column + 1, row + b / (b - c)} : null,
            crosses(c, d) ? new double[] {column + 1 - c / (c - d), row + 1} : null,
            crosses(d, a) ? new double[] {column, row + 1 - d / (d - a)} : null,
        };
        // With four crossings, the middle of the cell decides which two belong together.
        boolean all = crosses(a, b) && crosses(b, c) && crosses(c, d) && crosses(d, a);
        int first = all && (a + b + c + d >= 0) != (a >= 0) ? 3 : 0;
        double[] open = null;
        for (int i = 0; i < 4; i++) {
            double[] crossing = crossings[(first + i) % 4];
            if (crossing != null && open != null) {
                append(path, 'M', open, x, y);
                append(path, 'L', crossing, x, y);
                open = null;
            } else if (crossing != null) {
                open = crossing;
            }
        }
    }

    private static void append(
            StringBuilder path, char command, double[] point, DoubleUnaryOperator x, DoubleUnaryOperator y) {
        path.append(command).append(Numerals.coordinate(x.applyAsDouble(point[0])));
        path.append(' ').append(Numerals.coordinate(y.applyAsDouble(point[1])));
    }

    private static boolean crosses(double from, double to) {
        return from >= 0 != to >= 0;
    }
}
