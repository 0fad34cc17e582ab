package dev.jzoo.labs.convolution;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Table;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.layers.Conv2d;
import java.util.ArrayList;
import java.util.List;

/** The sizes in a convolutional network: outputs, weights and receptive fields, by formula and by ONNX Runtime. */
public final class ConvArithmeticLab implements Lab {

    @Override
    public LabInfo info() {
        return new LabInfo(
                "conv-arithmetic",
                "The arithmetic of convolutions",
                "How large is the output of a convolution, and how much of the picture does it see?",
                Chapter.CONVOLUTION);
    }

    /** Returns the number of places for a kernel of k pixels, d apart, on n pixels with p zeros on either side, every s pixels. */
    private static int outputSize(int n, int k, int s, int p, int d) {
        int span = d * (k - 1) + 1; // a kernel with gaps covers $d (k - 1) + 1$ pixels
        return n + 2 * p < span ? 0 : (n + 2 * p - span) / s + 1; // $o = floor((n + 2p - d(k-1) - 1) / s) + 1$
    }

    /** Returns the number of rows that ONNX Runtime gives. */
    private static int runtimeSize(int n, int k, int s, int p, int d) {
        return RuntimeOperator.named("Conv")
                .with("strides", s, s)
                .with("pads", p, p, p, p)
                .with("dilations", d, d)
                .run(Array.zeros(1, 1, n, n), Array.zeros(1, 1, k, k))
                .size(2);
    }

    /** A layer as its kernel and its stride. */
    private record WindowStep(String name, int kernel, int stride) {}

    /** Returns the width of the part of the input that one output sees, after each layer. */
    private static double[] receptiveFields(List<WindowStep> layers) {
        double[] fields = new double[layers.size() + 1];
        fields[0] = 1;
        int jump = 1; // distance in the input of two neighbours of the layer
        for (int l = 0; l < layers.size(); l++) {
            fields[l + 1] = fields[l] + (layers.get(l).kernel() - 1) * jump; // $r_l = r_(l-1) + (k_l - 1) j_(l-1)$
            jump *= layers.get(l).stride(); // $j_l = j_(l-1) s_l$
        }
        return fields;
    }

