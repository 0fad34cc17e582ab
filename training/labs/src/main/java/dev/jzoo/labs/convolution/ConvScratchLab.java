package dev.jzoo.labs.convolution;

import dev.jzoo.datasets.catalogue.ProceduralDigits;
import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer.Phase;
import dev.jzoo.scratch.checking.GradientCheck;
import dev.jzoo.scratch.layers.Conv2d;
import dev.jzoo.scratch.layers.FlattenLayer;
import dev.jzoo.scratch.layers.MaxPool2d;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;

/** Convolution, max-pooling and flattening in plain loops, compared with ONNX Runtime and with the layers of the library. */
public final class ConvScratchLab implements Lab {

    @Override
    public LabInfo info() {
        return new LabInfo(
                "conv-scratch",
                "Convolution in plain loops",
                "What does a convolutional layer compute, and why does it find a pattern wherever it is?",
                Chapter.CONVOLUTION);
    }

    /** Convolves a batch x with the kernels w, every s pixels, with p zeros around each picture. */
    private static Array convolve(Array x, Array w, Array bias, int s, int p) {
        int k = w.size(2);
        int rows = (x.size(2) + 2 * p - k) / s + 1;
        int columns = (x.size(3) + 2 * p - k) / s + 1;
        Array y = Array.zeros(x.size(0), w.size(0), rows, columns);
        for (int n = 0; n < x.size(0); n++) {
            for (int f = 0; f < w.size(0); f++) {
                for (int i = 0; i < rows; i++) {
                    for (int j = 0; j < columns; j++) {
                        y.set(bias.get(f) + window(x, w, n, f, s * i - p, s * j - p), n, f, i, j);
                    }
                }
            }
        }
        return y;
    }

    /** Returns the products of kernel f with the window of picture n that begins at (top, left). */
    private static double window(Array x, Array w, int n, int f, int top, int left) {
        double sum = 0;
        for (int c = 0; c < x.size(1); c++) {
            for (int u = 0; u < w.size(2); u++) {
                for (int v = 0; v < w.size(3); v++) {
                    int row = top + u;
                    int column = left + v;
                    if (row >= 0 && row < x.size(2) && column >= 0 && column < x.size(3)) {
                        sum += w.get(f, c, u, v) * x.get(n, c, row, column); // $w_(f,c,u,v) x_(n,c,s i+u-p,s j+v-p)$
                    }
                }
            }
        }
        return sum;
    }

    /** Returns the largest value of each window of k x k. */
    private static Array maxPool(Array x, int k) {
        Array y = Array.zeros(x.size(0), x.size(1), x.size(2) / k, x.size(3) / k);
        y = y.map(zero -> Double.NEGATIVE_INFINITY);
        for (int n = 0; n < x.size(0); n++) {
            for (int c = 0; c < x.size(1); c++) {
                for (int i = 0; i < y.size(2) * k; i++) {
                    for (int j = 0; j < y.size(3) * k; j++) {
                        y.set(Math.max(y.get(n, c, i / k, j / k), x.get(n, c, i, j)), n, c, i / k, j / k);
                    }
                }
            }
        }
        return y;
    }

    /** Returns the largest difference of two arrays. */
    private static double distance(Array a, Array b) {
        return Arrays.stream(a.minus(b).values()).map(Math::abs).max().orElse(0);
    }

