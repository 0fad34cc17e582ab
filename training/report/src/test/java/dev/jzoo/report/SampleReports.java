package dev.jzoo.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Two pages with invented numbers that look like those of real runs, for work on the style. Run {@link #main} with a folder, then
 * open mnist/index.html and airline/index.html in it.
 */
final class SampleReports {

    private static final double[][] STROKES = {
        {.3, .2, .7, .2, .75, .5, .7, .8, .3, .8, .25, .5, .3, .2},
        {.4, .3, .55, .15, .55, .85},
        {.3, .3, .5, .15, .7, .3, .65, .5, .3, .85, .75, .85},
        {.3, .2, .65, .2, .45, .47, .7, .65, .6, .82, .28, .8},
        {.6, .85, .6, .15, .25, .6, .78, .6},
        {.7, .17, .35, .17, .32, .47, .65, .5, .68, .75, .3, .83},
        {.65, .15, .35, .45, .3, .7, .5, .85, .7, .68, .5, .55, .33, .62},
        {.27, .2, .73, .2, .45, .85},
        {.5, .5, .3, .3, .5, .15, .7, .3, .5, .5, .28, .7, .5, .85, .72, .7, .5, .5},
        {.68, .35, .5, .5, .32, .33, .5, .15, .68, .3, .62, .85}
    };

    private SampleReports() {}

    public static void main(String[] folder) throws IOException {
        write(mnist(), Path.of(folder[0], "mnist"));
        write(airline(), Path.of(folder[0], "airline"));
    }

    private static void write(Report report, Path folder) throws IOException {
        Files.createDirectories(folder);
        System.out.println(Files.writeString(folder.resolve("index.html"), report.html()));
    }

    static Report mnist() {
        Random random = new Random(3);
        double[] trainLoss = decay(random, 20, 0.605, 0.265, 0.002);
        double[] testLoss = decay(random, 20, 0.375, 0.272, 0.003);
        double[] trainAccuracy =
                Arrays.stream(decay(random, 20, 89.27, 92.5, 0.05)).toArray();
        double[] testAccuracy =
                Arrays.stream(decay(random, 20, 90.24, 92.2, 0.09)).toArray();
        Figure loss = LineChart.ofEpochs("cross-entropy")
                .yScale(Scale.LOG)
                .line(Role.TRAIN, "train", trainLoss)
                .line(Role.TEST, "test", testLoss)
                .figure("Loss after each epoch; the training loss is the mean over the epoch.");
        Figure accuracy = LineChart.ofEpochs("accuracy [%]")
                .line(Role.TRAIN, "train", trainAccuracy)
                .line(Role.TEST, "test", testAccuracy)
                .level(Role.TEST, "course, test", 92.24)
                .figure("Accuracy after each epoch, and the course's figure after 20 epochs.");
        List<String> digits = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
        return Report.titled("mnist-logistic")
                .summary(
                        "Softmax regression on the pixels of MNIST: one linear layer of 784 × 10 weights, trained in Java with"
                                + " DJL, exported to ONNX and measured through ONNX Runtime.")
                .fact("Test accuracy", "92.21 %", "course: 92.24 %")
                .fact("Train accuracy", "92.48 %", "course: 92.50 %")
                .fact("ONNX parity", "2.4·10⁻⁷", "largest difference, batches of 1 and 7")
                .fact("Epochs", "20", "0.41 s each on 2 cores")
                .fact("Parameters", "7,850")
                .fact("Model file", "34 kB", "model.onnx, opset 17")
                .section("Training")
                .paragraph(
                        "Stochastic gradient descent at learning rate 0.1 in batches of 100, in an order that seed 42 fixes.")
                .figures(loss, accuracy)
                .section("What it confuses")
                .figure(ConfusionMatrix.of(digits, confusion(random))
                        .figure("10,000 test pictures. Rows are the truth, percentages are of the row."))
                .section("Most confident mistakes")
                .pictures(mistakes(random))
                .section("How sure it is")
                .figure(Histogram.of("confidence", 0, 1, 20)
                        .height(Histogram.Height.SHARE)
                        .values(Role.RIGHT, "right", confidences(random, 9221, 5))
                        .values(Role.WRONG, "wrong", confidences(random, 779, 1.2))
                        .figure("Share of right and of wrong predictions by their confidence."))
                .section("Again")
                .verbatim("./jzoo train mnist-logistic --engine djl --seed 42");
    }

    static Report airline() {
        YearMonth start = YearMonth.of(1949, 1);
        Random random = new Random(5);
        double[] truth =
                IntStream.range(0, 156).mapToDouble(i -> passengers(i, random)).toArray();
        double[] known = Arrays.copyOf(truth, 144);
        return Report.titled("airline-lstm")
                .summary(
                        "An LSTM with 4 units that looks one month back, on the monthly totals of international airline"
                                + " passengers, 1949 to 1960.")
                .fact("RMSE test", "49.87", "course: 50.21")
                .fact("RMSE train", "22.90", "course: 22.76")
                .fact("Persistence", "48.66", "RMSE test of repeating the last month")
                .fact("ONNX parity", "1.1·10⁻⁶", "largest difference to ONNX Runtime")
                .section("Forecast")
                .figure(ForecastChart.ofMonths("passengers [thousands]", start, known)
                        .fitted("LSTM on train", 1, lagged(truth, 1, 95, random))
                        .forecast("LSTM on test", 97, lagged(truth, 97, 143, random))
                        .baseline("persistence", 97, Arrays.copyOfRange(truth, 96, 143))
                        .baseline("AR(1)", 97, lagged(truth, 97, 144, new Random(8)))
                        .future("next 12 months", 144, Arrays.copyOfRange(truth, 144, 156))
                        .split(96)
                        .figure("One-step predictions, and 12 months beyond the data."))
                .section("Beside the baselines")
                .table(Table.captioned("Root mean squared error in thousands of passengers; lower is better.")
                        .text("method")
                        .decimal("train", 2)
                        .decimal("test", 2)
                        .whole("parameters")
                        .row("LSTM(4), median of 5 seeds", 22.90, 49.87, 101)
                        .row("persistence", 23.18, 48.66, 0)
                        .row("AR(1)", 22.72, 48.76, 2)
                        .row("seasonal naive", "", 41.85, 0))
                .paragraph(
                        "With one month to look at, no method here beats repeating that month by more than seeds differ.")
                .section("Training")
                .figure(LineChart.ofEpochs("mean squared error")
                        .yScale(Scale.LOG)
                        .line(Role.TRAIN, "train", decay(random, 100, 0.0464, 0.002, 0.00005))
                        .figure("Loss on the scaled series."));
    }

    private static double[] decay(Random random, int n, double from, double to, double noise) {
        return IntStream.range(0, n)
                .mapToDouble(i -> to + (from - to) * Math.exp(-i * 4.0 / n) + noise * random.nextGaussian())
                .toArray();
    }

    private static long[][] confusion(Random random) {
        long[][] counts = new long[10][10];
        int[] totals = {980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009};
        for (int truth = 0; truth < 10; truth++) {
            for (int i = 0; i < totals[truth]; i++) {
                int like = (truth * 7 + 2) % 10;
                int guess = random.nextInt(3) > 0 ? like : random.nextInt(10);
                counts[truth][random.nextDouble() < 0.93 ? truth : guess]++;
            }
        }
        return counts;
    }

    private static double[] confidences(Random random, int n, double sharpness) {
        return IntStream.range(0, n)
                .mapToDouble(i -> 1 - 0.8 * Math.pow(random.nextDouble(), sharpness))
                .toArray();
    }

    private static List<CaptionedPicture> mistakes(Random random) {
        List<CaptionedPicture> pictures = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int truth = random.nextInt(10);
            int guess = (truth + 1 + random.nextInt(9)) % 10;
            String caption = truth + " predicted as " + guess + " (0." + (99 - i) + ")";
            pictures.add(CaptionedPicture.of(caption, digit(STROKES[truth], random), 28, 28, 1));
        }
        return pictures;
    }

    /** Returns a digit as a polyline, white on black, with noise on its corners. */
    private static byte[] digit(double[] corners, Random random) {
        double[] bent = Arrays.stream(corners)
                .map(c -> 28 * (c + 0.04 * random.nextGaussian()))
                .toArray();
        byte[] pixels = new byte[28 * 28];
        for (int i = 0; i < pixels.length; i++) {
            double nearest = 28;
            for (int c = 0; c + 3 < bent.length; c += 2) {
                nearest = Math.min(
                        nearest,
                        java.awt.geom.Line2D.ptSegDist(
                                bent[c], bent[c + 1], bent[c + 2], bent[c + 3], i % 28, i / 28.0));
            }
            pixels[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, 2.2 - nearest)));
        }
        return pixels;
    }

    private static double passengers(int month, Random random) {
        double season = Math.sin((month - 3) * Math.PI / 6) + 0.4 * Math.sin((month - 1) * Math.PI / 3);
        return Math.round((110 + 2.6 * month) * (1 + 0.16 * season) + 6 * random.nextGaussian());
    }

    private static double[] lagged(double[] truth, int from, int to, Random random) {
        return IntStream.range(from, to)
                .mapToDouble(i -> 12 + 0.96 * truth[i - 1] + 4 * random.nextGaussian())
                .toArray();
    }
}
