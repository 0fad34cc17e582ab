package dev.jzoo.labs.backpropagation;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sigmoid, tanh and two ReLUs with their derivatives, and what many of them in a row do to a gradient. */
public final class ActivationsLab implements Lab {

    @Override
    public LabInfo info() {
        return new LabInfo(
                "activations",
                "Activation functions",
                "Why did ReLU replace the sigmoid in deep networks?",
                Chapter.BACKPROPAGATION);
    }

    /** An activation function with its derivative. */
    private enum Nonlinearity {
        SIGMOID,
        TANH,
        RELU,
        LEAKY_RELU;

        /** Returns f(z). */
        double at(double z) {
            return switch (this) {
                case SIGMOID -> 1 / (1 + Math.exp(-z)); // $sigma(z) = 1/(1 + e^(-z))$
                case TANH -> Math.tanh(z); // $tanh z = (e^z - e^(-z))/(e^z + e^(-z))$
                case RELU -> Math.max(0, z); // $max(0, z)$
                case LEAKY_RELU -> Math.max(0.1 * z, z); // $max(z/10, z)$
            };
        }

        /** Returns f'(z). */
        double slope(double z) {
            return switch (this) {
                case SIGMOID -> at(z) * (1 - at(z)); // $sigma'(z) = sigma(z) (1 - sigma(z))$
                case TANH -> 1 - at(z) * at(z); // $tanh'(z) = 1 - tanh^2 z$
                case RELU -> z > 0 ? 1 : 0;
                case LEAKY_RELU -> z > 0 ? 1 : 0.1;
            };
        }

        /** Returns the name in a figure. */
        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ').replace("relu", "ReLU");
        }

