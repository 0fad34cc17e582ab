package dev.jzoo.labs.perceptrons;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Scale;
import dev.jzoo.report.Table;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.layers.SoftmaxLayer;
import dev.jzoo.scratch.losses.SoftmaxCrossEntropy;
import java.util.Locale;
import java.util.Random;

/** The same softmax by two formulas that are equal on paper, and only one of which works in a computer. */
public final class SoftmaxStableLab implements Lab {

    @Override
    public LabInfo info() {
        return new LabInfo(
                "softmax-stable",
                "A stable softmax",
                "Why does every library subtract the largest logit first?",
                Chapter.PERCEPTRONS);
    }

    /** Returns e^x / sum of e^x, as the formula says. */
    private static double[] naive(double... x) {
        double sum = 0;
        for (double logit : x) {
            sum += Math.exp(logit);
        }
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = Math.exp(x[i]) / sum; // $y_i = e^(x_i)/(sum_j e^(x_j))$
        }
        return y;
    }

    /** Returns the same, with all logits moved so that the largest is 0. */
    private static double[] stable(double... x) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double logit : x) {
            largest = Math.max(largest, logit);
        }
        double[] moved = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            moved[i] = x[i] - largest; // $y_i = e^(x_i - m)/(sum_j e^(x_j - m)), m = max_j x_j$
        }
        return naive(moved);
    }

    /** Returns three probabilities with four decimals. */
    private static String words(double[] y) {
        return String.format(Locale.ROOT, "%.4f, %.4f, %.4f", y[0], y[1], y[2]);
    }

    /** Returns the largest relative error of the softmax of (c, c + 1, c + 2) against its closed form. */
    private static double error(double[] y) {
        double worst = 0;
        for (int i = 0; i < 3; i++) {
            double exact = Math.exp(i) / (1 + Math.E + Math.E * Math.E);
            worst = Math.max(worst, Math.abs(y[i] - exact) / exact);
        }
        return worst;
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                **Softmax** turns any numbers, the *logits*, into probabilities: $y_i = (e^(x_i))/(sum_j e^(x_j))$. On paper, a constant
                added to all logits changes nothing, because $e^c$ cancels:

                $$(e^(x_i + c))/(sum_j e^(x_j + c)) = (e^c e^(x_i))/(e^c sum_j e^(x_j)) = (e^(x_i))/(sum_j e^(x_j))$$

                A `double` ends at about $1.8 * 10^308$. So $e^1000$ is infinite there, and infinity divided by infinity is not a number.
                """);
        double[] overflow = naive(1000, 1001, 1002);
        double[] right = stable(1000, 1001, 1002);
        page.table(Table.captioned("The softmax of three logits.")
                .text("logits")
                .text("naive")
                .text("stable")
                .row("0, 1, 2", words(naive(0, 1, 2)), words(stable(0, 1, 2)))
                .row("1000, 1001, 1002", words(overflow), words(right))
                .row("-1002, -1001, -1000", words(naive(-1002, -1001, -1000)), words(stable(-1002, -1001, -1000))));
        page.claim("The naive softmax of (1000, 1001, 1002) is not a number.")
                .equal(Double.toString(overflow[0]), "NaN");
        page.claim("The stable one has the closed form's values (largest relative error).")
                .atMost(error(right), 1e-15);
        page.claim("Far below 0 all exponentials are 0, and the naive result is 0/0.")
                .equal(Double.toString(naive(-1002, -1001, -1000)[0]), "NaN");

        page.text("""
                Where exactly does it break? Move the logits $(c, c + 1, c + 2)$ along and compare with the closed form
                $(e^i)/(1 + e + e^2)$. Upwards the naive formula works until one exponential passes the largest `double`. Downwards it
                fails more quietly: below $2.2 * 10^-308$ numbers lose digits one by one (they are *subnormal*), so the probabilities are
                wrong before they are missing.
                """);
        int points = 61;
        double[] offsets = new double[points];
        double[] naiveErrors = new double[points];
        double[] stableErrors = new double[points];
        double atFloor = 1e-17; // an error of 0 has no place on a logarithmic axis
        for (int i = 0; i < points; i++) {
            offsets[i] = -745 + i;
            naiveErrors[i] = Math.max(atFloor, error(naive(offsets[i], offsets[i] + 1, offsets[i] + 2)));
            stableErrors[i] = Math.max(atFloor, error(stable(offsets[i], offsets[i] + 1, offsets[i] + 2)));
        }
        page.figure(LineChart.of("smallest logit c", "largest relative error")
                .yScale(Scale.LOG)
                .line("naive", offsets, naiveErrors)
                .line("stable", offsets, stableErrors)
                .figure("Near -745 the naive softmax is finite, plausible and wrong."));
        double low = 0;
        double high = 1000;
        for (int halving = 0; halving < 60; halving++) {
            double middle = (low + high) / 2;
            boolean works = Double.isFinite(naive(middle, 0)[0]);
            low = works ? middle : low;
            high = works ? high : middle;
        }
        page.claim("The largest logit that the naive softmax survives is the logarithm of the largest double.")
                .near(low, Math.log(Double.MAX_VALUE), 1e-9);
        page.claim("At c = -744 the naive softmax is finite, but wrong by more than a tenth (relative error).")
                .between(error(naive(-744, -743, -742)), 0.1, 1);
        double worst = 0;
        for (int c = -100_000; c <= 100_000; c += 500) {
            worst = Math.max(worst, error(stable(c, c + 1, c + 2)));
        }
        page.claim("The stable one is exact to the last digits for every c from -100,000 to 100,000.")
                .atMost(worst, 1e-15);

        page.text("""
                One trap is left. The loss needs the *logarithm* of a probability, and even the stable softmax rounds $e^-800$ to 0, so
                its logarithm is minus infinity: a loss that cannot be trained on. Take the logarithm on paper first. What remains is the
                *log-sum-exp*, and it never forms the small number:

                $$-log y_k = m + log sum_j e^(x_j - m) - x_k$$

                That is why libraries join softmax and cross-entropy in one operation that takes logits.
                """);
        double separate = -Math.log(stable(0, 800)[0]);
        Array logits = Array.rows(new double[] {0, 800});
        Array firstClass = SoftmaxCrossEntropy.oneHot(new int[] {0}, 2);
        double joined = new SoftmaxCrossEntropy().value(logits, firstClass);
        page.print("loss of class 0 with the logits 0 and 800: softmax, then log: %s; joined: %s", separate, joined);
        page.claim("Softmax first and logarithm second give an infinite loss.")
                .equal(Double.toString(separate), "Infinity");
        page.claim("The joined loss is the distance of the logits, 800.").near(joined, 800, 1e-12);

        page.text("""
                The library's layer does the same as the few lines above. A random row shows it, and a check with another road: for two
                classes, softmax is the sigmoid of the difference of the logits.
                """);
        Random random = page.random();
        double apart = 0;
        for (int i = 0; i < 200; i++) {
            double a = 300 * random.nextGaussian();
            double b = a + 5 * random.nextGaussian();
            double sigmoid = 1 / (1 + Math.exp(b - a)); // $sigma(a - b)$
            double[] row = SoftmaxLayer.softmax(Array.rows(new double[] {a, b})).values();
            apart = Math.max(apart, Math.abs(row[0] - sigmoid) / sigmoid);
            apart = Math.max(apart, Math.abs(stable(a, b)[0] - sigmoid) / sigmoid);
        }
        page.claim("Softmax of two logits is the sigmoid of their difference (largest relative error, 200 pairs).")
                .atMost(apart, 1e-12);
    }
}
