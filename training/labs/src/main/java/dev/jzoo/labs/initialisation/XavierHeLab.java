package dev.jzoo.labs.initialisation;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.labs.LabSize;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.Histogram;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Scale;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.WeightInit;
import dev.jzoo.scratch.layers.Elementwise;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/** The variance of the sums of each layer with random, Xavier and He weights. */
public final class XavierHeLab implements Lab {

    private static final int WIDTH = 256;

    private static final int DEPTH = 10;

    @Override
    public LabInfo info() {
        return new LabInfo(
                "xavier-he",
                "Xavier and He initialisation",
                "Which initial weights suit tanh, and which suit ReLU?",
                Chapter.INITIALISATION);
    }

    /** Returns the mean square of the sums f of each layer, for inputs of variance 1: mean over some networks. */
    private static double[] measured(WeightInit init, Elementwise.Function activation, int networks, LabPage page) {
        double[] squares = new double[DEPTH];
        for (int seed = 0; seed < networks; seed++) {
            Random random = new Random(page.seed() + seed);
            Array h = Array.zeros(20, WIDTH).map(zero -> random.nextGaussian());
            for (int k = 0; k < DEPTH; k++) {
                Array f = h.dot(init.draw(random, WIDTH, WIDTH, WIDTH, WIDTH)); // $f_k = W_k h_(k-1)$
                squares[k] += f.norm() * f.norm() / f.count() / networks;
                h = f.map(activation::at); // $h_k = phi(f_k)$
            }
        }
        return squares;
    }

    /** Returns the same from theory: $q_(k+1) = D sigma^2 E[phi(sqrt(q_k) z)^2]$ with z standard normal, as a sum over a fine grid. */
    private static double[] predicted(double gain, Elementwise.Function activation) {
        double[] squares = new double[DEPTH];
        squares[0] = gain; // $D sigma^2$, as the inputs have variance 1
        for (int k = 1; k < DEPTH; k++) {
            for (double z = -8; z <= 8; z += 0.01) {
                double h = activation.at(Math.sqrt(squares[k - 1]) * z);
                squares[k] += gain * h * h * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * 0.01;
            }
        }
        return squares;
    }

