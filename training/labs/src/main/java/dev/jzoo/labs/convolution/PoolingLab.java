package dev.jzoo.labs.convolution;

import dev.jzoo.datasets.catalogue.ProceduralDigits;
import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.report.BarChart;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Table;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.NeuralLayer.Phase;
import dev.jzoo.scratch.layers.AveragePool2d;
import dev.jzoo.scratch.layers.MaxPool2d;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Max, average and global pooling: what they keep, and how little they change when a picture moves by a pixel. */
public final class PoolingLab implements Lab {

    @Override
    public LabInfo info() {
        return new LabInfo(
                "pooling",
                "Pooling forgets where",
                "How much does a pooled map change when the picture moves by one pixel?",
                Chapter.CONVOLUTION);
    }

    private static double largest(Array a) {
        return Arrays.stream(a.values()).map(Math::abs).max().orElse(0);
    }

    /** Returns the number of pixels with a gradient. */
    private static long reached(Array gradient) {
        return Arrays.stream(gradient.values()).filter(value -> value != 0).count();
    }

    /** Returns the relative change of a layer's output when its input moves to the right. */
    private static double change(NeuralLayer layer, Array pictures, int right) {
        Array before = layer.forward(pictures, Phase.INFERENCE);
        Array after = layer.forward(PictureSurface.shifted(pictures, 0, right), Phase.INFERENCE);
        return after.minus(before).norm() / before.norm(); // $||f(T x) - f(x)|| / ||f(x)||$
    }

