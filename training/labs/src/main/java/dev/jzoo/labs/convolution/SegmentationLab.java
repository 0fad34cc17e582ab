package dev.jzoo.labs.convolution;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Scale;
import dev.jzoo.report.Table;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.checking.GradientCheck;
import java.util.Random;

/** The measures of segmentation, one class for each pixel: accuracy, intersection over union, and Dice. */
public final class SegmentationLab implements Lab {

    @Override
    public LabInfo info() {
        return new LabInfo(
                "segmentation",
                "A class for each pixel",
                "How good is a mask, if almost all pixels are background?",
                Chapter.CONVOLUTION);
    }

    /** Returns a mask of a picture: a square of 1 whose upper left corner is at (row, column), and 0 elsewhere. */
    private static Array squareMask(int size, int side, int row, int column) {
        Array mask = Array.zeros(size, size);
        for (int i = row; i < row + side; i++) {
            for (int j = column; j < column + side; j++) {
                mask.set(1, i, j);
            }
        }
        return mask;
    }

    private static double accuracy(Array mask, Array truth) {
        return mask.map(truth, (m, t) -> m == t ? 1 : 0).sum() / truth.count();
    }

    private static double intersectionOverUnion(Array mask, Array truth) {
        double shared = mask.times(truth).sum();
        return shared / (mask.sum() + truth.sum() - shared); // $J = (|A nn B|)/(|A uu B|)$
    }

    private static double dice(Array mask, Array truth) {
        return 2 * mask.times(truth).sum() / (mask.sum() + truth.sum()); // $D = (2 |A nn B|)/(|A| + |B|)$
    }

