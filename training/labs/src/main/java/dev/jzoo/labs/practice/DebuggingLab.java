package dev.jzoo.labs.practice;

import dev.jzoo.datasets.LabelledSignals;
import dev.jzoo.datasets.catalogue.Mnist1d;
import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Role;
import dev.jzoo.report.Scale;
import dev.jzoo.report.Table;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer.Phase;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.WeightInit;
import dev.jzoo.scratch.fitting.Fitting;
import dev.jzoo.scratch.fitting.FittingEpoch;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.losses.SoftmaxCrossEntropy;
import dev.jzoo.scratch.optimizers.AdamRule;
import java.util.List;
import java.util.Random;

/** Cheap checks before a long training, and the faults that each of them finds. */
public final class DebuggingLab implements Lab {

    private static final int CLASSES = 10;

    @Override
    public LabInfo info() {
        return new LabInfo(
                "debugging",
                "Debugging a training",
                "How can you tell a broken training from a slow one, before you wait for it?",
                Chapter.PRACTICE);
    }

    private static NeuralNetwork network(WeightInit last, long seed) {
        Random random = new Random(seed);
        return NeuralNetwork.of(
                DenseLayer.of(Mnist1d.LENGTH, 64, WeightInit.he(), random),
                Elementwise.relu(),
                DenseLayer.of(64, CLASSES, last, random));
    }

    private static Array inputs(LabelledSignals signals) {
        double[][] rows = new double[signals.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = signals.signal(i);
        }
        return Array.rows(rows);
    }

    private static double loss(NeuralNetwork network, Array x, Array t) {
        return new SoftmaxCrossEntropy().value(network.forward(x, Phase.INFERENCE), t);
    }

