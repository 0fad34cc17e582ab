package dev.jzoo.labs.backpropagation;

import dev.jzoo.datasets.NumericTable;
import dev.jzoo.datasets.Provenance;
import dev.jzoo.datasets.catalogue.Admissions;
import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.labs.LabSize;
import dev.jzoo.numerics.LeastSquares;
import dev.jzoo.report.ScatterChart;
import dev.jzoo.report.Table;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer.Phase;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.losses.PointwiseLoss;
import dev.jzoo.scratch.optimizers.AdamRule;
import dev.jzoo.scratch.optimizers.AdamWRule;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A network against linear regression on a small table. */
public final class GraduateAdmissionsLab implements Lab {

    private static final int TRAIN = 320;

    @Override
    public LabInfo info() {
        return new LabInfo(
                "graduate-admissions",
                "A network against a straight line",
                "Does a neural network beat linear regression on a table of 400 rows?",
                Chapter.BACKPROPAGATION);
    }

    /** Returns an invented table of the same form with a known rule: a linear part, a bend and noise. */
    private static NumericTable inventedTable(Random random) {
        double[][] rows = new double[400][8];
        for (double[] row : rows) {
            for (int column = 0; column < 7; column++) {
                row[column] = random.nextGaussian();
            }
            row[7] = row[0] + 0.5 * row[5] + Math.abs(row[1]) + 0.3 * random.nextGaussian();
        }
        Sha256 digest = Sha256.of(Arrays.deepToString(rows).getBytes(StandardCharsets.UTF_8));
        List<String> columns = Stream.concat(Admissions.FEATURES.stream(), Stream.of(Admissions.TARGET))
                .toList();
        return NumericTable.of(columns, rows, new Provenance("invented", "all", digest, "Computed."));
    }

    /** Moves and scales each column so that it has mean 0 and deviation 1 in the rows to train on. */
    private static double[][] standardise(double[][] rows, double[][] train) {
        double[][] result = new double[rows.length][train[0].length];
        for (int c = 0; c < train[0].length; c++) {
            int column = c;
            double mean = Arrays.stream(train)
                    .mapToDouble(row -> row[column])
                    .average()
                    .orElseThrow();
            double deviation = Math.sqrt(Arrays.stream(train)
                    .mapToDouble(row -> (row[column] - mean) * (row[column] - mean))
                    .average()
                    .orElseThrow());
            for (int i = 0; i < rows.length; i++) {
                result[i][c] = (rows[i][c] - mean) / deviation; // $(x - mu)/sigma$
            }
        }
        return result;
    }

    /** Returns the share of the variance that predictions explain. */
    private static double rSquared(double[] truth, double[] predicted) {
        double mean = Arrays.stream(truth).average().orElseThrow();
        double residual = 0;
        double total = 0;
        for (int i = 0; i < truth.length; i++) {
            residual += Math.pow(truth[i] - predicted[i], 2);
            total += Math.pow(truth[i] - mean, 2);
        }
        return 1 - residual / total; // $R^2 = 1 - (sum_i (t_i - y_i)^2)/(sum_i (t_i - bar(t))^2)$
    }

    /** Trains 7-16-1 with tanh and decayed weights, with batches of 16, and returns its predictions for other rows. */
    private static double[] trainedNetwork(double[][] x, double[] t, double[][] other, int epochs, Random random) {
        double mean = Arrays.stream(t).average().orElseThrow();
        NeuralNetwork network = NeuralNetwork.of(
                new DenseLayer(Array.zeros(7, 16).map(zero -> random.nextGaussian() / Math.sqrt(7)), Array.zeros(16)),
                Elementwise.tanh(),
                new DenseLayer(Array.zeros(16, 1).map(zero -> random.nextGaussian() / 4), Array.zeros(1)));
        AdamWRule adamW = new AdamWRule(new AdamRule(), 0.1);
        int steps = epochs * (x.length / 16);
        for (int step = 0; step < steps; step++) {
            int[] batch = random.ints(16, 0, x.length).toArray();
            Array targets =
                    Array.of(Arrays.stream(batch).mapToDouble(i -> t[i] - mean).toArray(), 16, 1);
            Array outputs = network.forward(Array.rows(x).take(batch), Phase.TRAINING);
            network.backward(PointwiseLoss.MEAN_SQUARED_ERROR.gradient(outputs, targets));
            adamW.step(network.weights(), 0.01 * (1 - (double) step / steps));
        }
        return network.forward(Array.rows(other), Phase.INFERENCE)
                .map(y -> y + mean)
                .values();
    }