    /** Returns the same width, by experiment: the rows of the input that have a gradient when one output has the gradient 1. */
    private static int rowsWithGradient(List<WindowStep> layers, int size) {
        List<NeuralLayer> chain = new ArrayList<>();
        for (WindowStep layer : layers) {
            int k = layer.kernel();
            chain.add(new Conv2d(Array.zeros(1, 1, k, k).map(zero -> 1), Array.zeros(1), layer.stride(), 0));
        }
        NeuralNetwork network = NeuralNetwork.of(chain.toArray(NeuralLayer[]::new));
        Array output = network.forward(Array.zeros(1, 1, size, size), NeuralLayer.Phase.INFERENCE);
        Array one = Array.zeros(output.shape());
        one.set(1, 0, 0, output.size(2) / 2, output.size(3) / 2);
        Array gradient = network.backward(one);
        int rows = 0;
        for (int row = 0; row < size; row++) {
            double sum = 0;
            for (int column = 0; column < size; column++) {
                sum += Math.abs(gradient.get(0, 0, row, column));
            }
            rows += sum > 0 ? 1 : 0;
        }
        return rows;
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                A kernel of $k$ pixels slides over $n$ pixels in steps of $s$ (the *stride*). $p$ zeros on either side (the *padding*)
                give it room at the border, and with a *dilation* $d$ its pixels are $d$ apart. Count the places at which it fits:

                $$o = floor((n + 2p - d(k - 1) - 1) / s) + 1$$

                The last place must not stick out, so the division rounds down. Two cases are worth knowing by heart. With $s = 1$ and
                $p = (k - 1)/2$ the size stays. With $k = 3$, $s = 2$, $p = 1$ it halves, rounded up.
                """);
        page.table(Table.captioned("Layers that you meet often, on 32 pixels.")
                .text("layer")
                .whole("k")
                .whole("s")
                .whole("p")
                .whole("d")
                .whole("output")
                .row("keeps the size", 3, 1, 1, 1, outputSize(32, 3, 1, 1, 1))
                .row("no padding", 5, 1, 0, 1, outputSize(32, 5, 1, 0, 1))
                .row("halves the size", 3, 2, 1, 1, outputSize(32, 3, 2, 1, 1))
                .row("pooling", 2, 2, 0, 1, outputSize(32, 2, 2, 0, 1))
                .row("dilated", 3, 1, 2, 2, outputSize(32, 3, 1, 2, 2))
                .row("first layer of ResNet", 7, 2, 3, 1, outputSize(32, 7, 2, 3, 1)));

        page.text("""
                ONNX Runtime computes the shape of its outputs with code of its own. We ask it for every combination in a small range
                and count the answers that differ.
                """);
        int cases = 0;
        int different = 0;
        for (int n = 5; n <= page.pick(6, 9, 12); n++) {
            for (int k = 1; k <= 4; k++) {
                for (int s = 1; s <= 3; s++) {
                    for (int p = 0; p <= 2; p++) {
                        for (int d = 1; d <= 2; d++) {
                            if (outputSize(n, k, s, p, d) > 0) {
                                cases++;
                                different += runtimeSize(n, k, s, p, d) == outputSize(n, k, s, p, d) ? 0 : 1;
                            }
                        }
                    }
                }
            }
        }
        page.print("%d combinations of n, k, s, p and d", cases);
        page.claim("The formula gives the size that ONNX Runtime gives (number of combinations that differ).")
                .equal(different, 0);

        page.text("""
                A convolution has few weights because all places share them. A layer from $c$ to $f$ channels has $f (c k^2 + 1)$,
                whatever the size of the picture. A dense layer between the same two volumes would have one weight for each pair of
                numbers. For 28 × 28 grey pixels and six kernels of 5 × 5:
                """);
        long shared = 6 * (1 * 5 * 5 + 1); // $f (c k^2 + 1)$
        int side = outputSize(28, 5, 1, 0, 1);
        long dense = (28L * 28 + 1) * 6 * side * side;
        page.print(
                "convolution %,d weights, dense layer %,d weights: %,d times as many", shared, dense, dense / shared);
        long counted = new Conv2d(Array.zeros(6, 1, 5, 5), Array.zeros(6), 1, 0)
                .weights().stream().mapToLong(weight -> weight.value().count()).sum();
        page.claim("The layer of the library has that many weights.").equal(counted, shared);

        page.text("""
                One number of a deep layer sees a window of the picture, its **receptive field**. Each layer widens it by $k - 1$
                steps, and a step is as wide as the product of all strides before it:

                $$r_l = r_(l-1) + (k_l - 1) j_(l-1)$$

                $$j_l = j_(l-1) s_l$$

                It starts with $r_0 = j_0 = 1$.

                So depth alone widens the view slowly, by two pixels for each layer of 3 × 3. Strides make it grow as a power.
                """);
        List<WindowStep> plain = new ArrayList<>();
        List<WindowStep> strided = new ArrayList<>();
        for (int l = 1; l <= 6; l++) {
            plain.add(new WindowStep("3 x 3", 3, 1));
            strided.add(new WindowStep("3 x 3, stride 2", 3, 2));
        }
        List<WindowStep> lenet = List.of(
                new WindowStep("convolution", 5, 1),
                new WindowStep("pooling", 2, 2),
                new WindowStep("convolution", 5, 1),
                new WindowStep("pooling", 2, 2));
        page.figure(LineChart.of("layer", "receptive field [pixels]")
                .line("3 x 3, stride 1", receptiveFields(plain))
                .line("3 x 3, stride 2", receptiveFields(strided))
                .line("LeNet: 5 x 5, pool, 5 x 5, pool", receptiveFields(lenet))
                .figure("The width of the input that one number sees, by layer."));
        page.claim("Two layers of 3 x 3 see as much as one of 5 x 5.").equal((long) receptiveFields(plain)[2], 5);

        page.text("""
                Do not trust a recurrence that you can measure. Set the gradient of one output to 1, go back through the network, and
                count the rows of the input whose gradient is not 0. All weights are 1, so that nothing cancels.
                """);
        page.claim("Six layers of 3 x 3: formula = rows with a gradient.")
                .equal(rowsWithGradient(plain, 33), (long) receptiveFields(plain)[6]);
        List<WindowStep> fewer = strided.subList(0, 4);
        page.claim("Four layers of 3 x 3 with stride 2.")
                .equal(rowsWithGradient(fewer, 63), (long) receptiveFields(fewer)[4]);
        page.claim("LeNet's convolutions and pools.")
                .equal(rowsWithGradient(lenet, 28), (long) receptiveFields(lenet)[4]);
    }
}