    /** Filters of 3 x 3 that were designed by hand long before networks learned theirs. */
    private static Map<String, double[]> filters() {
        Map<String, double[]> filters = new LinkedHashMap<>();
        filters.put("blur", DoubleStream.generate(() -> 1 / 9.0).limit(9).toArray());
        filters.put("left edges (Sobel)", new double[] {-1, 0, 1, -2, 0, 2, -1, 0, 1});
        filters.put("upper edges (Sobel)", new double[] {-1, -2, -1, 0, 0, 0, 1, 2, 1});
        filters.put("all edges (Laplace)", new double[] {0, 1, 0, 1, -4, 1, 0, 1, 0});
        return filters;
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                A convolutional layer slides small *kernels* over a picture. At each place it multiplies the kernel with the pixels
                under it and adds the products up, over all channels $c$:

                $$y_(n,f,i,j) = b_f + sum_(c,u,v) w_(f,c,u,v) x_(n,c,s i+u-p,s j+v-p)$$

                $n$ is the picture, $f$ the kernel, $(i, j)$ the place; $s$ is the stride and $p$ the padding. (Mathematicians call this a
                cross-correlation. A convolution would mirror the kernel, which does not matter if it is learned.) Seven loops are all.
                """);
        Random random = page.random();
        Array x = Array.zeros(2, 3, 9, 8).map(zero -> random.nextGaussian());
        Array w = Array.zeros(4, 3, 3, 3).map(zero -> random.nextGaussian());
        Array b = Array.zeros(4).map(zero -> random.nextGaussian());
        double worst = 0;
        double library = 0;
        for (int s = 1; s <= 3; s++) {
            for (int p = 0; p <= 2; p++) {
                Array y = convolve(x, w, b, s, p);
                Array runtime = RuntimeOperator.named("Conv")
                        .with("strides", s, s)
                        .with("pads", p, p, p, p)
                        .run(x, w, b);
                worst = Math.max(worst, distance(y, runtime));
                library = Math.max(library, distance(y, new Conv2d(w, b, s, p).forward(x, Phase.INFERENCE)));
            }
        }
        page.claim("The loops equal ONNX Runtime, for nine pairs of stride and padding (largest difference).")
                .atMost(worst, 1e-5);

        page.text("""
                The library computes the same as one product of matrices: it writes each window as a row ("im2col"), and each kernel as a
                column. That needs memory, but a matrix product is what computers do best. Pooling keeps the largest value of each
                window, and flattening only changes the shape, channel by channel.
                """);
        page.claim("The layer of the library equals the loops (largest difference).")
                .atMost(library, 1e-12);
        Array pooled = maxPool(x, 2);
        page.claim("Max-pooling equals ONNX Runtime.")
                .atMost(
                        distance(
                                pooled,
                                RuntimeOperator.named("MaxPool")
                                        .with("kernel_shape", 2, 2)
                                        .with("strides", 2, 2)
                                        .run(x)),
                        1e-5);
        page.claim("So does the library's.")
                .atMost(distance(pooled, new MaxPool2d(2, 2).forward(x, Phase.INFERENCE)), 0);
        page.claim("Flattening has the order of ONNX Runtime.")
                .atMost(
                        distance(
                                new FlattenLayer().forward(x, Phase.INFERENCE),
                                RuntimeOperator.named("Flatten").run(x)),
                        1e-6);
        page.claim("Gradients of the layer = finite differences (largest relative difference).")
                .atMost(
                        GradientCheck.of(
                                        new Conv2d(w, b, 2, 1),
                                        x,
                                        convolve(x, w, b, 2, 1).map(y -> random.nextGaussian()))
                                .worst(),
                        1e-6);

        page.text("""
                What can nine numbers do? Filters by hand give the idea: choose one, and look at what it finds in a digit. An edge filter
                adds to zero, so that it is silent on even ground, and loud where bright and dark meet. A network learns such filters,
                since edges are useful.
                """);
        Array digit = PictureSurface.batch(ProceduralDigits.generate(10, page.seed()), 4, 1);
        List<Frame> frames = new ArrayList<>();
        filters().forEach((name, kernel) -> {
            Array response = convolve(digit, Array.of(kernel, 1, 1, 3, 3), Array.zeros(1), 1, 1);
            frames.add(new Frame(
                    name,
                    PictureSurface.chart("response", PictureSurface.channel(response, 0, 0))
                            .figure("The response of the filter '" + name + "' at each place of a digit.")));
        });
        page.figure(Frames.of("filter", frames).choose(1));
        double sobel = 0;
        for (double weight : filters().get("left edges (Sobel)")) {
            sobel += weight;
        }
        page.claim("The weights of an edge filter add to zero.").near(sobel, 0, 0);

        page.text("""
                All places share the same kernel. So if the picture moves, the response moves with it: with the shift $T$,
                $f(T x) = T f(x)$. This is **shift equivariance**, the reason why such a layer need not learn a pattern again for each
                place. A stride of 2 looks at every second place only. It is equivariant for shifts by even numbers of pixels, and not
                for odd ones.
                """);
        Array kernel = Array.of(filters().get("upper edges (Sobel)"), 1, 1, 3, 3);
        Array moved = PictureSurface.shifted(digit, 2, 2);
        page.claim("The digit must not leave the picture: the sum of its pixels stays.")
                .near(moved.sum(), digit.sum(), 1e-9);
        page.claim(
                        "Stride 1: the response to a digit moved by 2 pixels is the response, moved by 2 (largest difference).")
                .atMost(
                        distance(
                                convolve(moved, kernel, Array.zeros(1), 1, 1),
                                PictureSurface.shifted(convolve(digit, kernel, Array.zeros(1), 1, 1), 2, 2)),
                        1e-12);
        Array half = convolve(digit, kernel, Array.zeros(1), 2, 1);
        page.claim("Stride 2: moved by 2 pixels, the response moves by 1.")
                .atMost(
                        distance(convolve(moved, kernel, Array.zeros(1), 2, 1), PictureSurface.shifted(half, 1, 1)),
                        1e-12);
        Array odd = convolve(PictureSurface.shifted(digit, 1, 1), kernel, Array.zeros(1), 2, 1);
        double nearest = Double.POSITIVE_INFINITY;
        for (int shift = -1; shift <= 1; shift++) {
            nearest = Math.min(nearest, distance(odd, PictureSurface.shifted(half, shift, shift)));
        }
        page.claim("Moved by 1 pixel, no shift of the response matches (smallest of the largest differences).")
                .atLeast(nearest, 0.1);
    }
}