    /** Returns the largest relative difference. */
    private static double distance(double[] values, double[] from) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> Math.abs(values[i] / from[i] - 1))
                .max()
                .orElseThrow();
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                A sum of $n$ independent terms $w_i h_i$ has the variance $n sigma^2 E[h^2]$. To keep it from layer to layer,

                - **Xavier** (Glorot and Bengio, 2010) takes $sigma^2 = 1 // n$, or $2 // (n_"in" + n_"out")$ if the two differ. It assumes that
                  the activation is nearly linear, as tanh is around 0.
                - **He** (2015) takes $sigma^2 = 2 // n$, since ReLU sets half of the signal to 0.

                For wide layers the sums are normal, so the whole course of the variance $q_k$ of the sums can be predicted:
                $q_(k+1) = n sigma^2 E[phi(sqrt(q_k) z)^2]$, with the activation $phi$ and $z$ standard normal. We measure it in
                networks of 10 layers of 256 units, and compare.
                """);
        int networks = page.pick(4, 10, 100);
        double[] xavierLinear = measured(WeightInit.xavier(), Elementwise.Function.IDENTITY, networks, page);
        double[] xavierTanh = measured(WeightInit.xavier(), Elementwise.Function.TANH, networks, page);
        double[] xavierRelu = measured(WeightInit.xavier(), Elementwise.Function.RELU, networks, page);
        double[] heRelu = measured(WeightInit.he(), Elementwise.Function.RELU, networks, page);
        page.figure(LineChart.of("layer", "mean square of the sums")
                .yScale(Scale.LOG)
                .line("Xavier, linear", xavierLinear)
                .line("Xavier, tanh", xavierTanh)
                .line("He, ReLU", heRelu)
                .line("Xavier, ReLU", xavierRelu)
                .figure("Mean over " + networks + " networks. He suits ReLU; Xavier loses half of it in each layer."));
        double kept = IntStream.range(1, DEPTH)
                .mapToDouble(k -> Math.abs(heRelu[k] / heRelu[k - 1] - 1))
                .max()
                .orElseThrow();
        page.claim("He keeps the variance of ReLU layers within 20 % from each layer to the next (largest change).")
                .atMost(kept, 0.2);
        page.claim("Xavier keeps that of linear layers within 20 % over all ten layers (last by first).")
                .between(xavierLinear[DEPTH - 1] / xavierLinear[0], 0.8, 1.2);
        if (page.size() == LabSize.FULL) {
            page.claim("So does He for ReLU.").between(heRelu[DEPTH - 1] / heRelu[0], 0.8, 1.2);
        }
        page.claim("Xavier with ReLU loses half of it in each layer (geometric mean of the factors).")
                .near(Math.pow(xavierRelu[DEPTH - 1] / xavierRelu[0], 1.0 / (DEPTH - 1)), 0.5, 0.06);

        page.text("""
                With tanh, Xavier does *not* keep the variance: tanh flattens whatever is not small. But the loss slows down.
                For small $q$, $E[tanh^2(sqrt(q) z)] ~~ q - 2 q^2$, so $q_k$ falls like $1 // (2 k)$: a power, not an exponential, and harmless
                in ten layers.
                """);
        double[] theory = predicted(1, Elementwise.Function.TANH);
        page.figure(
                LineChart.of("layer", "mean square of the sums")
                        .line("Xavier and tanh, measured", xavierTanh)
                        .line("theory", theory)
                        .figure(
                                "The theory of wide layers predicts the whole curve without a free parameter: the lines coincide."));
        page.claim("Measured and predicted variances agree in every tanh layer (largest relative difference).")
                .atMost(distance(xavierTanh, theory), 0.1);
        page.claim("In the last step to layer ten, the loss is below 20 %.")
                .atLeast(xavierTanh[DEPTH - 1] / xavierTanh[DEPTH - 2], 0.8);

        page.text("""
                Weights of variance 1, "random" in many first programs, multiply the signal by $n = 256$ in each layer. ReLU overflows after some
                layers more; tanh hides it: its sums have the variance 256, so that nearly every unit is stuck at $+-1$, where its slope is 0.
                """);
        double[] randomTanh = measured(WeightInit.normal(1), Elementwise.Function.TANH, page.pick(2, 5, 20), page);
        double[] randomRelu = measured(WeightInit.normal(1), Elementwise.Function.RELU, page.pick(2, 5, 20), page);
        page.claim("With standard normal weights, ReLU sums grow by n/2 = 128 in each layer (geometric mean).")
                .near(Math.pow(randomRelu[DEPTH - 1] / randomRelu[0], 1.0 / (DEPTH - 1)), 128, 16);
        page.claim("Tanh sums have a variance near n: theory and measurement differ by at most 10 %.")
                .atMost(distance(randomTanh, predicted(WIDTH, Elementwise.Function.TANH)), 0.1);

        page.text("""
                The slider shows what the units of the tenth tanh layer say to all inputs. Too small weights: everything is near 0, the layer
                is silent. Too large: every unit shouts 1 or -1. Xavier leaves it something to say.
                """);
        List<Frame> frames = new ArrayList<>();
        for (double factor : new double[] {0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 4, 16}) {
            Random random = page.random();
            Array h = Array.zeros(20, WIDTH).map(zero -> random.nextGaussian());
            for (int k = 0; k < DEPTH; k++) {
                h = h.dot(WeightInit.normal(factor / Math.sqrt(WIDTH)).draw(random, WIDTH, WIDTH, WIDTH, WIDTH))
                        .map(Math::tanh);
            }
            frames.add(new Frame(
                    String.format(Locale.ROOT, "%.2f / √n", factor),
                    Histogram.of("activation", -1, 1, 40)
                            .height(Histogram.Height.SHARE)
                            .values("layer 10", h.values())
                            .figure("The activations of the tenth layer. Xavier's deviation is 1 / √n.")));
        }
        page.figure(Frames.of("standard deviation of the weights", frames).choose(3));
    }
}
