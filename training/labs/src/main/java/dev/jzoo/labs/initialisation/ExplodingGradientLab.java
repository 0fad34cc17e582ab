package dev.jzoo.labs.initialisation;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.numerics.GramSchmidt;
import dev.jzoo.report.LineChart;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.checking.GradientCheck;
import dev.jzoo.scratch.layers.SimpleRnn;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/** The gradient of a recurrent network through time, by the spectral radius of its recurrent weights. */
public final class ExplodingGradientLab implements Lab {

    private static final int UNITS = 16;

    private static final int STEPS = 60;

    @Override
    public LabInfo info() {
        return new LabInfo(
                "exploding-gradient",
                "Exploding gradients",
                "What decides whether the gradient of a recurrent network grows or dies with time?",
                Chapter.INITIALISATION);
    }

    /** Returns a random basis whose vectors are orthogonal and have length 1, as rows. */
    private static Array rotation(Random random) {
        double[][] rows = new double[UNITS][UNITS];
        for (double[] row : rows) {
            for (int j = 0; j < UNITS; j++) {
                row[j] = random.nextGaussian();
            }
        }
        GramSchmidt.orthonormalise(rows);
        return Array.rows(rows);
    }

    /** Returns symmetric weights with known eigenvalues: the largest is rho, the others are spread evenly below it down to 0. */
    private static Array withSpectralRadius(double rho, Random random) {
        Array q = rotation(random);
        Array scaled = q.copy(); // $Lambda Q$
        for (int i = 0; i < UNITS; i++) {
            for (int j = 0; j < UNITS; j++) {
                scaled.set(rho * (UNITS - i) / UNITS * q.get(i, j), i, j);
            }
        }
        return q.transposedDot(scaled); // $R = Q^T Lambda Q$
    }

    private static Array identity() {
        Array identity = Array.zeros(UNITS, UNITS);
        for (int i = 0; i < UNITS; i++) {
            identity.set(1, i, i);
        }
        return identity;
    }

    /** Returns the size of the gradient with respect to the input of each step, where the loss is a random projection of the last state. */
    private static double[] gradients(Array recurrent, double inputSize, Random random) {
        SimpleRnn rnn = new SimpleRnn(identity(), recurrent, Array.zeros(UNITS));
        Array inputs = Array.zeros(1, STEPS, UNITS).map(zero -> inputSize * random.nextGaussian());
        rnn.forward(inputs, NeuralLayer.Phase.TRAINING); // $h_t = tanh(x_t + h_(t-1) R)$
        Array atTheEnd = Array.zeros(1, STEPS, UNITS);
        for (int j = 0; j < UNITS; j++) {
            atTheEnd.set(random.nextGaussian(), 0, STEPS - 1, j);
        }
        Array gradient = rnn.backward(atTheEnd);
        double[] sizes = new double[STEPS];
        for (int t = 0; t < STEPS; t++) {
            for (int j = 0; j < UNITS; j++) {
                sizes[t] = Math.hypot(sizes[t], gradient.get(0, t, j));
            }
        }
        return sizes;
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                A recurrent network uses the **same** weights $R$ at every step, $h_t = tanh(x_t + R^T h_(t-1))$. A gradient that travels
                back through $k$ steps is multiplied by $R$ $k$ times, and by the slopes of tanh in between:

                $$(del L)/(del h_(t-k)) ~~ R^k (del L)/(del h_t)$$

                Powers of a matrix are ruled by its largest eigenvalue in absolute value, the **spectral radius** $rho$: they grow like
                $rho^k$ above 1, and vanish below. In a deep network the luck of many different matrices averages out; here one number
                decides. We build $R$ from its eigenvalues, so that $rho$ is known, not estimated.
                """);
        double[] radii = {0.8, 0.9, 1.0, 1.1, 1.2};
        int seeds = page.pick(5, 20, 100);
        LineChart chart = LineChart.of("steps back in time", "log10 of the gradient's size");
        for (double rho : radii) {
            double[] logs = new double[STEPS];
            for (int seed = 0; seed < seeds; seed++) {
                Random random = new Random(page.seed() + seed);
                double[] sizes = gradients(withSpectralRadius(rho, random), 1e-9, random);
                for (int k = 0; k < STEPS; k++) {
                    logs[k] += Math.log10(sizes[STEPS - 1 - k]) / seeds;
                }
            }
            chart.line(String.format(Locale.ROOT, "ρ = %.1f", rho), logs);
            double growth = Math.pow(10, (logs[STEPS - 1] - logs[39]) / (STEPS - 40));
            page.claim(String.format(
                            Locale.ROOT,
                            "With ρ = %.1f the gradient grows by ρ per step (between steps 40 and 59).",
                            rho))
                    .near(growth, rho, 0.02 * rho);
        }
        page.figure(chart.figure(
                "Straight lines on a logarithmic axis: exponential growth, with the spectral radius as its base."));

        page.text("""
                Those inputs were tiny, so that tanh worked in its linear part. With inputs of usual size its slopes $1 - h_t^2$ are below 1
                and damp the gradient. That is why $rho$ slightly above 1 is often no catastrophe, and why trouble comes as a surprise:
                where the states happen to be small, the gradient explodes. The usual remedies are clipping the gradient, and cells
                such as LSTM that carry their state on a path of factor 1.
                """);
        double[] linear = new double[STEPS];
        double[] damped = new double[STEPS];
        for (int seed = 0; seed < seeds; seed++) {
            double[] small = gradients(withSpectralRadius(1.2, new Random(page.seed() + seed)), 1e-9, page.random());
            double[] usual = gradients(withSpectralRadius(1.2, new Random(page.seed() + seed)), 0.5, page.random());
            for (int k = 0; k < STEPS; k++) {
                linear[k] += Math.log10(small[STEPS - 1 - k]) / seeds;
                damped[k] += Math.log10(usual[STEPS - 1 - k]) / seeds;
            }
        }
        page.figure(
                LineChart.of("steps back in time", "log10 of the gradient's size")
                        .line("inputs of 1e-9", linear)
                        .line("inputs of 0.5", damped)
                        .figure(
                                "The same networks with ρ = 1.2: inputs of usual size saturate tanh, and the gradient vanishes instead."));
        page.claim(
                        "With inputs of usual size the gradient never exceeds that of the linear network (largest difference of the logarithms).")
                .atMost(
                        IntStream.range(1, STEPS)
                                .mapToDouble(k -> damped[k] - linear[k])
                                .max()
                                .orElseThrow(),
                        0);
        page.claim("Over 59 steps it even shrinks, though ρ is 1.2 (log10).").atMost(damped[STEPS - 1] - damped[0], -1);

        page.text("""
                Is the gradient itself right? We move each input and each weight a little and look how the result moves.
                """);
        Random random = page.random();
        SimpleRnn rnn = new SimpleRnn(identity(), withSpectralRadius(1.2, random), Array.zeros(UNITS));
        Array sequence = Array.zeros(2, 5, UNITS).map(zero -> random.nextGaussian());
        Array outputGradient = Array.zeros(2, 5, UNITS).map(zero -> random.nextGaussian());
        GradientCheck check = GradientCheck.of(rnn, sequence, outputGradient);
        page.claim(String.format(
                        Locale.ROOT,
                        "%,d derivatives equal their finite differences (largest relative error).",
                        check.count()))
                .atMost(check.worst(), 1e-6);
    }
}