    /** Returns the share of the places of one bright point at which its max-pooled map does not notice a move by one pixel. */
    private static double unmoved(int window) {
        int size = 6 * window;
        int same = 0;
        for (int place = 0; place < 5 * window; place++) {
            Array point = Array.zeros(1, 1, size, size);
            point.set(1, 0, 0, size / 2, place);
            same += change(new MaxPool2d(window, window), point, 1) == 0 ? 1 : 0;
        }
        return same / (5.0 * window);
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                Pooling replaces each window of a map by one number: its largest value, or its mean. It has no weights. It makes the map
                smaller, so that the next layers are cheaper and see more of the picture. **Global** pooling takes the whole map as
                one window. First of all, are the layers right? ONNX Runtime knows all of them.
                """);
        int count = page.pick(20, 100, 500);
        Array digits = PictureSurface.batch(ProceduralDigits.generate(count, page.seed()), 0, count);
        for (int k = 2; k <= 4; k += 2) {
            RuntimeOperator max =
                    RuntimeOperator.named("MaxPool").with("kernel_shape", k, k).with("strides", k, k);
            RuntimeOperator mean = RuntimeOperator.named("AveragePool")
                    .with("kernel_shape", k, k)
                    .with("strides", k, k);
            page.claim("Max-pooling with windows of " + k + " equals ONNX Runtime (largest difference).")
                    .atMost(
                            largest(new MaxPool2d(k, k)
                                    .forward(digits, Phase.INFERENCE)
                                    .minus(max.run(digits))),
                            1e-6);
            page.claim("And so does average pooling.")
                    .atMost(
                            largest(new AveragePool2d(k, k)
                                    .forward(digits, Phase.INFERENCE)
                                    .minus(mean.run(digits))),
                            1e-6);
        }
        page.claim("Average pooling with a window of 28 is ONNX's GlobalAveragePool.")
                .atMost(
                        largest(new AveragePool2d(28, 28)
                                .forward(digits, Phase.INFERENCE)
                                .minus(RuntimeOperator.named("GlobalAveragePool")
                                        .run(digits))),
                        1e-6);

        page.text("""
                Take one bright point and move it by one pixel to the right. If it stays in its window, the pooled map is exactly the
                same. It leaves the window from the last of $k$ columns only, so the map notices nothing at $(k - 1) / k$ of all places.
                This **invariance** is local and partial: at the edge of a window, a pixel more is a whole step of the map.
                """);
        double[] measured = new double[8];
        double[] formula = new double[8];
        double[] windows = new double[8];
        double worst = 0;
        for (int k = 1; k <= 8; k++) {
            windows[k - 1] = k;
            measured[k - 1] = unmoved(k);
            formula[k - 1] = (k - 1.0) / k;
            worst = Math.max(worst, Math.abs(measured[k - 1] - formula[k - 1]));
        }
        page.figure(LineChart.of("side of the window k", "share of places without a change")
                .line("measured", windows, measured)
                .line("(k - 1) / k", windows, formula)
                .figure("A bright point that moves by one pixel, at every place of its window."));
        page.claim("A move by one pixel changes nothing at (k - 1)/k of the places (largest difference, k to 8).")
                .atMost(worst, 1e-12);

        page.text("""
                A digit is many points at once, so some always cross an edge. How far does the output move, compared with its size? We
                measure $||f(T x) - f(x)|| / ||f(x)||$. Larger windows are steadier, and
                maximum and mean differ little. Global pooling does not notice at all, as long as the digit stays in the picture: it
                has forgotten every position.
                """);
        List<Frame> frames = new ArrayList<>();
        for (int right = 1; right <= 8; right++) {
            frames.add(new Frame(
                    right + (right == 1 ? " pixel" : " pixels"),
                    BarChart.of("relative change")
                            .bar("no pooling", change(new MaxPool2d(1, 1), digits, right))
                            .bar("max 2 x 2", change(new MaxPool2d(2, 2), digits, right))
                            .bar("average 2 x 2", change(new AveragePool2d(2, 2), digits, right))
                            .bar("max 4 x 4", change(new MaxPool2d(4, 4), digits, right))
                            .bar("average 4 x 4", change(new AveragePool2d(4, 4), digits, right))
                            .bar("max 7 x 7", change(new MaxPool2d(7, 7), digits, right))
                            .bar("average 7 x 7", change(new AveragePool2d(7, 7), digits, right))
                            .figure("Change of the pooled maps of " + count + " digits that move to the right.")));
        }
        page.figure(Frames.of("digits moved by", frames));
        double none = change(new MaxPool2d(1, 1), digits, 1);
        double two = change(new MaxPool2d(2, 2), digits, 1);
        double four = change(new MaxPool2d(4, 4), digits, 1);
        page.claim("Max-pooling by 2 changes less than the pixels (ratio of the relative changes).")
                .atMost(two / none, 0.9);
        page.claim("Max-pooling by 4 changes less than by 2 (ratio).").atMost(four / two, 0.9);
        page.claim("Global average pooling does not change.")
                .atMost(change(new AveragePool2d(28, 28), digits, 1), 1e-12);
        page.claim("Global max-pooling does not change.").atMost(change(new MaxPool2d(28, 28), digits, 1), 0);

        page.text("""
                On the way back, max-pooling sends the gradient of a window to its winner alone. Average pooling gives each pixel an
                equal share. Both keep the sum of the gradient. So with max-pooling one pixel of a window learns, with the mean all do.
                """);
        Array picture = digits.take(0);
        MaxPool2d max = new MaxPool2d(2, 2);
        AveragePool2d mean = new AveragePool2d(2, 2);
        Array ones = max.forward(picture, Phase.TRAINING).map(value -> 1);
        mean.forward(picture, Phase.TRAINING);
        Array toWinners = max.backward(ones);
        Array toAll = mean.backward(ones);
        page.table(Table.captioned(
                        "The gradient of a picture of 28 x 28 when each of the 14 x 14 outputs has the gradient 1.")
                .text("pooling")
                .whole("pixels with a gradient")
                .decimal("largest gradient", 2)
                .decimal("sum", 1)
                .row("max", reached(toWinners), largest(toWinners), toWinners.sum())
                .row("average", reached(toAll), largest(toAll), toAll.sum()));
        page.claim("Max-pooling: one pixel for each window.").equal(reached(toWinners), 14 * 14);
        page.claim("Average pooling: all pixels.").equal(reached(toAll), 28 * 28);
        page.claim("Both keep the sum of the gradient (difference).")
                .atMost(Math.abs(toAll.sum() - toWinners.sum()), 1e-9);
    }
}
