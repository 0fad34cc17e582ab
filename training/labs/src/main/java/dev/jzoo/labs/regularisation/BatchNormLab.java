package dev.jzoo.labs.regularisation;

import dev.jzoo.datasets.LabelledSignals;
import dev.jzoo.datasets.catalogue.Mnist1d;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Table;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.WeightInit;
import dev.jzoo.scratch.fitting.Fitting;
import dev.jzoo.scratch.fitting.FittingEpoch;
import dev.jzoo.scratch.layers.BatchNorm;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.losses.SoftmaxCrossEntropy;
import dev.jzoo.scratch.optimizers.SgdRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/** Batch normalisation in a deep classifier: a sweep of the learning rate, with and without it. */
public final class BatchNormLab implements Lab {

    private static final double[] RATES = {0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10};

    /** The two kinds of network that race. */
    private enum Normalising {
        PLAIN("plain"),
        BATCH_NORM("batch normalisation");

        final String shown;

        Normalising(String shown) {
            this.shown = shown;
        }
    }

    @Override
    public LabInfo info() {
        return new LabInfo(
                "batch-norm",
                "Batch normalisation",
                "Why does a network with batch normalisation bear a larger learning rate?",
                Chapter.REGULARISATION);
    }

    /** Creates a network of forty values, six hidden layers of 50 units, ten classes. */
    private static NeuralNetwork network(Normalising normalising, Random random) {
        List<NeuralLayer> layers = new ArrayList<>();
        for (int k = 0; k < 6; k++) {
            layers.add(DenseLayer.of(k == 0 ? 40 : 50, 50, WeightInit.he(), random));
            if (normalising == Normalising.BATCH_NORM) {
                layers.add(new BatchNorm(50, 0.9, 1e-5));
            }
            layers.add(Elementwise.relu());
        }
        layers.add(DenseLayer.of(50, 10, WeightInit.he(), random));
        return new NeuralNetwork(layers);
    }

    /** Returns the largest rate with a loss clearly below that of a guess. */
    private static double largestRate(double[] losses) {
        return IntStream.range(0, RATES.length)
                .filter(r -> losses[r] < Math.log(10) - 0.2)
                .mapToDouble(r -> RATES[r])
                .max()
                .orElse(0);
    }

    /** Returns the lowest loss that is a number. */
    private static double best(double[] losses) {
        return Arrays.stream(losses).filter(Double::isFinite).min().orElse(Double.POSITIVE_INFINITY);
    }