        /** Returns the derivative of f(f(...f(z))) for each number of functions, from 1. */
        double[] slopesByDepth(double z, int depth) {
            double[] slopes = new double[depth];
            double product = 1;
            for (int k = 0; k < depth; k++) {
                product *= slope(z); // $prod_k f'(z_k)$
                z = at(z); // $z_(k+1) = f(z_k)$
                slopes[k] = product;
            }
            return slopes;
        }
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                Without a bent function between them, layers collapse into one linear map. Any bend will do for that. What tells good
                bends from bad ones is the *derivative*, because backpropagation multiplies by it once for each layer. Move the slider
                and compare the second lines.
                """);
        int points = 121;
        double[] z = new double[points];
        List<Frame> frames = new ArrayList<>();
        for (Nonlinearity f : Nonlinearity.values()) {
            double[] values = new double[points];
            double[] slopes = new double[points];
            for (int i = 0; i < points; i++) {
                z[i] = -6 + 12.0 * i / (points - 1);
                values[i] = Math.min(1.5, f.at(z[i]));
                slopes[i] = f.slope(z[i]);
            }
            frames.add(new Frame(
                    f.label(),
                    LineChart.of("z", "f(z) and f'(z)")
                            .line("f", z, values)
                            .line("f'", z, slopes)
                            .figure("The function (cut off at 1.5) and its derivative.")));
        }
        page.figure(Frames.of("activation", frames));

        page.text("""
                The sigmoid's derivative is $sigma (1 - sigma)$, a product of two numbers with the sum 1. It is largest where both are
                $1/2$, and then it is $1/4$. Tanh is the same curve, stretched: $tanh z = 2 sigma(2 z) - 1$, so its derivative reaches 1.
                Both *saturate*: some way from 0 the curve is flat and lets no gradient through.
                """);
        double steepestSigmoid = 0;
        double steepestTanh = 0;
        double apart = 0;
        double worst = 0;
        double h = 1e-6;
        for (int i = -100_000; i <= 100_000; i++) {
            double x = i * 1e-4;
            steepestSigmoid = Math.max(steepestSigmoid, Nonlinearity.SIGMOID.slope(x));
            steepestTanh = Math.max(steepestTanh, Nonlinearity.TANH.slope(x));
            apart = Math.max(apart, Math.abs(Math.tanh(x) - (2 * Nonlinearity.SIGMOID.at(2 * x) - 1)));
        }
        for (Nonlinearity f : Nonlinearity.values()) {
            for (double x = -5.05; x < 5.1; x += 0.1) {
                worst = Math.max(worst, Math.abs(f.slope(x) - (f.at(x + h) - f.at(x - h)) / (2 * h)));
            }
        }
        page.claim("The sigmoid's derivative is at most 1/4.").near(steepestSigmoid, 0.25, 1e-12);
        page.claim("That of tanh is at most 1.").near(steepestTanh, 1, 1e-12);
        page.claim("Tanh is a stretched sigmoid (largest difference).").atMost(apart, 1e-14);
        page.claim("At z = 5 the sigmoid passes on less than 1 % of a gradient.")
                .atMost(Nonlinearity.SIGMOID.slope(5), 0.01);
        page.claim("All four derivatives equal finite differences (largest difference).")
                .atMost(worst, 1e-8);

        page.text("""
                Now put $k$ functions in a row, $f(f(...f(z)))$, as a deep network does with weights of 1. The chain rule multiplies $k$
                derivatives. Sigmoids multiply by at most $1/4$ each, so the gradient *vanishes* exponentially: this is the reason that
                deep sigmoid networks did not learn. Tanh is better near 0. ReLU multiplies by exactly 1 as long as the unit is active.
                """);
        int depth = 20;
        LineChart chart =
                LineChart.of("functions in a row", "derivative at z = 0.5").yScale(Scale.LOG);
        double[] numbers = new double[depth];
        for (int k = 0; k < depth; k++) {
            numbers[k] = k + 1;
        }
        for (Nonlinearity f : List.of(Nonlinearity.SIGMOID, Nonlinearity.TANH, Nonlinearity.RELU)) {
            chart.line(f.label(), numbers, f.slopesByDepth(0.5, depth));
        }
        page.figure(chart.figure("Ten sigmoids already shrink a gradient more than a million times."));
        page.claim("Ten sigmoids pass on at most 0.25 to the power of ten.")
                .atMost(Nonlinearity.SIGMOID.slopesByDepth(0.5, depth)[9], Math.pow(0.25, 10));
        double composed = 0.5;
        double nearby = 0.5 + 1e-3;
        for (int k = 0; k < 5; k++) {
            composed = Nonlinearity.SIGMOID.at(composed);
            nearby = Nonlinearity.SIGMOID.at(nearby);
        }
        double fifth = Nonlinearity.SIGMOID.slopesByDepth(0.5, 5)[4];
        page.claim("The product for five sigmoids is the slope of the composed function (relative difference).")
                .atMost(Math.abs((nearby - composed) / 1e-3 - fifth) / fifth, 1e-3);
        page.claim("Active ReLUs pass on everything.").near(Nonlinearity.RELU.slopesByDepth(0.5, depth)[19], 1, 0);

        page.text("""
                ReLU has a price: a unit that is negative for every example has the derivative 0 everywhere. Its weights get no gradient,
                so it stays as it is; it is *dead*. The leaky ReLU keeps a small slope below 0 for this reason. Here the same unit
                starts at $w = -1$ with inputs from 1 to 2, and should learn to output $x$.
                """);
        double[] learned = new double[2];
        Nonlinearity[] units = {Nonlinearity.RELU, Nonlinearity.LEAKY_RELU};
        for (int unit = 0; unit < 2; unit++) {
            double w = -1;
            for (int step = 0; step < 500; step++) {
                double x = 1 + (step % 11) / 10.0;
                double error = units[unit].at(w * x) - x;
                w -= 0.05 * error * units[unit].slope(w * x) * x; // $w larr w - eta (f(w x) - x) f'(w x) x$
            }
            learned[unit] = w;
        }
        page.claim("The dead ReLU has not moved.").near(learned[0], -1, 0);
        page.claim("The leaky one has learned the weight 1.").near(learned[1], 1, 1e-3);
    }
}
