package dev.jzoo.labs.descent;

import dev.jzoo.datasets.LabelledSignals;
import dev.jzoo.datasets.catalogue.Mnist1d;
import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.numerics.Softmax;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.Histogram;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Scale;
import dev.jzoo.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The noise of a gradient by the size of its batch, and what a batch costs. */
public final class BatchSizeLab implements Lab {

    private static final int WIDTH = Mnist1d.LENGTH + 1;

    @Override
    public LabInfo info() {
        return new LabInfo(
                "batch-size", "Batch size", "How many examples should one step of descent look at?", Chapter.DESCENT);
    }

    /** Returns the probabilities of the ten classes by softmax regression. The last weight of each class is its bias. */
    private static double[] probabilities(double[] w, double[] x) {
        double[] z = new double[10];
        for (int k = 0; k < 10; k++) {
            z[k] = w[k * WIDTH + WIDTH - 1];
            for (int j = 0; j < x.length; j++) {
                z[k] += w[k * WIDTH + j] * x[j];
            }
        }
        Softmax.inPlace(z);
        return z;
    }

    /** Adds the gradient of one example's cross-entropy, times a factor. */
    private static void addGradient(double[] sum, double factor, double[] w, double[] x, int label) {
        double[] p = probabilities(w, x);
        for (int k = 0; k < 10; k++) {
            double error = factor * (p[k] - (k == label ? 1 : 0)); // $(del L)/(del z_k) = p_k - t_k$
            for (int j = 0; j < x.length; j++) {
                sum[k * WIDTH + j] += error * x[j];
            }
            sum[k * WIDTH + WIDTH - 1] += error;
        }
    }

