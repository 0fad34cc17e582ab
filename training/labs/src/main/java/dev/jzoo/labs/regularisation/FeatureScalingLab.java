package dev.jzoo.labs.regularisation;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.numerics.Cholesky;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Scale;
import dev.jzoo.report.Table;
import dev.jzoo.scratch.Array;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Gradient descent on features of different units: raw, scaled to [0, 1], and standardised. */
public final class FeatureScalingLab implements Lab {

    @Override
    public LabInfo info() {
        return new LabInfo(
                "feature-scaling",
                "Feature scaling",
                "Why should all features have about the same scale?",
                Chapter.REGULARISATION);
    }

    /** Returns the column scaled to the range from 0 to 1. */
    private static double[] minMax(double[] column) {
        double least = Arrays.stream(column).min().orElseThrow();
        double most = Arrays.stream(column).max().orElseThrow();
        return Arrays.stream(column).map(x -> (x - least) / (most - least)).toArray();
    }

    /** Returns the column with mean 0 and variance 1. */
    private static double[] standard(double[] column) {
        double mean = Arrays.stream(column).average().orElseThrow();
        double variance = Arrays.stream(column)
                .map(x -> (x - mean) * (x - mean))
                .average()
                .orElseThrow();
        return Arrays.stream(column).map(x -> (x - mean) / Math.sqrt(variance)).toArray();
    }

    /** Returns the Hessian of the mean squared error over 2, with a column of ones for the bias: $H = 1/n X^T X$. */
    private static Array hessian(double[] age, double[] salary) {
        double[] ones = new double[age.length];
        Arrays.fill(ones, 1);
        Array transposed = Array.rows(ones, age, salary);
        return transposed.dotTransposed(transposed).times(1.0 / age.length);
    }

    /** Returns the largest and the smallest eigenvalue, by power iteration with H and with its inverse. */
    private static double[] extremes(Array h) {
        double[] up = {1, 0.7, 0.3};
        double[] down = {1, 0.7, 0.3};
        double largest = 0;
        double smallest = 0;
        for (int i = 0; i < 1_000; i++) {
            up = h.dot(Array.of(up, 3, 1)).values();
            largest = Math.sqrt(Arrays.stream(up).map(x -> x * x).sum());
            double length = largest;
            up = Arrays.stream(up).map(x -> x / length).toArray();
            double[][] rows = new double[3][];
            for (int r = 0; r < 3; r++) {
                rows[r] = Arrays.copyOfRange(h.values(), 3 * r, 3 * r + 3);
            }
            Cholesky.inPlace(rows).solve(down); // $H v_(i+1) = v_i$
            double inverse = Math.sqrt(Arrays.stream(down).map(x -> x * x).sum());
            down = Arrays.stream(down).map(x -> x / inverse).toArray();
            smallest = 1 / inverse;
        }
        return new double[] {largest, smallest};
    }

    /** Returns how many steps of gradient descent bring the distance to the best weights below 1 % of what it was, or the limit. */
    private static int steps(Array h, double rate, int limit) {
        Array error = Array.of(new double[] {1, 1, 1}, 3, 1); // $e = w - w^**$
        double start = error.norm();
        int steps = 0;
        while (error.norm() > 0.01 * start && steps < limit) {
            error = error.minus(h.dot(error).times(rate)); // $e larr (I - eta H) e$
            steps++;
        }
        return steps;
    }

