package dev.jzoo.labs.backpropagation;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.report.DecisionRegions;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Scale;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.checking.GradientCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A network for numbers and one for classes, trained without a framework. */
public final class BackpropScratchLab implements Lab {

    @Override
    public LabInfo info() {
        return new LabInfo(
                "backprop-scratch",
                "Training without a framework",
                "What is left of a deep-learning framework if you write it yourself?",
                Chapter.BACKPROPAGATION);
    }

    /** A network of one hidden layer of tanh units: y = tanh(x W1 + b1) W2 + b2, one example in a row. */
    record HandmadeNetwork(Array w1, Array b1, Array w2, Array b2) {

        static HandmadeNetwork random(int inputs, int hidden, int outputs, Random random) {
            return new HandmadeNetwork(
                    Array.zeros(inputs, hidden).map(zero -> random.nextGaussian() / Math.sqrt(inputs)),
                    Array.zeros(hidden).map(zero -> random.nextGaussian()),
                    Array.zeros(hidden, outputs).map(zero -> random.nextGaussian() / Math.sqrt(hidden)),
                    Array.zeros(outputs));
        }

        List<Array> parameters() {
            return List.of(w1, b1, w2, b2);
        }

        Array hidden(Array x) {
            return x.dot(w1).addToRows(b1).map(Math::tanh); // $h = tanh(x W_1 + b_1)$
        }

        Array output(Array x) {
            return hidden(x).dot(w2).addToRows(b2); // $y = h W_2 + b_2$
        }

        /** Returns the gradients of the parameters from dL/dy. */
        List<Array> gradients(Array x, Array dy) {
            Array h = hidden(x);
            Array dz = dy.dotTransposed(w2)
                    .map(h, (d, t) -> d * (1 - t * t)); // $(del L)/(del z) = ((del L)/(del y) W_2^T) odot (1 - h^2)$
            return List.of(x.transposedDot(dz), dz.sumOfRows(), h.transposedDot(dy), dy.sumOfRows());
        }

        /** Takes a step of gradient descent. */
        void learn(List<Array> gradients, double rate) {
            for (int p = 0; p < 4; p++) {
                double[] values = parameters().get(p).values();
                for (int i = 0; i < values.length; i++) {
                    values[i] -= rate * gradients.get(p).values()[i]; // $w larr w - eta (del L)/(del w)$
                }
            }
        }
    }

    /** Returns the mean squared error. */
    static double squaredError(Array y, Array targets) {
        return y.map(targets, (a, t) -> (a - t) * (a - t)).sum() / y.count();
    }

    /** Returns its gradient. */
    static Array squaredErrorGradient(Array y, Array targets) {
        return y.minus(targets).times(2.0 / y.count()); // $(del L)/(del y) = 2/n (y - t)$
    }

    /** Returns the softmax of each row. */
    static Array softmax(Array logits) {
        Array p = logits.copy();
        for (int row = 0; row < p.size(0); row++) {
            double sum = 0;
            double largest = p.get(row, p.take(row).argMax()[0]);
            for (int j = 0; j < p.size(1); j++) {
                p.set(Math.exp(p.get(row, j) - largest), row, j);
                sum += p.get(row, j);
            }
            for (int j = 0; j < p.size(1); j++) {
                p.set(p.get(row, j) / sum, row, j);
            }
        }
        return p;
    }

    /** Returns the mean cross-entropy of the softmax. */
    static double crossEntropy(Array logits, Array targets) {
        return -softmax(logits).map(targets, (p, t) -> t * Math.log(p)).sum() / logits.size(0);
    }