    private static double loss(double[] w, double[][] x, int[] labels) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum -= Math.log(probabilities(w, x[i])[labels[i]]);
        }
        return sum / x.length;
    }

    /** Returns the mean loss after each epoch of descent. */
    private static double[] train(double[][] x, int[] labels, int batch, double rate, int epochs, Random random) {
        double[] w = new double[10 * WIDTH];
        double[] losses = new double[epochs + 1];
        losses[0] = loss(w, x, labels);
        for (int epoch = 1; epoch <= epochs; epoch++) {
            int[] order = shuffled(x.length, random);
            for (int from = 0; from < x.length; from += batch) {
                int size = Math.min(batch, x.length - from);
                double[] g = new double[w.length];
                for (int i = from; i < from + size; i++) {
                    addGradient(g, 1.0 / size, w, x[order[i]], labels[order[i]]);
                }
                for (int j = 0; j < w.length; j++) {
                    w[j] -= rate * g[j];
                }
            }
            losses[epoch] = loss(w, x, labels);
        }
        return losses;
    }

    private static int[] shuffled(int count, Random random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                The gradient of a batch is the mean of the gradients of its examples. It is an estimate of the gradient of all
                examples, as a poll is of an election. If one example has the variance $sigma^2$ (summed over all weights), then $B$
                independent draws have the variance $sigma^2 / B$. If the $B$ examples are *different* ones of $n$, it is smaller:

                $$Var(g_B) = sigma^2/B (n-B)/(n-1)$$

                and zero for $B = n$. We measure both on softmax regression of signals of MNIST-1D in ten classes.
                """);
        int n = page.pick(200, 500, 1_000);
        LabelledSignals signals = Mnist1d.generate(n, 42);
        int[] labels = signals.labels();
        double[][] x = new double[n][];
        double[][] gradients = new double[n][10 * WIDTH];
        double[] mean = new double[10 * WIDTH];
        double[] start = new double[10 * WIDTH];
        for (int i = 0; i < n; i++) {
            x[i] = signals.signal(i);
            addGradient(gradients[i], 1, start, x[i], labels[i]);
            addGradient(mean, 1.0 / n, start, x[i], labels[i]);
        }
        double sigma2 = 0; // the variance of one example's gradient
        for (double[] gradient : gradients) {
            for (int j = 0; j < mean.length; j++) {
                sigma2 += (gradient[j] - mean[j]) * (gradient[j] - mean[j]) / n;
            }
        }
        int draws = page.pick(400, 500, 3_000);
        Random random = page.random();
        int[] sizes = {1, 2, 5, 10, 20, 50, 100, n};
        double[] batch = new double[sizes.length];
        double[] independent = new double[sizes.length];
        double[] different = new double[sizes.length];
        List<Frame> frames = new ArrayList<>();
        Table table = Table.captioned("Variance of the gradient, measured over " + draws + " batches.")
                .whole("B")
                .significant("independent")
                .significant("by σ²/B")
                .significant("different")
                .significant("by the formula");
        double worst = 0;
        for (int s = 0; s < sizes.length; s++) {
            int size = sizes[s];
            batch[s] = size;
            double[] first = new double[draws];
            for (int draw = 0; draw < draws; draw++) {
                int[] order = shuffled(n, random);
                double[] drawn = new double[mean.length];
                double[] without = new double[mean.length];
                for (int i = 0; i < size; i++) {
                    double[] any = gradients[random.nextInt(n)];
                    double[] next = gradients[order[i]];
                    for (int j = 0; j < mean.length; j++) {
                        drawn[j] += any[j] / size;
                        without[j] += next[j] / size;
                    }
                }
                first[draw] = drawn[20];
                for (int j = 0; j < mean.length; j++) {
                    independent[s] += Math.pow(drawn[j] - mean[j], 2) / draws;
                    different[s] += Math.pow(without[j] - mean[j], 2) / draws;
                }
            }
            double formula = sigma2 / size * (n - size) / (n - 1);
            table.row(size, independent[s], sigma2 / size, different[s], formula);
            worst = Math.max(worst, Math.abs(independent[s] / (sigma2 / size) - 1));
            worst = size < n ? Math.max(worst, Math.abs(different[s] / formula - 1)) : worst;
            frames.add(new Frame(
                    Integer.toString(size),
                    Histogram.of("derivative by one weight", -6, 6, 60)
                            .height(Histogram.Height.SHARE)
                            .values("batches", first)
                            .figure("The same derivative, estimated from " + draws + " batches of this size.")));
        }
        page.table(table);
        page.figure(Frames.of("batch size", frames).choose(3));
        double slope = Math.log(independent[6] / independent[0]) / Math.log(batch[6] / batch[0]);
        page.claim("On logarithmic scales the variance falls with the slope −1.")
                .near(slope, -1, 0.06);
        page.claim("Both measured variances agree with their formulas (largest relative difference).")
                .atMost(worst, 0.2);
        page.claim("A batch of all different examples has no noise.").atMost(different[7], 1e-20);

        page.text("""
                So a hundred times as many examples make the noise of a gradient ten times smaller, but the step a hundred times as
                expensive. After the same number of *examples*, small batches have taken far more steps. Each size gets
                the best of seven rates, because a fair comparison of batch sizes needs a rate for each.
                """);
        int epochs = page.pick(3, 4, 10);
        int seeds = page.pick(1, 1, 3);
        LineChart chart = LineChart.ofEpochs("training loss");
        Table race = Table.captioned(
                        "Loss after " + epochs + " epochs, the mean of " + seeds + " seeds, at the best rate.")
                .whole("batch")
                .whole("steps")
                .decimal("rate", 3)
                .decimal("loss", 4);
        double[] ends = new double[3];
        int[] compared = {1, 20, n};
        for (int s = 0; s < compared.length; s++) {
            double[] best = {Double.POSITIVE_INFINITY};
            double bestRate = 0;
            for (double rate : new double[] {0.003, 0.01, 0.03, 0.1, 0.3, 1, 3}) {
                double[] losses = new double[epochs + 1];
                for (int seed = 0; seed < seeds; seed++) {
                    double[] run = train(x, labels, compared[s], rate, epochs, new Random(page.seed() * 100 + seed));
                    for (int e = 0; e <= epochs; e++) {
                        losses[e] += run[e] / seeds;
                    }
                }
                if (losses[epochs] < best[best.length - 1]) {
                    best = losses;
                    bestRate = rate;
                }
            }
            ends[s] = best[epochs];
            race.row(compared[s], epochs * ((n + compared[s] - 1) / compared[s]), bestRate, ends[s]);
            double[] shown = new double[epochs];
            System.arraycopy(best, 1, shown, 0, epochs);
            chart.line(compared[s] == n ? "all examples" : "batches of " + compared[s], shown);
        }
        page.table(race);
        page.figure(
                chart.yScale(Scale.LOG).figure("The same number of examples, but very different numbers of steps."));
        page.claim("After the same number of examples, batches of 20 are further than the full batch (loss ratio).")
                .atMost(ends[1] / ends[2], 0.98);
    }
}
