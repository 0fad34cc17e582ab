package dev.jzoo.labs.practice;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Table;
import dev.jzoo.scratch.MovingAverage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The exponentially weighted moving average: the memory inside momentum, Adam and batch normalisation. */
public final class EwmaLab implements Lab {

    @Override
    public LabInfo info() {
        return new LabInfo(
                "ewma",
                "Moving averages",
                "How can a program average a stream of numbers that it does not store?",
                Chapter.PRACTICE);
    }

    /** Returns the averages of a series, with correction for the start at zero. */
    private static double[] smooth(double[] values, double beta) {
        MovingAverage average = new MovingAverage(beta);
        double[] smooth = new double[values.length];
        for (int t = 0; t < values.length; t++) {
            average.add(values[t]); // $a_t = beta a_(t-1) + (1-beta) x_t$
            smooth[t] = average.corrected(); // $a_t/(1 - beta^t)$
        }
        return smooth;
    }

    private static double variance(double[] values, int from) {
        double mean = 0;
        double squares = 0;
        for (int i = from; i < values.length; i++) {
            mean += values[i] / (values.length - from);
        }
        for (int i = from; i < values.length; i++) {
            squares += (values[i] - mean) * (values[i] - mean);
        }
        return squares / (values.length - from - 1);
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                An **exponentially weighted moving average** keeps one number. Each new value $x_t$ pulls it a little:

                $$a_t = beta a_(t-1) + (1-beta) x_t, "  " a_0 = 0$$

                Unfolded, the value of $k$ steps ago has the weight $(1-beta) beta^k$. Momentum and Adam smooth gradients this way,
                batch normalisation smooths means and variances. First, a stream of ones with $beta = 0.9$:
                """);
        MovingAverage ones = new MovingAverage(0.9);
        Table table = Table.captioned("The average of a stream of ones.")
                .whole("t")
                .decimal("average", 6)
                .decimal("1 - 0.9^t", 6)
                .decimal("corrected", 6);
        double[] raw = new double[30];
        double worst = 0;
        for (int t = 1; t <= 30; t++) {
            raw[t - 1] = ones.add(1);
            worst = Math.max(worst, Math.abs(ones.corrected() - 1));
            if (t <= 5) {
                table.row(t, raw[t - 1], 1 - Math.pow(0.9, t), ones.corrected());
            }
        }
        page.table(table);
        page.claim("After one value the average is 0.1,").near(raw[0], 0.1, 1e-12);
        page.claim("after two values 0.19,").near(raw[1], 0.19, 1e-12);
        page.claim("after three values 0.271.").near(raw[2], 0.271, 1e-12);
        page.claim("Divided by 1 − 0.9^t, it is 1 at every step (largest error).")
                .atMost(worst, 1e-12);

        page.text("""
                The start at zero is the flaw: the average begins far too low. The weights so far add up to $1 - beta^t$ only, so
                dividing by that makes them a proper average. This is the correction in Adam.

                How long is the memory? The weights have the mean age $beta/(1-beta)$. So a straight rise is followed, but
                $beta/(1-beta)$ steps late. And the average of independent values of variance $sigma^2$ has the variance

                $$sigma^2 (1-beta)^2 (1 + beta^2 + beta^4 + ...) = sigma^2 (1-beta)/(1+beta)$$

                as if it took the plain mean of $(1+beta)/(1-beta)$ values: 19 values for 0.9.
                """);
        int count = page.pick(200_000, 500_000, 2_000_000);
        Random random = page.random();
        double[] noise = new double[count];
        double[] rise = new double[500];
        for (int t = 0; t < count; t++) {
            noise[t] = random.nextGaussian();
        }
        for (int t = 0; t < rise.length; t++) {
            rise[t] = t;
        }
        Table effects = Table.captioned("Smoothness and delay.")
                .decimal("β", 2)
                .decimal("variance", 5)
                .decimal("(1-β)/(1+β)", 5)
                .decimal("delay", 3)
                .decimal("β/(1-β)", 3);
        for (double beta : new double[] {0.5, 0.8, 0.9, 0.95}) {
            double measured = variance(smooth(noise, beta), 1_000);
            double expected = (1 - beta) / (1 + beta);
            double delay = rise[499] - smooth(rise, beta)[499];
            effects.row(beta, measured, expected, delay, beta / (1 - beta));
            page.claim("Noise shrinks to (1 − β)/(1 + β) of its variance for β = " + beta + " (ratio).")
                    .near(measured / expected, 1, 0.03);
            page.claim("A rise is followed β/(1 − β) steps late.").near(delay, beta / (1 - beta), 1e-3);
        }
        page.table(effects);

        page.text("""
                So $beta$ trades noise for delay. Move the slider: a small $beta$ follows the noise, a large one lags.
                No $beta$ removes both.
                """);
        double[] wave = new double[150];
        double[] noisy = new double[150];
        for (int t = 0; t < wave.length; t++) {
            wave[t] = Math.sin(t / 12.0);
            noisy[t] = wave[t] + 0.4 * random.nextGaussian();
        }
        List<Frame> frames = new ArrayList<>();
        double[] betas = {0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98};
        double[] errors = new double[betas.length];
        for (int i = 0; i < betas.length; i++) {
            double[] smooth = smooth(noisy, betas[i]);
            for (int t = 0; t < wave.length; t++) {
                errors[i] += Math.pow(smooth[t] - wave[t], 2) / wave.length;
            }
            frames.add(new Frame(
                    Double.toString(betas[i]),
                    LineChart.of("t", "value")
                            .line("wave", wave)
                            .line("wave and noise", noisy)
                            .line("average", smooth)
                            .figure("Mean squared distance from the wave: " + Math.round(errors[i] * 1_000) / 1e3
                                    + ".")));
        }
        page.figure(Frames.of("β", frames).choose(3));
        double best = Math.min(Math.min(errors[2], errors[3]), errors[4]);
        page.claim("Without smoothing the error is larger than with a β in the middle (ratio),")
                .atLeast(errors[0] / best, 1.5);
        page.claim("and with too much smoothing, too (ratio).").atLeast(errors[7] / best, 1.5);
    }
}