    /** Trains on all examples at once. */
    private static List<FittingEpoch> fit(NeuralNetwork network, Array x, Array t, int epochs) {
        return Fitting.of(network, new SoftmaxCrossEntropy(), new AdamRule())
                .rate(0.01)
                .batchSize(x.size(0))
                .epochs(epochs)
                .fit(x, t);
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                A network with a fault rarely fails. It trains, only worse, and hours later you do not know why. So check what you can
                know beforehand. The data are signals of MNIST-1D in ten classes.

                **Check 1: the initial loss.** A network that knows nothing should give each of $C$ classes the probability $1/C$. Its
                cross-entropy is then $-ln(1/C) = ln C = 2.303$. A far larger loss means that the last layer starts out too sure.
                """);
        LabelledSignals train = Mnist1d.generate(page.pick(300, 600, 4_000), 42);
        LabelledSignals test = Mnist1d.generate(page.pick(300, 1_000, 1_000), 43);
        Array x = inputs(train);
        Array t = SoftmaxCrossEntropy.oneHot(train.labels(), CLASSES);
        double small = loss(network(WeightInit.normal(0.01), page.seed()), x, t);
        double zero = loss(network(WeightInit.zero(), page.seed()), x, t);
        double large = loss(network(WeightInit.normal(1), page.seed()), x, t);
        page.table(Table.captioned("Loss before training; ln 10 = 2.302585.")
                .text("last layer")
                .decimal("initial loss", 6)
                .row("zeros", zero)
                .row("normal, deviation 0.01", small)
                .row("normal, deviation 1", large));
        page.claim("With zeros in the last layer the initial loss is ln 10.").near(zero, Math.log(10), 1e-12);
        page.claim("With small weights it is nearly ln 10.").near(small, Math.log(10), 0.02);
        page.claim("Large weights are found out by it.").atLeast(large, 2 * Math.log(10));

        page.text("""
                **Check 2: overfit one batch.** Twenty examples have twenty answers to learn by heart, and any network with
                enough weights can. If the loss does not go to zero, something is broken: a gradient, an update, a shape. Here the
                second network has a fault that is easy to make: its hidden units are dead. Their biases are so low that no ReLU is ever
                above zero, so no gradient flows to them.
                """);
        int[] first = new Random(page.seed()).ints(20, 0, train.size()).toArray();
        Array batch = x.take(first);
        Array answers = t.take(first);
        int epochs = page.pick(150, 300, 300);
        NeuralNetwork sound = network(WeightInit.xavier(), page.seed());
        NeuralNetwork dead = network(WeightInit.xavier(), page.seed());
        double[] biases = dead.weights().get(1).value().values();
        for (int i = 0; i < biases.length; i++) {
            biases[i] = -100;
        }
        double[] soundLoss = fit(sound, batch, answers, epochs).stream()
                .mapToDouble(FittingEpoch::loss)
                .toArray();
        double[] deadLoss = fit(dead, batch, answers, epochs).stream()
                .mapToDouble(FittingEpoch::loss)
                .toArray();
        page.figure(LineChart.of("step", "loss on one batch")
                .yScale(Scale.LOG)
                .line("sound", soundLoss)
                .line("dead units", deadLoss)
                .figure("One batch can be learned by heart, unless something is broken."));
        page.claim("The sound network learns the batch by heart (loss).").atMost(loss(sound, batch, answers), 0.02);
        page.claim("The dead one does not.").atLeast(loss(dead, batch, answers), 0.5);
        page.claim("The initial loss did not show the fault: it is below 4.").atMost(deadLoss[0], 4);

        page.text("""
                **Check 3: compare with the right answers shuffled.** A common fault pairs inputs with the wrong targets, for example by
                shuffling one array and not the other. Both checks above pass: the initial loss is right, and wrong answers can be
                learned by heart as well. What shows the fault is the accuracy on *new* examples: it is that of guessing.
                """);
        int[] order = train.labels();
        Random random = page.random();
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int label = order[j];
            order[j] = order[i];
            order[i] = label;
        }
        Array wrong = SoftmaxCrossEntropy.oneHot(order, CLASSES);
        NeuralNetwork right = network(WeightInit.xavier(), page.seed());
        NeuralNetwork mixed = network(WeightInit.xavier(), page.seed());
        NeuralNetwork memory = network(WeightInit.xavier(), page.seed());
        fit(memory, batch, wrong.take(first), epochs);
        int passes = page.pick(60, 100, 150);
        double[] rightLoss = fit(right, x, t, passes).stream()
                .mapToDouble(FittingEpoch::loss)
                .toArray();
        double[] mixedLoss = fit(mixed, x, wrong, passes).stream()
                .mapToDouble(FittingEpoch::loss)
                .toArray();
        double rightAccuracy = Fitting.accuracy(right, inputs(test), test.labels());
        double mixedAccuracy = Fitting.accuracy(mixed, inputs(test), test.labels());
        page.figure(LineChart.ofEpochs("training loss")
                .line(Role.TRAIN, "right targets", rightLoss)
                .line("shuffled targets", mixedLoss)
                .level("guessing, ln 10", Math.log(10))
                .figure("With shuffled targets the loss falls too: the network learns noise."));
        page.table(Table.captioned("Accuracy on new signals; guessing has 10 %.")
                .text("targets")
                .percent("accuracy", 1)
                .row("right", rightAccuracy)
                .row("shuffled", mixedAccuracy));
        page.claim("Shuffled targets of one batch are learned by heart as well (loss).")
                .atMost(loss(memory, batch, wrong.take(first)), 0.02);
        page.claim("But on new signals the accuracy is that of guessing.").atMost(mixedAccuracy, 0.17);
        page.claim("With right targets it is far better.").atLeast(rightAccuracy, 0.25);

        page.text("""
                **Check 4: compare gradients with differences.** A layer of your own can be wrong and still learn, only badly.
                Move one weight a little and compare the change of the loss with the gradient. We break one derivative on
                purpose, by leaving out its factor 2, and see whether the check notices.
                """);
        NeuralNetwork checked = network(WeightInit.xavier(), page.seed());
        SoftmaxCrossEntropy entropy = new SoftmaxCrossEntropy();
        checked.setGradients(entropy.gradient(checked.forward(batch, Phase.TRAINING), answers));
        Array values = checked.weights().get(2).value();
        double derivative = checked.weights().get(2).gradient().values()[7];
        double h = 1e-6;
        values.values()[7] += h;
        double above = loss(checked, batch, answers);
        values.values()[7] -= 2 * h;
        double below = loss(checked, batch, answers);
        values.values()[7] += h;
        double slope = (above - below) / (2 * h);
        page.claim("The gradient agrees with the difference (relative).")
                .atMost(Math.abs(derivative - slope) / Math.abs(slope), 1e-6);
        page.claim("Half of it does not (relative).").atLeast(Math.abs(derivative / 2 - slope) / Math.abs(slope), 0.4);
    }
}
