package dev.jzoo.labs.perceptrons;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.report.DecisionRegions;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.ScatterChart;
import dev.jzoo.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Rosenblatt's learning rule, its decision line at each update, and Novikoff's bound on the number of updates. */
public final class PerceptronTrainingLab implements Lab {

    @Override
    public LabInfo info() {
        return new LabInfo(
                "perceptron-training",
                "The perceptron learns",
                "How does a neuron find its line, and how long can that take?",
                Chapter.PERCEPTRONS);
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    /** Examples of two classes, x = (1, x1, x2) with the target -1 or 1, on both sides of a line with a gap. */
    private record LabelledPoints(double[][] x, int[] targets) {

        static LabelledPoints random(int count, double gap, Random random) {
            double angle = 2 * Math.PI * random.nextDouble();
            double shift = 0.5 * random.nextDouble() - 0.25;
            double[][] x = new double[count][];
            int[] targets = new int[count];
            for (int i = 0; i < count; ) {
                double[] point = {1, 2 * random.nextDouble() - 1, 2 * random.nextDouble() - 1};
                double distance = shift + Math.cos(angle) * point[1] + Math.sin(angle) * point[2];
                if (Math.abs(distance) > gap) {
                    x[i] = point;
                    targets[i++] = distance > 0 ? 1 : -1;
                }
            }
            return new LabelledPoints(x, targets);
        }

        /** Returns one coordinate of the examples of a class. */
        double[] coordinate(int axis, int target) {
            List<Double> values = new ArrayList<>();
            for (int i = 0; i < x.length; i++) {
                if (targets[i] == target) {
                    values.add(x[i][axis]);
                }
            }
            return values.stream().mapToDouble(Double::doubleValue).toArray();
        }

        /** Returns how many examples are on the wrong side of a line, or on it. */
        int errors(double[] w) {
            int errors = 0;
            for (int i = 0; i < x.length; i++) {
                errors += targets[i] * dot(w, x[i]) <= 0 ? 1 : 0;
            }
            return errors;
        }

        /** Returns the smallest distance of an example to a plane through 0; negative if one is on the wrong side. */
        double margin(double[] w) {
            double margin = Double.POSITIVE_INFINITY;
            for (int i = 0; i < x.length; i++) {
                margin = Math.min(margin, targets[i] * dot(w, x[i]) / Math.sqrt(dot(w, w)));
            }
            return margin; // $gamma = min_i (t_i (w^T x_i))/(||w||)$
        }

        /** Returns the bound of Novikoff for the best plane among many directions. */
        double bound() {
            double radius = 0;
            for (double[] point : x) {
                radius = Math.max(radius, dot(point, point)); // $R^2 = max_i ||x_i||^2$
            }
            double margin = 0;
            for (int i = 0; i < 20_000; i++) { // evenly on the sphere, along a spiral
                double z = -1 + (2 * i + 1) / 20_000.0;
                double angle = i * Math.PI * (3 - Math.sqrt(5));
                double r = Math.sqrt(1 - z * z);
                margin = Math.max(margin, margin(new double[] {z, r * Math.cos(angle), r * Math.sin(angle)}));
            }
            return radius / (margin * margin);
        }
    }

    /** Returns the weights before the first and after each update, until a whole pass makes no mistake. */
    private static List<double[]> train(LabelledPoints points) {
        List<double[]> history = new ArrayList<>(List.of(new double[3]));
        double[] w = new double[3];
        boolean mistake = true;
        while (mistake && history.size() < 100_000) {
            mistake = false;
            for (int i = 0; i < points.x().length; i++) {
                double[] x = points.x()[i];
                if (points.targets()[i] * dot(w, x) <= 0) {
                    for (int k = 0; k < 3; k++) {
                        w[k] += points.targets()[i] * x[k]; // $w larr w + t_i x_i$
                    }
                    history.add(w.clone());
                    mistake = true;
                }
            }
        }
        return history;
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                The perceptron learns from its mistakes only. It goes through the examples $x_i$ with targets $t_i$ of -1 or 1 (the first
                input is always 1, so $w_0$ is the bias). If an example is on the wrong side, it adds $t_i x_i$ to the weights:

                $$w larr w + t_i x_i, "if " t_i w^T x_i <= 0$$

                That turns the line towards the example, because $t_i w^T x_i$ grows by $||x_i||^2$. It may put another example on the
                wrong side. Move the slider through the updates and watch the line settle.
                """);
        LabelledPoints points = LabelledPoints.random(60, 0.03, page.random());
        List<double[]> history = train(points);
        List<Frame> frames = new ArrayList<>();
        int shown = Math.min(16, history.size());
        for (int i = 0; i < shown; i++) {
            int update = i * (history.size() - 1) / (shown - 1);
            double[] w = history.get(update);
            frames.add(new Frame(
                    Integer.toString(update),
                    DecisionRegions.of("x1", "x2", List.of("-1", "1"))
                            .classifier((x1, x2) -> dot(w, new double[] {1, x1, x2}) > 0 ? 1 : 0)
                            .examples(0, points.coordinate(1, -1), points.coordinate(2, -1))
                            .examples(1, points.coordinate(1, 1), points.coordinate(2, 1))
                            .figure("Examples on the wrong side or on the line: " + points.errors(w) + " of 60.")));
        }
        page.figure(Frames.of("updates", frames));
        double[] last = history.get(history.size() - 1);
        page.print("%d updates, w = (%.3f, %.3f, %.3f)", history.size() - 1, last[0], last[1], last[2]);
        page.claim("After the last update no example is on the wrong side.").equal(points.errors(last), 0);

        page.text("""
                Does it always end? Novikoff (1962) proved it in four lines. Let a unit vector $u$ separate the classes with the *margin*
                $gamma$, so $t_i u^T x_i >= gamma$ for all examples, and let $R$ be the length of the longest $x_i$.

                - Each update adds at least $gamma$ to $u^T w$. After $k$ updates, $u^T w >= k gamma$.
                - Each update adds at most $R^2$ to $||w||^2$, since the mixed term $2 t_i w^T x_i$ is not positive. So
                  $||w||^2 <= k R^2$.
                - Together $k gamma <= u^T w <= ||w|| <= sqrt(k) R$, and therefore $k <= (R/gamma)^2$.

                The bound has no number of examples in it and no number of inputs: only how wide the gap is. Here it is for many random
                sets. The margin is the best of 20,000 directions.
                """);
        int sets = page.pick(6, 40, 100);
        double[] gaps = {0.2, 0.1, 0.05, 0.025};
        Table table = Table.captioned(
                        "Updates until no error, and the bound: means over " + sets + " random sets of 60.")
                .text("gap")
                .decimal("updates", 1)
                .whole("most updates")
                .whole("bound (mean)")
                .percent("largest share of the bound", 1);
        double worst = 0;
        int wrong = 0;
        ScatterChart chart = ScatterChart.of("log10 of the bound", "log10 of the updates");
        double[] means = new double[gaps.length];
        for (int g = 0; g < gaps.length; g++) {
            double most = 0;
            double meanBound = 0;
            double largestShare = 0;
            double[] bounds = new double[sets];
            double[] counts = new double[sets];
            for (int set = 0; set < sets; set++) {
                LabelledPoints other = LabelledPoints.random(60, gaps[g], new Random(page.seed() + 1000L * g + set));
                List<double[]> updates = train(other);
                double bound = other.bound();
                int count = updates.size() - 1;
                wrong += other.errors(updates.get(count));
                means[g] += (double) count / sets;
                meanBound += bound / sets;
                most = Math.max(most, count);
                largestShare = Math.max(largestShare, count / bound);
                bounds[set] = Math.log10(bound);
                counts[set] = Math.log10(count);
            }
            worst = Math.max(worst, largestShare);
            table.row(Double.toString(gaps[g]), means[g], most, meanBound, largestShare);
            chart.points("gap " + gaps[g], bounds, counts);
        }
        page.table(table);
        page.figure(chart.figure(
                "Each mark is a set of examples. None is above the line on which updates and bound are equal."));
        page.claim("Every run ends without an error (errors of all runs).").equal(wrong, 0);
        page.claim("No run needs more than (R/γ)² updates (largest share of the bound).")
                .atMost(worst, 1);
        page.claim("The narrowest gap needs more updates than the widest (ratio of the means).")
                .atLeast(means[3] / means[0], 2);

        page.text("""
                The bound needs a gap. Without one the rule never rests: on XOR it makes mistakes for ever.
                """);
        LabelledPoints xor = new LabelledPoints(
                new double[][] {{1, 0, 0}, {1, 0, 1}, {1, 1, 0}, {1, 1, 1}}, new int[] {-1, 1, 1, -1});
        List<double[]> restless = train(xor);
        page.claim("After 99,999 updates on XOR there are still errors.")
                .atLeast(xor.errors(restless.get(restless.size() - 1)), 1);
    }
}
