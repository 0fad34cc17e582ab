package dev.jzoo.labs.initialisation;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Table;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.Weight;
import dev.jzoo.scratch.WeightInit;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.losses.PointwiseLoss;
import dev.jzoo.scratch.optimizers.SgdRule;
import java.util.Random;
import java.util.stream.IntStream;

/** A ReLU network that starts at zero never moves. */
public final class ZeroInitReluLab implements Lab {

    private static final int UNITS = 10;

    @Override
    public LabInfo info() {
        return new LabInfo(
                "zero-init-relu",
                "All weights zero, with ReLU",
                "What does a ReLU network learn if all its weights start at zero?",
                Chapter.INITIALISATION);
    }

    /** Creates a network of two inputs, ten ReLU units and one output, the logit of class 1. */
    private static NeuralNetwork network(WeightInit init, Random random) {
        return NeuralNetwork.of(
                DenseLayer.of(2, UNITS, init, random), Elementwise.relu(), DenseLayer.of(UNITS, 1, init, random));
    }

    /** Trains with full batches and returns the loss of each epoch. */
    private static double[] train(NeuralNetwork network, PlanePoints points, int epochs) {
        double[] losses = new double[epochs];
        SgdRule sgd = new SgdRule();
        for (int epoch = 0; epoch < epochs; epoch++) {
            Array y = network.forward(points.inputs(), NeuralLayer.Phase.TRAINING);
            losses[epoch] = PointwiseLoss.SIGMOID_CROSS_ENTROPY.value(y, points.targets());
            network.backward(PointwiseLoss.SIGMOID_CROSS_ENTROPY.gradient(y, points.targets()));
            sgd.step(network.weights(), 0.5);
        }
        return losses;
    }

    private static double largest(Weight weight) {
        double largest = 0;
        for (double value : weight.value().values()) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                Zero looks like a modest first guess: no opinion about anything. For a network with one hidden layer,
                $h = ReLU(W x + b)$ and $y = sigma(v^T h + c)$, it is the one point that gradient descent can never leave. Let
                $delta = y - t$. The gradients are

                $$(del L)/(del v_j) = delta h_j, "and" (del L)/(del w_j) = delta v_j ReLU'(w_j^T x + b_j) x$$

                All $h_j$ are 0, so the gradient of $v$ is 0. All $v_j$ are 0, so the gradient of $W$ is 0. Each layer waits for the
                other. Only the output's bias $c$ learns: it finds the share of the classes.
                """);
        PlanePoints all = PlanePoints.moons(page.pick(100, 200, 200), 0.1, page.random());
        PlanePoints points =
                all.take(IntStream.range(0, all.size()).filter(i -> i % 4 != 3).toArray()); // a third in class 1
        int epochs = page.pick(300, 1_000, 3_000);
        NeuralNetwork zero = network(WeightInit.zero(), page.random());
        double[] zeroLosses = train(zero, points, epochs);
        String[] names = {"W", "b", "v", "c"};
        Table table = Table.captioned("Weights after " + epochs + " epochs of training from zero.")
                .text("weight")
                .significant("largest absolute value");
        for (int i = 0; i < 4; i++) {
            table.row(names[i], largest(zero.weights().get(i)));
        }
        page.table(table);
        for (int i = 0; i < 3; i++) {
            page.claim("Every number in " + names[i] + " is still exactly 0 (largest absolute value).")
                    .near(largest(zero.weights().get(i)), 0, 0);
        }
        page.claim("The output's bias is the logit of the share of class 1, ln(1/3 / 2/3) = -ln 2.")
                .near(zero.weights().get(3).value().get(0), -Math.log(2), 1e-3);

        page.text("""
                So the network predicts $1/3$ for every point, and its loss ends at the entropy of the classes,
                $- 1/3 ln (1//3) - 2/3 ln (2//3) = 0.637$. Random He weights break the deadlock, and the same network learns.
                """);
        NeuralNetwork random = network(WeightInit.he(), page.random());
        double[] randomLosses = train(random, points, epochs);
        page.figure(
                LineChart.ofEpochs("cross-entropy")
                        .line("zero weights", zeroLosses)
                        .line("He weights", randomLosses)
                        .figure(
                                "Two classes like moons, one of them twice as frequent. From zero, the network learns only that."));
        double entropy = -Math.log(1 / 3.0) / 3 - 2 * Math.log(2 / 3.0) / 3;
        page.claim("From zero, the loss ends at the entropy of the classes.")
                .near(zeroLosses[epochs - 1], entropy, 1e-5);
        page.claim("From He weights, it ends below half of that.").atMost(randomLosses[epochs - 1], entropy / 2);

        page.text("""
                It is not only ReLU's slope of 0 at 0. Biases above 0 switch all units on, and still nothing but symmetry happens: the
                units stay copies of each other. That is the [next lab](zero-init-sigmoid.html).
                """);
    }
}
