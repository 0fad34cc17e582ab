package dev.jzoo.datasets.catalogue;

import java.util.List;
import java.util.Random;

/**
 * One way to write one digit: the form and position of the strokes and the thickness of the pen. Lengths are in pixels of a
 * picture of 28 x 28, whatever size is drawn.
 *
 * @param strokes strokes with coordinates in 0..28
 * @param radius radius of the pen
 */
record Handwriting(List<PenStroke> strokes, double radius) {

    /** The number of rows and columns of a picture. */
    static final double GRID = 28;

    /**
     * The size of the box that MNIST's digits were scaled to, before their centre of mass was moved to the middle of the picture.
     */
    private static final double BOX = 20;

    /** Returns the most common way to write a digit, undistorted except for the usual slant. */
    static Handwriting plain(int digit) {
        return place(DigitShapes.of(digit).get(0), 1.3, new Pose(0, .12, 1, BOX, 0, 0));
    }

    /** Returns a random way to write a digit. */
    static Handwriting random(int digit, Random random) {
        List<List<PenStroke>> ways = DigitShapes.of(digit);
        List<PenStroke> bent = map(ways.get(random.nextInt(ways.size())), (x, y) ->
                new double[] {x + spread(random, .035), y + spread(random, .035)});
        double radius = .9 + .9 * random.nextDouble();
        return place(bent, radius, Pose.random(random));
    }

    /**
     * The placement of strokes.
     *
     * @param rotation clockwise, in radians
     * @param shear shift of the top to the right, as a fraction of the height
     * @param widen factor for the width
     * @param box the larger of the digit's height and width, in pixels
     * @param shiftX offset of the centre of mass from the middle of the picture, in pixels to the right
     * @param shiftY the same, down
     */
    private record Pose(double rotation, double shear, double widen, double box, double shiftX, double shiftY) {

        static Pose random(Random random) {
            return new Pose(
                    spread(random, .14),
                    .12 + spread(random, .2),
                    StrictMath.exp(spread(random, .16)),
                    BOX + spread(random, .8),
                    spread(random, .8),
                    spread(random, .8));
        }
    }

    /** Returns a normally distributed number around 0, limited to two standard deviations so that no digit is torn apart. */
    private static double spread(Random random, double deviation) {
        return deviation * Math.max(-2, Math.min(2, random.nextGaussian()));
    }

    private static Handwriting place(List<PenStroke> strokes, double radius, Pose pose) {
        double sin = StrictMath.sin(pose.rotation);
        double cos = StrictMath.cos(pose.rotation);
        List<PenStroke> distorted = map(strokes, (x, y) -> {
            double slanted = x * pose.widen - pose.shear * y;
            return new double[] {cos * slanted - sin * y, sin * slanted + cos * y};
        });
        Extent x = Extent.of(distorted, 0);
        Extent y = Extent.of(distorted, 1);
        double scale = (pose.box - 2 * radius) / Math.max(x.length(), y.length());
        double left = x.offset(scale, pose.shiftX, radius);
        double top = y.offset(scale, pose.shiftY, radius);
        return new Handwriting(map(distorted, (px, py) -> new double[] {left + scale * px, top + scale * py}), radius);
    }

    private static List<PenStroke> map(List<PenStroke> strokes, PenStroke.PenMove move) {
        return strokes.stream().map(stroke -> stroke.map(move)).toList();
    }

    /** The range of strokes along one axis, and the centre of mass of their ink. */
    private record Extent(double low, double high, double centre) {

        static Extent of(List<PenStroke> strokes, int axis) {
            double low = Double.MAX_VALUE;
            double high = -Double.MAX_VALUE;
            double moment = 0;
            double ink = 0;
            for (PenStroke stroke : strokes) {
                double[] chain = stroke.polyline();
                for (int i = 2; i < chain.length; i += 2) {
                    double dx = chain[i] - chain[i - 2];
                    double dy = chain[i + 1] - chain[i - 1];
                    double piece = Math.sqrt(dx * dx + dy * dy);
                    double from = chain[i - 2 + axis];
                    double to = chain[i + axis];
                    ink += piece;
                    moment += piece * (from + to) / 2;
                    low = Math.min(low, Math.min(from, to));
                    high = Math.max(high, Math.max(from, to));
                }
            }
            return new Extent(low, high, moment / ink);
        }

        double length() {
            return high - low;
        }

        /**
         * Returns the offset to add after scaling. It moves the centre to the middle plus the shift, but keeps ink at least a
         * pixel away from the edges.
         */
        double offset(double scale, double shift, double radius) {
            double wanted = GRID / 2 + shift - scale * centre;
            double least = 1 + radius - scale * low;
            double most = GRID - 1 - radius - scale * high;
            return Math.max(least, Math.min(most, wanted));
        }
    }

    /**
     * Draws the digit.
     *
     * @param size rows and columns of the picture
     * @param soft width of the pen's edge over which the ink fades, in pixels of 28 x 28
     * @return the inked share of each pixel, 0 to 1, [row, column]
     */
    double[] ink(int size, double soft) {
        return new Pen(radius, soft).draw(strokes, size);
    }
}