    /** Returns its gradient in the logits. */
    static Array crossEntropyGradient(Array logits, Array targets) {
        return softmax(logits).minus(targets).times(1.0 / logits.size(0)); // $(del L)/(del y) = 1/n (softmax(y) - t)$
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                A framework computes gradients for you. For a network of one hidden layer you need about ten lines to do without: a
                forward pass, the same steps backwards, and a loss with its gradient. Everything else in this lab is data and pictures.

                The network is the same for numbers and for classes. Only the loss changes, and both losses have the same simple gradient:
                *prediction minus target*.
                """);
        Random random = page.random();
        Array waveX = Array.zeros(60, 1).map(zero -> 6 * random.nextDouble() - 3);
        Array waveT = waveX.map(x -> Math.sin(2 * x) + 0.1 * random.nextGaussian());
        HandmadeNetwork wave = HandmadeNetwork.random(1, 20, 1, random);
        Array spiralX = Array.zeros(99, 2);
        Array spiralT = Array.zeros(99, 3);
        for (int i = 0; i < 99; i++) {
            int step = i / 3; // three arms of 33 points
            double radius = 0.1 + 0.9 * step / 32;
            double angle = 2.5 * radius + 2 * Math.PI / 3 * (i % 3) + 0.1 * random.nextGaussian();
            spiralX.set(radius * Math.cos(angle), i, 0);
            spiralX.set(radius * Math.sin(angle), i, 1);
            spiralT.set(1, i, i % 3);
        }
        HandmadeNetwork spiral = HandmadeNetwork.random(2, 20, 3, random);

        page.text("""
                Before training comes the check. Each gradient is compared with a finite difference of the loss. (The tests of this
                project also compare them with the gradients of DJL's PyTorch, in double precision.)
                """);
        double worst = 0;
        List<Array> waveGradients = wave.gradients(waveX, squaredErrorGradient(wave.output(waveX), waveT));
        List<Array> spiralGradients = spiral.gradients(spiralX, crossEntropyGradient(spiral.output(spiralX), spiralT));
        for (int p = 0; p < 4; p++) {
            GradientCheck waveCheck = GradientCheck.compare(
                    () -> squaredError(wave.output(waveX), waveT),
                    wave.parameters().get(p),
                    waveGradients.get(p));
            GradientCheck spiralCheck = GradientCheck.compare(
                    () -> crossEntropy(spiral.output(spiralX), spiralT),
                    spiral.parameters().get(p),
                    spiralGradients.get(p));
            worst = Math.max(worst, waveCheck.and(spiralCheck).worst());
        }
        page.claim("All gradients of both networks equal finite differences (largest difference).")
                .atMost(worst, 1e-8);

        page.text("""
                **Regression.** 60 noisy points of a sine, squared error. The slider goes through the training: the network bends its line
                where the error is largest first.
                """);
        int steps = page.pick(1_400, 2_800, 10_500);
        int shots = 7;
        double[] gridX = new double[121];
        for (int i = 0; i < gridX.length; i++) {
            gridX[i] = -3 + i / 20.0;
        }
        Array grid = Array.of(gridX, gridX.length, 1);
        double[] truth = grid.map(x -> Math.sin(2 * x)).values();
        double[] waveLosses = new double[shots + 1];
        List<Frame> waveFrames = new ArrayList<>();
        for (int shot = 0; shot <= shots; shot++) {
            waveLosses[shot] = squaredError(wave.output(waveX), waveT);
            waveFrames.add(new Frame(
                    Integer.toString(shot * (steps / shots)),
                    LineChart.of("x", "y")
                            .line("sin 2x", gridX, truth)
                            .line("network", gridX, wave.output(grid).values())
                            .figure(String.format(
                                    Locale.ROOT, "Mean squared error on the points: %.4f.", waveLosses[shot]))));
            for (int step = 0; step < steps / shots; step++) {
                wave.learn(wave.gradients(waveX, squaredErrorGradient(wave.output(waveX), waveT)), 0.05);
            }
        }
        page.figure(Frames.of("step", waveFrames).choose(shots));
        double mean = waveT.sum() / waveT.count();
        double variance = squaredError(waveT.map(t -> mean), waveT);
        page.claim("The network explains more than half of the variance (loss / variance).")
                .atMost(waveLosses[shots] / variance, 0.5);

        page.text("""
                **Classification.** Three arms of a spiral, cross-entropy of the softmax. The same class, the same `gradients` method; only
                $(del L)/(del y)$ comes from another loss.
                """);
        double[] spiralLosses = new double[shots + 1];
        List<Frame> frames = new ArrayList<>();
        for (int shot = 0; shot <= shots; shot++) {
            spiralLosses[shot] = crossEntropy(spiral.output(spiralX), spiralT);
            DecisionRegions regions = DecisionRegions.of("x1", "x2", List.of("a", "b", "c"))
                    .x(-1.2, 1.2)
                    .y(-1.2, 1.2)
                    .classifier((a, b) ->
                            spiral.output(Array.rows(new double[] {a, b})).argMax()[0]);
            for (int i = 0; i < 99; i++) {
                regions.examples(i % 3, new double[] {spiralX.get(i, 0)}, new double[] {spiralX.get(i, 1)});
            }
            frames.add(new Frame(
                    Integer.toString(shot * (steps / shots)),
                    regions.figure(String.format(Locale.ROOT, "Cross-entropy: %.4f.", spiralLosses[shot]))));
            for (int step = 0; step < steps / shots; step++) {
                spiral.learn(spiral.gradients(spiralX, crossEntropyGradient(spiral.output(spiralX), spiralT)), 0.5);
            }
        }
        page.figure(Frames.of("step", frames).choose(shots));
        int right = 0;
        int[] answers = spiral.output(spiralX).argMax();
        for (int i = 0; i < 99; i++) {
            right += answers[i] == i % 3 ? 1 : 0;
        }
        page.claim("At least 95 % of the spiral's points are classified correctly.")
                .atLeast(right / 99.0, 0.95);
        page.figure(LineChart.of("sevenths of the training", "loss")
                .yScale(Scale.LOG)
                .line("squared error of the sine", waveLosses)
                .line("cross-entropy of the spiral", spiralLosses)
                .figure("Both losses fall by the same few lines."));
    }
}
