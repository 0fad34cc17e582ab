package dev.jzoo.labs.convolution;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.catalogue.ProceduralDigits;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.report.BarChart;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.LineChart;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer.Phase;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.layers.SoftmaxLayer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Two ways to ask a network what it looked at: cover a part of the picture, or take the gradient with respect to the pixels. */
public final class InterpretabilityLab implements Lab {

    @Override
    public LabInfo info() {
        return new LabInfo(
                "interpretability",
                "What the network looked at",
                "Which pixels make the network say what it says?",
                Chapter.CONVOLUTION);
    }

    private static Array probabilities(NeuralNetwork network, Array pictures) {
        return SoftmaxLayer.softmax(network.forward(pictures, Phase.INFERENCE));
    }

    private static double largest(Array a) {
        return Arrays.stream(a.values()).map(Math::abs).max().orElse(0);
    }

    /** Returns the picture with a black square of 7 x 7. */
    private static Array covered(Array picture, int row, int column) {
        Array copy = picture.copy();
        for (int i = Math.max(0, row); i < Math.min(28, row + 7); i++) {
            for (int j = Math.max(0, column); j < Math.min(28, column + 7); j++) {
                copy.set(0, 0, 0, i, j);
            }
        }
        return copy;
    }

    /** Returns how much the probability of a class falls when a square around a pixel is covered, for tiles of some pixels. */
    private static Array occlusion(NeuralNetwork network, Array picture, int label, int tile) {
        double before = probabilities(network, picture).get(0, label);
        Array drops = Array.zeros(28 / tile, 28 / tile);
        for (int i = 0; i < 28 / tile; i++) {
            for (int j = 0; j < 28 / tile; j++) {
                Array hidden = covered(picture, i * tile + tile / 2 - 3, j * tile + tile / 2 - 3);
                drops.set(before - probabilities(network, hidden).get(0, label), i, j);
            }
        }
        return drops;
    }

    /** Returns the derivative of a class's logit with respect to each pixel. */
    private static Array saliency(NeuralNetwork network, Array picture, int label) {
        Array logits = network.forward(picture, Phase.INFERENCE);
        Array one = Array.zeros(logits.shape());
        one.set(1, 0, label); // $(del z_c)/(del z_k)$ is 1 for k = c and 0 else
        return network.backward(one);
    }

    /** Returns the pixels that have ink. */
    private static List<Integer> ink(Array picture) {
        List<Integer> pixels = new ArrayList<>();
        for (int i = 0; i < picture.count(); i++) {
            if (picture.values()[i] > 0) {
                pixels.add(i);
            }
        }
        return pixels;
    }

    /** Returns the picture without a share of its ink: the first pixels of a list. */
    private static Array erased(Array picture, List<Integer> pixels, double share) {
        Array copy = picture.copy();
        for (int pixel : pixels.subList(0, (int) Math.round(share * pixels.size()))) {
            copy.values()[pixel] = 0;
        }
        return copy;
    }

