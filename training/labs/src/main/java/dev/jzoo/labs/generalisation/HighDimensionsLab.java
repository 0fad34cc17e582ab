package dev.jzoo.labs.generalisation;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.Histogram;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Distances and volumes in spaces of many dimensions. */
public final class HighDimensionsLab implements Lab {

    /** Returns the volume of a ball of diameter 1, by a recursion. */
    private static double volume(int dimensions) {
        double radius = 0.5;
        double[] v = new double[Math.max(2, dimensions + 1)];
        v[0] = 1;
        v[1] = 2 * radius;
        for (int d = 2; d <= dimensions; d++) {
            v[d] = v[d - 2] * 2 * Math.PI / d * radius * radius; // $V_D = (2 pi)/D r^2 V_(D-2)$
        }
        return v[dimensions];
    }

    /** Returns the share of random points of the unit cube that fall into the ball within it. */
    private static double sampledVolume(int dimensions, int points, Random random) {
        int inside = 0;
        for (int i = 0; i < points; i++) {
            double distance = 0;
            for (int d = 0; d < dimensions; d++) {
                double x = random.nextDouble() - 0.5;
                distance += x * x;
            }
            inside += distance <= 0.25 ? 1 : 0;
        }
        return (double) inside / points;
    }

    /** Returns the distances between all pairs of standard normal points, divided by their mean. */
    private static double[] distances(int dimensions, int points, Random random) {
        double[][] x = new double[points][dimensions];
        for (double[] point : x) {
            for (int d = 0; d < dimensions; d++) {
                point[d] = random.nextGaussian();
            }
        }
        double[] distances = new double[points * (points - 1) / 2];
        int next = 0;
        double sum = 0;
        for (int i = 0; i < points; i++) {
            for (int j = 0; j < i; j++) {
                double squares = 0;
                for (int d = 0; d < dimensions; d++) {
                    squares += (x[i][d] - x[j][d]) * (x[i][d] - x[j][d]);
                }
                distances[next] = Math.sqrt(squares);
                sum += distances[next++];
            }
        }
        for (int i = 0; i < next; i++) {
            distances[i] *= next / sum;
        }
        return distances;
    }

    /** Returns the standard deviation of numbers whose mean is 1. */
    private static double spread(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += (value - 1) * (value - 1);
        }
        return Math.sqrt(sum / values.length);
    }

    @Override
    public LabInfo info() {
        return new LabInfo(
                "high-dimensions",
                "Spaces of many dimensions",
                "Why does our intuition of near and far fail for data with hundreds of features?",
                Chapter.GENERALISATION);
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                A picture of 28 by 28 pixels is a point in 784 dimensions. Three facts about such spaces surprise everybody at first.
                **First, random points are all equally far from each other.** The squared distance of two points is a sum of $D$
                independent terms. The mean of such a sum grows like $D$ and its standard deviation like $sqrt(D)$, so relative to
                their mean the distances differ less and less. Move the slider.
                """);
        int points = page.pick(60, 150, 300);
        List<Frame> frames = new ArrayList<>();
        double last = 0;
        for (int dimensions : new int[] {1, 2, 5, 10, 30, 100, 300, 1000}) {
            double[] distances = distances(dimensions, points, page.random());
            last = spread(distances);
            frames.add(new Frame(
                    String.valueOf(dimensions),
                    Histogram.of("distance / mean distance", 0, 6, 60)
                            .values("pairs of points", distances)
                            .figure("Distances between random points.")));
        }
        page.figure(Frames.of("dimensions", frames).choose(1));
        double predicted = 1 / Math.sqrt(2 * 1000.0); // $sigma/mu ~~ 1/sqrt(2 D)$
        page.claim("In 1,000 dimensions the relative spread of the distances is 1/√(2D), within 10 %.")
                .near(last, predicted, 0.1 * predicted);

        page.text("""
                **Second, the ball within a cube is almost empty.** A ball of diameter 1 fills the line in one dimension and 79 % of
                the square in two. In ten dimensions, a quarter of a percent of the cube is left.
                """);
        double[] dimension = new double[20];
        double[] volumes = new double[20];
        for (int d = 1; d <= 20; d++) {
            dimension[d - 1] = d;
            volumes[d - 1] = volume(d);
        }
        page.figure(LineChart.of("dimensions", "share of the cube")
                .yScale(Scale.LOG)
                .line("ball of diameter 1", dimension, volumes)
                .figure("The volume of a ball of diameter 1, compared with the cube around it."));
        page.published("The course prints a volume of 0.00249 in 10 dimensions.")
                .near(volume(10), 0.00249, 5e-6);
        int samples = page.pick(100_000, 400_000, 2_000_000);
        double sampled = sampledVolume(6, samples, page.random());
        double error = Math.sqrt(volume(6) * (1 - volume(6)) / samples);
        page.claim("Points drawn at random agree with the recursion in 6 dimensions, within four standard errors.")
                .near(sampled, volume(6), 4 * error);

        page.text("""
                **Third, the volume of a ball is in its skin.** Shrinking the radius by 1 % keeps $0.99^D$ of the volume. In 300
                dimensions, 95 % of an orange is peel, even if the peel is only a hundredth of the radius thick.
                """);
        double[] skin = new double[301];
        for (int d = 0; d <= 300; d++) {
            skin[d] = 1 - Math.pow(0.99, d); // $1 - 0.99^D$
        }
        page.figure(LineChart.of("dimensions", "share of the volume")
                .line("outer 1 % of the radius", skin)
                .figure("The share of a ball's volume in its outermost shell."));
        page.published("The course prints 0.951 for 300 dimensions.").near(skin[300], 0.951, 5e-4);
        int outside = 0;
        Random random = page.random();
        for (int i = 0; i < 20_000; i++) {
            outside += Math.pow(random.nextDouble(), 1.0 / 300) > 0.99
                    ? 1
                    : 0; // the radius of a random point is $u^(1/D)$
        }
        page.claim("The shell contains that share of 20,000 random points of the ball, within four standard errors.")
                .near(outside / 20_000.0, skin[300], 4 * Math.sqrt(skin[300] * (1 - skin[300]) / 20_000));
    }
}
