package dev.jzoo.labs.backpropagation;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Scale;
import java.util.Random;

/** A network with one hidden layer learns XOR; the same network with a linear activation cannot. */
public final class XorMlpLab implements Lab {

    private static final double[][] INPUTS = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};

    private static final double[] TARGETS = {0, 1, 1, 0};

    /** The activation of the hidden units and its derivative, both as functions of the activation's input. */
    private enum Bend {
        TANH,
        LINEAR;

        double of(double z) {
            return this == TANH ? Math.tanh(z) : z;
        }

        double derivative(double z) {
            return this == TANH ? 1 - Math.tanh(z) * Math.tanh(z) : 1; // $tanh'(z) = 1 - tanh^2(z)$
        }
    }

    /** A network of 2 inputs, some hidden units and 1 output, with its gradient. */
    private static final class XorNetwork {
        final Bend bend;
        final double[][] w; // $h_j = f(w_(j,0) + w_(j,1) x_1 + w_(j,2) x_2)$
        final double[] v; // $y = sigma(v_0 + sum_j v_j h_j)$

        XorNetwork(int units, Bend bend, Random random) {
            this.bend = bend;
            w = new double[units][3];
            v = new double[units + 1];
            for (double[] unit : w) {
                for (int i = 0; i < 3; i++) {
                    unit[i] = random.nextGaussian();
                }
            }
            for (int j = 0; j < v.length; j++) {
                v[j] = random.nextGaussian();
            }
        }

        double input(int j, double[] x) {
            return w[j][0] + w[j][1] * x[0] + w[j][2] * x[1];
        }

        double predict(double[] x) {
            double sum = v[0];
            for (int j = 0; j < w.length; j++) {
                sum += v[j + 1] * bend.of(input(j, x));
            }
            return 1 / (1 + Math.exp(-sum));
        }

        /** Takes one step of gradient descent on one example. */
        void learn(double[] x, double target, double rate) {
            double output = predict(x) - target; // $(del L)/(del z) = y - t$ for cross-entropy
            for (int j = 0; j < w.length; j++) {
                double z = input(j, x);
                double hidden = output * v[j + 1] * bend.derivative(z); // chain rule, one layer back
                v[j + 1] -= rate * output * bend.of(z);
                w[j][0] -= rate * hidden;
                w[j][1] -= rate * hidden * x[0];
                w[j][2] -= rate * hidden * x[1];
            }
            v[0] -= rate * output;
        }

        int correct() {
            int correct = 0;
            for (int i = 0; i < 4; i++) {
                correct += (predict(INPUTS[i]) > 0.5) == (TARGETS[i] > 0.5) ? 1 : 0;
            }
            return correct;
        }

        /** Returns the mean cross-entropy of the four examples. */
        double loss() {
            double sum = 0;
            for (int i = 0; i < 4; i++) {
                double y = predict(INPUTS[i]);
                sum -= TARGETS[i] * Math.log(y) + (1 - TARGETS[i]) * Math.log(1 - y);
            }
            return sum / 4;
        }
    }

    @Override
    public LabInfo info() {
        return new LabInfo(
                "xor-mlp",
                "XOR needs a hidden layer",
                "Why can a network with one hidden layer learn what a single neuron cannot?",
                Chapter.BACKPROPAGATION);
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                XOR is 1 where exactly one input is 1. No straight line separates its two classes, so one neuron fails. A hidden layer
                bends the plane first: each hidden unit computes $h_j = tanh(w_(j,0) + w_(j,1) x_1 + w_(j,2) x_2)$, and the output
                neuron separates the classes in the space of the $h_j$.
                """);
        int epochs = page.pick(1_500, 3_000, 3_000);
        int seeds = page.pick(3, 10, 20);
        int solved = 0;
        double[] losses = new double[epochs];
        for (int seed = 0; seed < seeds; seed++) {
            XorNetwork network = new XorNetwork(8, Bend.TANH, new Random(page.seed() + seed));
            for (int epoch = 0; epoch < epochs; epoch++) {
                for (int i = 0; i < 4; i++) {
                    network.learn(INPUTS[i], TARGETS[i], 0.3);
                }
                losses[epoch] += network.loss() / seeds;
            }
            solved += network.correct() == 4 ? 1 : 0;
        }
        page.claim("Every network of eight tanh units learns all four examples (number of seeds).")
                .equal(solved, seeds);

        page.text("""
                Now leave everything as it is, except that the hidden units are linear: $f(z) = z$. Two linear maps in a row are one
                linear map, $v^T (W x) = (v^T W) x$. So the hidden layer adds nothing, and at most three of four examples are right.
                """);
        int best = 0;
        double[] linear = new double[epochs];
        for (int seed = 0; seed < seeds; seed++) {
            XorNetwork network = new XorNetwork(8, Bend.LINEAR, new Random(page.seed() + seed));
            for (int epoch = 0; epoch < epochs; epoch++) {
                for (int i = 0; i < 4; i++) {
                    network.learn(INPUTS[i], TARGETS[i], 0.05);
                }
                best = Math.max(best, network.correct());
                linear[epoch] += network.loss() / seeds;
            }
        }
        page.figure(LineChart.ofEpochs("mean cross-entropy")
                .yScale(Scale.LOG)
                .line("tanh", losses)
                .line("linear", linear)
                .level("guessing, ln 2", Math.log(2))
                .figure("The linear network stays at the loss of a guess. The bent one solves XOR."));
        page.claim("With a linear activation no network is ever right on all four examples (most correct).")
                .atMost(best, 3);
        page.claim("Its loss does not fall below that of a guess, ln 2.")
                .atLeast(linear[epochs - 1], Math.log(2) - 1e-9);
    }
}