    @Override
    public void run(LabPage page) throws IOException {
        page.text("""
                The zoo's LeNet recognises digits. Does it look at the digit, or at something else that happens to go with it? To find
                out we need the network's gradient, which ONNX Runtime does not give. So we read the weights of the file into layers
                written from scratch, and check first that this is the same network.
                """);
        int count = page.pick(20, 30, 100);
        LabelledImages digits = ProceduralDigits.generate(count, page.seed());
        Array pictures = PictureSurface.batch(digits, 0, count);
        Path file = PublishedLenet.file(page.data());
        NeuralNetwork network = PublishedLenet.network(file);
        Array runtime;
        try (OnnxModel model = OnnxModel.open(file, Device.cpu())) {
            runtime = PublishedLenet.array(model.run(Map.of("image", PublishedLenet.pixels(digits, 0, count)))
                    .get("probabilities"));
        }
        double difference = largest(runtime.minus(probabilities(network, pictures)));
        page.claim("The network from scratch gives the probabilities of ONNX Runtime (largest difference).")
                .atMost(difference, 1e-4);

        page.text("""
                **Occlusion** (Zeiler and Fergus, 2014) does not need a gradient. Cover a part of the picture with a black square, and see how
                far the probability of the class falls. Where it falls, the network looked. Move the square from left to right through
                the middle of the digit.
                """);
        int shown = 0;
        while (digits.label(shown) != 8) {
            shown++;
        }
        Array eight = pictures.take(shown);
        List<Frame> frames = new ArrayList<>();
        for (int column = -5; column <= 26; column += 3) {
            Array answer = probabilities(network, covered(eight, 10, column));
            BarChart chart = BarChart.of("probability");
            for (int digit = 0; digit < 10; digit++) {
                chart.bar("digit " + digit, answer.get(0, digit));
            }
            frames.add(new Frame(
                    String.valueOf(column), chart.figure("An 8 with a black square of 7 x 7 on the rows 10 to 16.")));
        }
        page.figure(Frames.of("left column of the square", frames));
        page.figure(
                PictureSurface.chart("ink", PictureSurface.channel(eight, 0, 0)).figure("The digit."));
        Array drops = occlusion(network, eight, 8, page.pick(4, 2, 1));
        page.figure(PictureSurface.chart("drop of the probability", drops)
                .figure("How far the probability of 8 falls when the square is centred here."));
        page.claim("A square in the corner changes nothing (change of the probability).")
                .atMost(Math.abs(drops.get(0, 0)), 0.01);

        page.text("""
                One digit is an anecdote. For all digits: cover all the ink, the most important square, or a corner, and take the mean
                probability of the right class. Without ink all pictures are the same, so the network gives the same answer to each, and
                with ten classes of equal size the mean probability of the right class is exactly 0.1.
                """);
        int squares = page.pick(10, 20, 50);
        double whole = 0;
        double corner = 0;
        double important = 0;
        double blank = 0;
        int lower = 0;
        for (int n = 0; n < squares; n++) {
            Array picture = pictures.take(n);
            int label = digits.label(n);
            double before = probabilities(network, picture).get(0, label);
            double drop = Arrays.stream(occlusion(network, picture, label, page.pick(7, 4, 2))
                            .values())
                    .max()
                    .orElse(0);
            double empty = probabilities(network, Array.zeros(1, 1, 28, 28)).get(0, label);
            lower += before - drop < before ? 1 : 0;
            whole += before / squares;
            important += (before - drop) / squares;
            corner += probabilities(network, covered(picture, 0, 0)).get(0, label) / squares;
            blank += empty / squares;
        }
        page.figure(BarChart.of("mean probability of the right class")
                .bar("whole picture", whole)
                .bar("square in the corner", corner)
                .bar("square at the worst place", important)
                .bar("all ink covered", blank)
                .figure("Masking the digit lowers its score. Masking the background does not."));
        page.claim("Some square lowers the score of each digit (number of digits).")
                .equal(lower, squares);
        page.claim("The worst square costs at least a quarter of the score (difference of the means).")
                .atLeast(whole - important, 0.25);
        page.claim("A square in the corner costs nothing (difference of the means).")
                .between(whole - corner, -0.02, 0.02);
        page.claim("Without the digit, the mean score is that of a guess.").near(blank, 0.1, 1e-9);

        page.text("""
                **Saliency** (Simonyan, Vedaldi and Zisserman, 2014) needs one backward pass. It is the gradient of the class's logit
                with respect to the pixels, $del z_c / del x_i$: how much the score rises if pixel $i$ gets brighter. We compare it with finite
                differences, on a picture with a little noise. (On a clean background many windows of max-pooling have two equal
                winners, where no derivative exists.)
                """);
        Random random = page.random();
        Array noisy = eight.map(value -> value + 0.05 * random.nextGaussian());
        Array gradient = saliency(network, noisy, 8);
        double worst = 0;
        int compared = 0;
        double h = 1e-5;
        for (int i = 0; i < 784; i += page.pick(28, 7, 1)) {
            Array brighter = noisy.copy();
            brighter.values()[i] += h;
            Array darker = noisy.copy();
            darker.values()[i] -= h;
            double above = network.forward(brighter, Phase.INFERENCE).get(0, 8);
            double below = network.forward(darker, Phase.INFERENCE).get(0, 8);
            worst = Math.max(worst, Math.abs((above - below) / (2 * h) - gradient.values()[i]));
            compared++;
        }
        page.print("%d pixels, largest derivative %.3f", compared, largest(gradient));
        page.claim("Saliency = finite difference (largest difference).").atMost(worst, 1e-5);

        page.text("""
                A map is only worth something if it predicts. Multiply gradient and pixel, which estimates what the pixel adds to the
                score. Then erase the ink in this order, the most important first, and compare with the same number of random ink pixels.
                If the map were noise, both curves would be the same.
                """);
        double[] shares = new double[11];
        double[] chosen = new double[11];
        double[] anyhow = new double[11];
        for (int n = 0; n < count; n++) {
            Array picture = pictures.take(n);
            int label = digits.label(n);
            Array importance = saliency(network, picture, label).times(picture); // $x_i (del z_c)/(del x_i)$
            List<Integer> sorted = ink(picture);
            sorted.sort(Comparator.comparing(pixel -> -importance.values()[pixel]));
            List<Integer> shuffled = ink(picture);
            Collections.shuffle(shuffled, random);
            for (int step = 0; step <= 10; step++) {
                shares[step] = step / 10.0;
                chosen[step] += probabilities(network, erased(picture, sorted, step / 10.0))
                                .get(0, label)
                        / count;
                anyhow[step] += probabilities(network, erased(picture, shuffled, step / 10.0))
                                .get(0, label)
                        / count;
            }
        }
        page.figure(LineChart.of("share of the ink erased", "mean probability of the right class")
                .line("by saliency", shares, chosen)
                .line("at random", shares, anyhow)
                .figure("The score of " + count + " digits whose ink is erased pixel by pixel."));
        page.claim("A fifth of the ink, chosen by saliency, costs more than a random fifth (difference of the means).")
                .atLeast(anyhow[2] - chosen[2], 0.15);
    }
}
