package dev.jzoo.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
        List<double[]> crossings = new ArrayList<>();
        if (crosses(a, b)) {
            crossings.add(new double[] {column + a / (a - b), row});
        }
        if (crosses(b, c)) {
            crossings.add(new double[] {column + 1, row + b / (b - c)});
        }
        if (crosses(c, d)) {
            crossings.add(new double[] {column + 1 - c / (c - d), row + 1});
        }
        if (crosses(d, a)) {
            crossings.add(new double[] {column, row + 1 - d / (d - a)});
        }
        if (crossings.size() == 4 && (a + b + c + d >= 0) != (a >= 0)) {
            // With four crossings, the middle of the cell decides which two belong together.
            Collections.rotate(crossings, 1);
        }
        for (int i = 0; i < crossings.size(); i += 2) {
            append(path, 'M', crossings.get(i), x, y);
            append(path, 'L', crossings.get(i + 1), x, y);
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