    /** Returns the largest number of steps that the error needs to fall to 1 %: $ln(0.01) / ln rho$. */
    private static double bound(double kappa) {
        return Math.log(0.01) / Math.log((kappa - 1) / (kappa + 1));
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                Age is measured in years, salary in euros. A step that is right for the weight of the age is two million times too
                large for the weight of the salary, and gradient descent has only **one** learning rate. For a linear model the loss
                is a bowl, $L = L_0 + 1/2 e^T H e$, where $e$ is the distance from the best weights. Each step multiplies the error along an
                eigenvector of $H$ by $1 - eta lambda$. The best rate, $eta = 2 // (lambda_max + lambda_min)$, leaves

                $$rho = (kappa - 1)/(kappa + 1), kappa = lambda_max/lambda_min$$

                of the error in each step. So the **condition number** $kappa$ of the features decides how many steps are needed.
                """);
        Random random = page.random();
        int people = page.pick(100, 400, 4_000);
        double[] age = new double[people];
        double[] salary = new double[people];
        for (int i = 0; i < people; i++) {
            age[i] = 20 + 40 * random.nextDouble();
            salary[i] = 20_000 + 1_500 * (age[i] - 20) + 15_000 * random.nextGaussian();
        }
        String[] names = {"none", "min-max", "standard"};
        List<UnaryOperator<double[]>> scalings =
                List.of(UnaryOperator.identity(), column -> minMax(column), column -> standard(column));
        int limit = page.pick(100_000, 1_000_000, 5_000_000);
        double[] kappa = new double[3];
        int[] needed = new int[3];
        Table table = Table.captioned("Steps until the error is 1 % of what it was, at most " + limit + ".")
                .text("scaling")
                .significant("condition number")
                .whole("steps")
                .significant("steps by theory, at most");
        for (int i = 0; i < 3; i++) {
            Array h = hessian(scalings.get(i).apply(age), scalings.get(i).apply(salary));
            double[] ends = extremes(h);
            kappa[i] = ends[0] / ends[1];
            needed[i] = steps(h, 2 / (ends[0] + ends[1]), limit);
            table.row(names[i], kappa[i], needed[i], bound(kappa[i]));
        }
        page.table(table);
        page.claim("Without scaling, the limit of steps is not enough.").atLeast(needed[0], limit);
        page.claim("Min-max scaling divides the condition number by more than a million.")
                .atLeast(kappa[0] / kappa[1], 1e6);
        page.claim("Standardising divides it by at least 5 more.").atLeast(kappa[1] / kappa[2], 5);
        page.claim("Standardised features need fewer steps than min-max (ratio).")
                .atLeast((double) needed[1] / needed[2], 5);
        page.claim("Min-max does not need more steps than theory allows.").atMost(needed[1], bound(kappa[1]) + 1);
        page.claim("Nor do standardised features.").atMost(needed[2], bound(kappa[2]) + 1);

        page.text("""
                Why is standardising better than min-max? Features from 0 to 1 have a mean near $1/2$, so they look like the column of ones
                of the bias: the bowl gets a long valley. Features of mean 0 are orthogonal to it. What remains is the correlation $r$ of the
                two features, and then the eigenvalues have a closed form: $1$, $1 + r$ and $1 - r$.
                """);
        double[] a = standard(age);
        double[] b = standard(salary);
        double r = 0;
        for (int i = 0; i < people; i++) {
            r += a[i] * b[i] / people; // $r = 1/n sum_i a_i b_i$
        }
        page.claim("The condition number of the standardised features is (1 + r) / (1 - r).")
                .near(kappa[2], (1 + r) / (1 - r), 1e-6);

        page.text("""
                Now we keep one standardised feature and multiply the other one by a factor. The condition number grows with the **square** of the
                factor, and so does the number of steps.
                """);
        double[] factors = {1, 2, 3, 5, 7, 10, 15, 20, 30};
        double[] counts = new double[factors.length];
        for (int i = 0; i < factors.length; i++) {
            double factor = factors[i];
            Array h = hessian(a, Arrays.stream(b).map(x -> factor * x).toArray());
            double[] ends = extremes(h);
            counts[i] = steps(h, 2 / (ends[0] + ends[1]), limit);
        }
        page.figure(LineChart.of("factor between the scales of two features", "steps")
                .xScale(Scale.LOG)
                .yScale(Scale.LOG)
                .line("steps", factors, counts)
                .figure("On logarithmic axes, a line of slope 2."));
        page.claim("Its slope is 2 (from factor 5 to 30).")
                .near(Math.log(counts[8] / counts[3]) / Math.log(factors[8] / factors[3]), 2, 0.15);
    }
}