    @Override
    public void run(LabPage page) throws IOException {
        page.text("""
                Each layer learns from inputs that the layers before it keep changing. **Batch normalisation** (Ioffe and Szegedy, 2015)
                fixes mean and variance of each unit's sum within the batch. Then it lets the network choose both.

                $$hat(x) = (x - mu)/sqrt(s^2 + epsilon)$$

                $$y = gamma hat(x) + beta$$

                Training starts with $gamma = 1$ and $beta = 0$. Each unit then has mean 0 and variance 1, whatever the weights before it.
                """);
        BatchNorm layer = new BatchNorm(3, 0.9, 1e-5);
        Random random = page.random();
        Array sums = Array.zeros(200, 3);
        for (int i = 0; i < 200; i++) {
            for (int j = 0; j < 3; j++) {
                sums.set(10 * j + Math.pow(10, j) * random.nextGaussian(), i, j);
            }
        }
        Array normalised = layer.forward(sums, NeuralLayer.Phase.TRAINING);
        double worstMean = 0;
        double worstVariance = 0;
        for (int j = 0; j < 3; j++) {
            double mean = 0;
            double square = 0;
            for (int i = 0; i < 200; i++) {
                mean += normalised.get(i, j) / 200;
                square += normalised.get(i, j) * normalised.get(i, j) / 200;
            }
            worstMean = Math.max(worstMean, Math.abs(mean));
            worstVariance = Math.max(worstVariance, Math.abs(square - mean * mean - 1));
        }
        page.claim("Units with deviations of 1, 10 and 100 leave the layer with mean 0 (largest distance).")
                .atMost(worstMean, 1e-12);
        page.claim("And with variance 1 (largest distance, due to ε).").atMost(worstVariance, 1e-4);

        page.text("""
                The gain is the learning rate. If a step makes the weights before a normalised sum twice as large, the output does not change
                at all, and the gradient becomes half as large: $y(a w) = y(w)$ and $nabla L (a w) = 1/a nabla L(w)$. Too large a step
                thus makes the next ones smaller, where a plain network explodes. The advantage in the loss itself depends on the time: a plain
                network at its best rate catches up later. We train a classifier with six hidden layers
                on MNIST-1D, with both kinds of layers, over four powers of ten of the rate.
                """);
        LabelledSignals train = Mnist1d.generate(page.pick(100, 500, 1_000), 1);
        Array x = SignalArrays.of(train);
        Array t = SoftmaxCrossEntropy.oneHot(train.labels(), 10);
        int epochs = page.pick(5, 10, 20);
        int seeds = page.pick(1, 1, 3);
        double[] plain = new double[RATES.length];
        double[] withNorm = new double[RATES.length];
        List<Frame> frames = new ArrayList<>();
        for (int r = 0; r < RATES.length; r++) {
            LineChart chart = LineChart.ofEpochs("cross-entropy");
            for (Normalising kind : Normalising.values()) {
                double[] curve = new double[epochs];
                for (int seed = 0; seed < seeds; seed++) {
                    NeuralNetwork network = network(kind, new Random(page.seed() + seed));
                    List<FittingEpoch> history = Fitting.of(network, new SoftmaxCrossEntropy(), new SgdRule())
                            .rate(RATES[r])
                            .batchSize(50)
                            .epochs(epochs)
                            .fit(x, t);
                    for (int i = 0; i < epochs; i++) {
                        curve[i] += history.get(i).loss() / seeds;
                    }
                }
                (kind == Normalising.BATCH_NORM ? withNorm : plain)[r] = curve[epochs - 1];
                // a line ends where its loss is no longer a number
                double[] drawn =
                        Arrays.stream(curve).takeWhile(loss -> loss < 5).toArray();
                chart.line(kind.shown, drawn.length == 0 ? new double[] {5} : drawn);
            }
            frames.add(new Frame(
                    Double.toString(RATES[r]),
                    chart.level("guessing, ln 10", Math.log(10))
                            .figure("A line ends where its loss exceeds 5 or overflows.")));
        }
        page.figure(Frames.of("learning rate", frames).choose(4));
        Table table = Table.captioned("Loss after " + epochs + " epochs, mean of " + seeds + ".")
                .significant("learning rate")
                .text("plain")
                .text("with batch normalisation");
        for (int r = 0; r < RATES.length; r++) {
            table.row(
                    RATES[r],
                    String.format(Locale.ROOT, "%.3f", plain[r]),
                    String.format(Locale.ROOT, "%.3f", withNorm[r]));
        }
        page.table(table);
        page.claim("The largest rate that still learns is at least three times as large (ratio).")
                .atLeast(largestRate(withNorm) / largestRate(plain), 3);
        page.claim("Batch normalisation also ends at a lower loss, each at its best rate (ratio).")
                .atMost(best(withNorm) / best(plain), 1);
        page.claim("It still learns at rate 3: the loss is below that of a guess.")
                .atMost(withNorm[6], Math.log(10) - 0.2);

        page.text("""
                In use, the batch's own mean would make an answer depend on the company it is in. Running averages take its place, and then the
                whole layer is $a x + b$ with constants: it can be **folded** into the weights before it and costs nothing. The
                exporter does so, and ONNX Runtime checks it.
                """);
        NeuralNetwork trained = network(Normalising.BATCH_NORM, page.random());
        Fitting.of(trained, new SoftmaxCrossEntropy(), new SgdRule())
                .rate(0.1)
                .batchSize(50)
                .epochs(5)
                .fit(x, t);
        OnnxExporter.Exported whole = OnnxExporter.of(trained).export();
        OnnxExporter.Exported folded =
                OnnxExporter.of(trained).foldBatchNormalization().export();
        page.print(
                "%d nodes, folded %d", whole.report().nodes(), folded.report().nodes());
        page.claim("Folding removes the six nodes of batch normalisation.")
                .equal(whole.report().nodes() - folded.report().nodes(), 6);
        Array own = trained.forward(x, NeuralLayer.Phase.INFERENCE);
        double scale = Arrays.stream(own.values()).map(Math::abs).max().orElseThrow();
        page.claim("The folded model's outputs equal the network's (largest difference by the largest output).")
                .atMost(OnnxOutputs.difference(OnnxOutputs.of(folded.file(), x), own) / scale, 1e-5);
    }
}
