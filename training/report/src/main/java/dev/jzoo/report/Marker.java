package dev.jzoo.report;

/** The mark on each point of a line. Its shape distinguishes lines without colour, as on grey paper. */
final class Marker {

    private static final double R = 3.2;

    private Marker() {}

    /** Draws the n-th shape: disc, square, triangle, diamond, and then again from the disc. */
    static void draw(Svg svg, int shape, double x, double y) {
        switch (shape % 4) {
            case 0 -> svg.leaf("circle", "cx", x, "cy", y, "r", R);
            case 1 -> polygon(svg, x, y, -1, -1, 1, -1, 1, 1, -1, 1);
            case 2 -> polygon(svg, x, y, -1.2, 1, 0, -1.2, 1.2, 1);
            default -> polygon(svg, x, y, -1.3, 0, 0, -1.3, 1.3, 0, 0, 1.3);
        }
    }

    private static void polygon(Svg svg, double x, double y, double... corners) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < corners.length; i += 2) {
            points.append(i == 0 ? "" : " ").append(Numerals.coordinate(x + R * corners[i]));
            points.append(',').append(Numerals.coordinate(y + R * corners[i + 1]));
        }
        svg.leaf("polygon", "points", points);
    }
}
