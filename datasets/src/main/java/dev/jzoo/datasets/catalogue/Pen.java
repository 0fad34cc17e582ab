package dev.jzoo.datasets.catalogue;

import java.util.Arrays;

/**
 * A round pen. The ink of a pixel depends on the distance of its centre from the nearest piece of a stroke. Lengths are in pixels
 * of a picture of 28 x 28, whatever size is drawn.
 *
 * @param radius radius of the pen
 * @param soft width of the edge over which the ink fades
 */
record Pen(double radius, double soft) {

    /**
     * Draws strokes with coordinates in 0..28 into a square picture.
     *
     * @param size rows and columns of the picture
     * @return the inked share of each pixel, 0 to 1, [row, column]
     */
    double[] draw(Iterable<PenStroke> strokes, int size) {
        double pixel = Handwriting.GRID / size;
        double reach = radius + soft / 2;
        double[] squares = new double[size * size];
        Arrays.fill(squares, reach * reach);
        for (PenStroke stroke : strokes) {
            double[] chain = stroke.polyline();
            for (int i = 2; i < chain.length; i += 2) {
                nearest(squares, size, pixel, reach, chain, i);
            }
        }
        double[] ink = new double[size * size];
        for (int i = 0; i < ink.length; i++) {
            ink[i] = Math.min(1, (reach - Math.sqrt(squares[i])) / soft);
        }
        return ink;
    }

    /** Lowers the squared distances of the pixels around the piece that ends at a point of the chain. */
    private static void nearest(double[] squares, int size, double pixel, double reach, double[] chain, int end) {
        double x = chain[end - 2];
        double y = chain[end - 1];
        double dx = chain[end] - x;
        double dy = chain[end + 1] - y;
        double square = dx * dx + dy * dy;
        int top = clamp((Math.min(y, y + dy) - reach) / pixel, size);
        int bottom = clamp((Math.max(y, y + dy) + reach) / pixel + 1, size);
        int left = clamp((Math.min(x, x + dx) - reach) / pixel, size);
        int right = clamp((Math.max(x, x + dx) + reach) / pixel + 1, size);
        for (int row = top; row < bottom; row++) {
            double py = (row + .5) * pixel - y;
            for (int column = left; column < right; column++) {
                double px = (column + .5) * pixel - x;
                double t = square == 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / square));
                double ex = px - t * dx;
                double ey = py - t * dy;
                int index = row * size + column;
                squares[index] = Math.min(squares[index], ex * ex + ey * ey);
            }
        }
    }

    private static int clamp(double index, int size) {
        return (int) Math.max(0, Math.min(size, index));
    }
}