    /** Returns the gradient of 1 - D with respect to a mask of probabilities. */
    private static Array diceLossGradient(Array mask, Array truth) {
        double sum = mask.sum() + truth.sum();
        double shared = mask.times(truth).sum();
        return truth.map(t -> -(2 * t * sum - 2 * shared) / (sum * sum)); // quotient rule
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                Segmentation gives each pixel a class, and its simplest case has two: object and background. The obvious measure, the
                share of right pixels, is of no use when the object is small. An empty mask is right almost everywhere. Two measures
                look at the object only, with the drawn mask $A$ and the true mask $B$:

                $$J = (|A nn B|)/(|A uu B|)$$

                $$D = (2 |A nn B|)/(|A| + |B|)$$

                $J$ is the intersection over union (Jaccard). $D$ is the **Dice** coefficient, the same as the F1 score of the pixels.
                """);
        Array truth = squareMask(100, 10, 40, 40);
        Array empty = Array.zeros(100, 100);
        Array shifted = squareMask(100, 10, 40, 45);
        Array larger = squareMask(100, 20, 35, 35);
        page.table(Table.captioned("Masks for a square of 10 x 10 in a picture of 100 x 100.")
                .text("mask")
                .percent("right pixels", 2)
                .decimal("IoU", 4)
                .decimal("Dice", 4)
                .row("the truth", accuracy(truth, truth), intersectionOverUnion(truth, truth), dice(truth, truth))
                .row("empty", accuracy(empty, truth), intersectionOverUnion(empty, truth), dice(empty, truth))
                .row(
                        "moved by half",
                        accuracy(shifted, truth),
                        intersectionOverUnion(shifted, truth),
                        dice(shifted, truth))
                .row(
                        "twice as wide",
                        accuracy(larger, truth),
                        intersectionOverUnion(larger, truth),
                        dice(larger, truth)));
        page.claim("An empty mask has 99 % of the pixels right.").near(accuracy(empty, truth), 0.99, 1e-12);
        page.claim("Its intersection over union is 0.").near(intersectionOverUnion(empty, truth), 0, 0);
        page.claim("Moved by half: 50 shared of 150 pixels, IoU 1/3.")
                .near(intersectionOverUnion(shifted, truth), 1.0 / 3, 1e-12);
        page.claim("Moved by half: Dice 2 · 50 / 200 = 1/2.").near(dice(shifted, truth), 0.5, 1e-12);
        page.claim("Twice as wide: IoU 100 / 400 = 1/4.").near(intersectionOverUnion(larger, truth), 0.25, 1e-12);
        page.claim("Twice as wide: Dice 200 / 500 = 0.4.").near(dice(larger, truth), 0.4, 1e-12);

        page.text("""
                The two measures never disagree about which of two masks is better, since each is a function of the other:

                $$D = (2J)/(1 + J)$$

                (Write $|A| + |B| = |A uu B| + |A nn B|$ and divide by the union.) Dice is the kinder number. Move a square of side $a$ by
                $t$ pixels: $J = (a - t)/(a + t)$ and $D = (a - t)/a$, a straight line.
                """);
        int side = 20;
        double[] jaccards = new double[side + 1];
        double[] dices = new double[side + 1];
        double[] right = new double[side + 1];
        double worst = 0;
        Array square = squareMask(64, side, 20, 20);
        for (int t = 0; t <= side; t++) {
            Array moved = squareMask(64, side, 20, 20 + t);
            jaccards[t] = intersectionOverUnion(moved, square);
            dices[t] = dice(moved, square);
            right[t] = accuracy(moved, square);
            worst = Math.max(worst, Math.abs(jaccards[t] - (side - t) / (double) (side + t)));
            worst = Math.max(worst, Math.abs(dices[t] - (side - t) / (double) side));
        }
        page.figure(
                LineChart.of("pixels moved", "measure")
                        .line("right pixels", right)
                        .line("Dice", dices)
                        .line("intersection over union", jaccards)
                        .figure(
                                "A square of side 20, moved over itself. At 20 pixels nothing is right, but most pixels still are."));
        page.claim("Both curves are those of the formulas (largest difference).")
                .atMost(worst, 1e-12);
        Random random = page.random();
        double gap = 0;
        for (int trial = 0; trial < 100; trial++) {
            double share = 0.05 + 0.9 * random.nextDouble();
            Array a = Array.zeros(16, 16).map(zero -> random.nextDouble() < share ? 1 : 0);
            Array b = Array.zeros(16, 16).map(zero -> random.nextDouble() < 0.3 ? 1 : 0);
            double j = intersectionOverUnion(a, b);
            gap = Math.max(gap, Math.abs(dice(a, b) - 2 * j / (1 + j)));
        }
        page.claim("D = 2J / (1 + J) for 100 pairs of random masks (largest difference).")
                .atMost(gap, 1e-12);

        page.text("""
                A network gives probabilities $m_i$, not a mask. Put them into the formula of Dice and it becomes a loss with a gradient,
                the *soft Dice loss* (Milletari, Navab and Ahmadi, 2016). With the true mask $t_i$:

                $$L = 1 - (2 sum_i m_i t_i)/(sum_i m_i + sum_i t_i)$$

                Why not cross-entropy alone? Let a network start with the same probability $m$ everywhere. For the mean cross-entropy the
                background pulls $m$ towards the share of the object, which is almost 0. Dice does not feel the number of background
                pixels that way: it falls in $m$ however small the object is.
                """);
        Array probabilities = Array.zeros(8, 8).map(zero -> random.nextDouble());
        Array target = squareMask(8, 3, 2, 4);
        GradientCheck check = GradientCheck.compare(
                () -> 1 - dice(probabilities, target), probabilities, diceLossGradient(probabilities, target));
        page.claim("Gradient of the loss = finite difference, for 64 pixels (largest relative difference).")
                .atMost(check.worst(), 1e-6);
        double object = truth.sum() / truth.count();
        double[] shares = new double[99];
        double[] crossEntropy = new double[99];
        double[] softDice = new double[99];
        for (int i = 0; i < 99; i++) {
            double m = (i + 1) / 100.0;
            shares[i] = m;
            crossEntropy[i] = -object * Math.log(m) - (1 - object) * Math.log(1 - m);
            softDice[i] = 1 - dice(Array.zeros(100, 100).map(zero -> m), truth);
        }
        page.figure(LineChart.of("probability m of every pixel", "loss")
                .yScale(Scale.LOG)
                .line("mean cross-entropy", shares, crossEntropy)
                .line("soft Dice loss", shares, softDice)
                .figure("A square of 1 % of the pixels. Cross-entropy is least at m = 0.01, where the mask is empty."));
        int least = 0;
        int rises = 0;
        for (int i = 1; i < 99; i++) {
            least = crossEntropy[i] < crossEntropy[least] ? i : least;
            rises += softDice[i] > softDice[i - 1] ? 1 : 0;
        }
        page.claim("Cross-entropy is least at the share of the object.").near(shares[least], object, 1e-12);
        page.claim("The Dice loss falls from each m to the next (number of rises).")
                .equal(rises, 0);
    }
}