    /** The targets of the test rows of a split, and what both models predict. */
    private record TwoPredictions(double[] truth, double[] linear, double[] network) {

        static TwoPredictions of(NumericTable table, long seed, int epochs) {
            NumericTable.TableSplit parts = table.split(TRAIN, seed);
            double[][] raw = parts.train().columns(Admissions.FEATURES);
            double[][] x = standardise(raw, raw);
            double[][] other = standardise(parts.test().columns(Admissions.FEATURES), raw);
            double[] t = parts.train().column(Admissions.TARGET);
            return new TwoPredictions(
                    parts.test().column(Admissions.TARGET),
                    LeastSquares.fit(x, t).predict(other),
                    trainedNetwork(x, t, other, epochs, new Random(seed)));
        }
    }

    @Override
    public void run(LabPage page) throws IOException {
        page.text("""
                The table has one row for each of 400 applicants to graduate schools: seven features (test scores, grade average, ratings,
                research) and the applicant's own estimate of the chance of admission. It is one of the first examples in many courses,
                and the question that they leave out is the one that matters: is a network any *better* than a straight line?

                $R^2$ is the share of the variance that a model explains: 1 is perfect, and 0 is as good as always predicting the mean.
                With 80 test rows it depends on luck which rows these are, so one split proves little. We take several, and train both
                models on the same 320 rows of each. (The smallest size of this lab works offline: it uses an invented table of the
                same form.)
                """);
        NumericTable table = page.size() == LabSize.SMALLEST
                ? inventedTable(page.random())
                : Admissions.table(page.data(), ProgressListener.NONE);
        int splits = page.pick(2, 5, 20);
        int epochs = page.pick(20, 60, 60);
        Table results = Table.captioned("R² on the 80 test rows of each split.")
                .text("split")
                .decimal("linear regression", 3)
                .decimal("network", 3)
                .decimal("difference", 3);
        double[] linear = new double[splits];
        double[] network = new double[splits];
        double[] differences = new double[splits];
        ScatterChart chart = ScatterChart.of("chance of admission", "prediction");
        for (int split = 0; split < splits; split++) {
            TwoPredictions both = TwoPredictions.of(table, page.seed() + split, epochs);
            linear[split] = rSquared(both.truth(), both.linear());
            network[split] = rSquared(both.truth(), both.network());
            differences[split] = network[split] - linear[split];
            results.row(Integer.toString(split + 1), linear[split], network[split], differences[split]);
            if (split == 0) {
                chart.points("linear regression", both.truth(), both.linear());
                chart.points("network", both.truth(), both.network());
            }
        }
        double meanLinear = Arrays.stream(linear).average().orElseThrow();
        double meanNetwork = Arrays.stream(network).average().orElseThrow();
        double mean = meanNetwork - meanLinear;
        double squares =
                Arrays.stream(differences).map(d -> (d - mean) * (d - mean)).sum();
        double deviation = Math.sqrt(squares / (splits - 1));
        page.table(results);
        page.print("mean R²: linear regression %.3f, network %.3f", meanLinear, meanNetwork);
        page.print("network - linear: %.3f, standard deviation %.3f over %d splits", mean, deviation, splits);
        page.figure(chart.figure("Predictions of both models for the test rows of the first split."));
        page.claim("On average the network reaches the R² of linear regression less 0.02 (difference).")
                .atLeast(mean, -0.02);
        page.claim("Linear regression explains more than half of the variance (mean R²).")
                .atLeast(meanLinear, 0.5);

        page.text("""
                On such a table the two models are close to each other. The features are few, and the target rises nearly in a straight
                line with each of them, so there is little for hidden units to find. The network has eighteen times as many weights for
                320 rows, and needs *weight decay* to stay as calm as the line. The lesson: always train the simple model, too.

                Does the network find a bend where there is one? In the invented table the target contains $|x_2|$, which no line can
                follow.
                """);
        TwoPredictions invented = TwoPredictions.of(inventedTable(page.random()), page.seed(), epochs);
        double straight = rSquared(invented.truth(), invented.linear());
        double bent = rSquared(invented.truth(), invented.network());
        page.print("invented table: R² of linear regression %.3f, of the network %.3f", straight, bent);
        page.claim("Here the network is clearly better (difference of R²).").atLeast(bent - straight, 0.05);
    }
}
