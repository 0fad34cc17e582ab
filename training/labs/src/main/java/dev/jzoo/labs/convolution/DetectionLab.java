package dev.jzoo.labs.convolution;

import dev.jzoo.inference.ElementType;
import dev.jzoo.inference.Tensor;
import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.report.ContourChart;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** The measures of object detection: overlap of boxes, non-maximum suppression and average precision. */
public final class DetectionLab implements Lab {

    @Override
    public LabInfo info() {
        return new LabInfo(
                "detection",
                "Boxes that overlap",
                "When do two boxes show the same object, and how good is a list of boxes?",
                Chapter.CONVOLUTION);
    }

    /** A box from its upper left to its lower right corner, with the score that a detector gave it. */
    private record ScoredBox(double left, double top, double right, double bottom, double score) {}

    /** Returns the intersection over the union of two boxes. */
    private static double overlap(ScoredBox a, ScoredBox b) {
        double width = Math.min(a.right(), b.right()) - Math.max(a.left(), b.left());
        double height = Math.min(a.bottom(), b.bottom()) - Math.max(a.top(), b.top());
        double shared = Math.max(0, width) * Math.max(0, height); // $|A nn B|$
        return shared / (area(a) + area(b) - shared); // $|A uu B| = |A| + |B| - |A nn B|$
    }

    private static double area(ScoredBox box) {
        return (box.right() - box.left()) * (box.bottom() - box.top());
    }

    /** Keeps the best box, drops every box that overlaps it by more than the threshold, and repeats with the rest. */
    private static List<ScoredBox> suppress(List<ScoredBox> boxes, double threshold) {
        List<ScoredBox> rest = new ArrayList<>(boxes);
        rest.sort(Comparator.comparing(ScoredBox::score).reversed());
        List<ScoredBox> kept = new ArrayList<>();
        while (!rest.isEmpty()) {
            ScoredBox best = rest.remove(0);
            kept.add(best);
            rest.removeIf(box -> overlap(box, best) > threshold);
        }
        return kept;
    }

    /** Returns the area under the precision-recall curve, where precision is the best one at this recall or above. */
    private static double averagePrecision(List<ScoredBox> boxes, List<ScoredBox> truth) {
        List<ScoredBox> open = new ArrayList<>(truth);
        List<ScoredBox> sorted = new ArrayList<>(boxes);
        sorted.sort(Comparator.comparing(ScoredBox::score).reversed());
        List<Double> precisions = new ArrayList<>(); // one for each box that found an object
        for (int i = 0; i < sorted.size(); i++) {
            ScoredBox box = sorted.get(i);
            Optional<ScoredBox> object = open.stream().max(Comparator.comparing(other -> overlap(box, other)));
            if (object.filter(other -> overlap(box, other) >= 0.5).isPresent()) {
                open.remove(object.get()); // an object counts once: a second box on it is a mistake
                precisions.add((precisions.size() + 1.0) / (i + 1));
            }
        }
        double sum = 0;
        double best = 0;
        for (int i = precisions.size() - 1; i >= 0; i--) {
            best = Math.max(best, precisions.get(i)); // $p(r) = max_(r' >= r) p(r')$
            sum += best / truth.size();
        }
        return sum;
    }

    /** Returns ten objects in a row that overlap their neighbours a little. */
    private static List<ScoredBox> objects() {
        List<ScoredBox> objects = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            objects.add(new ScoredBox(12 * i, 0, 12 * i + 18, 18, 1)); // neighbours share a third: $6 / 30 = 0.2$
        }
        return objects;
    }

    /** Returns five guesses for each object. The further a guess is off, the lower its score tends to be. */
    private static List<ScoredBox> guesses(List<ScoredBox> objects, Random random) {
        List<ScoredBox> guesses = new ArrayList<>();
        for (ScoredBox object : objects) {
            for (int i = 0; i < 5; i++) {
                double x = 2 * random.nextGaussian();
                double y = 2 * random.nextGaussian();
                double score = Math.exp(-Math.hypot(x, y) / 5) * (0.8 + 0.2 * random.nextDouble());
                guesses.add(new ScoredBox(
                        object.left() + x, object.top() + y, object.right() + x, object.bottom() + y, score));
            }
        }
        return guesses;
    }

    /** Returns the boxes that ONNX Runtime's operator keeps. */
    private static List<ScoredBox> runtimeSuppress(List<ScoredBox> boxes, float threshold) {
        float[] corners = new float[4 * boxes.size()];
        float[] scores = new float[boxes.size()];
        for (int i = 0; i < scores.length; i++) {
            ScoredBox box = boxes.get(i);
            float[] corner = {(float) box.top(), (float) box.left(), (float) box.bottom(), (float) box.right()};
            System.arraycopy(corner, 0, corners, 4 * i, 4);
            scores[i] = (float) box.score();
        }
        Tensor kept = RuntimeOperator.named("NonMaxSuppression")
                .run(
                        ElementType.INT64,
                        Tensor.of(corners, 1, scores.length, 4),
                        Tensor.of(scores, 1, 1, scores.length),
                        Tensor.ofLongs(new long[] {scores.length}, 1), // keep as many as there are
                        Tensor.of(new float[] {threshold}, 1),
                        Tensor.of(new float[] {0}, 1));
        List<ScoredBox> result = new ArrayList<>();
        for (int row = 0; row < kept.shape()[0]; row++) {
            result.add(boxes.get((int) kept.longs()[3 * row + 2])); // a row is batch, class, box
        }
        return result;
    }

    private static String scores(List<ScoredBox> boxes) {
        return String.join(
                " ", boxes.stream().map(box -> Double.toString(box.score())).toList());
    }

    /** Returns a box of 10 x 10 at a place in a row. */
    private static ScoredBox at(double left, double score) {
        return new ScoredBox(left, 0, left + 10, 10, score);
    }

    /** Returns the boxes as closed paths on an empty plane. */
    private static ContourChart drawn(List<ScoredBox> boxes) {
        ContourChart chart = ContourChart.of("x", "y").x(-10, 70).y(-20, 40).surface("plane", (x, y) -> 0);
        for (ScoredBox box : boxes) {
            chart.path(
                    String.format(Locale.ROOT, "%.2f", box.score()),
                    new double[] {box.left(), box.right(), box.right(), box.left(), box.left()},
                    new double[] {box.top(), box.top(), box.bottom(), box.bottom(), box.top()});
        }
        return chart;
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                A detector draws boxes. Is a box right? Equal corners are too much to ask, so we measure the overlap of the drawn box
                $A$ with the true box $B$, the **intersection over union**:

                $$J(A, B) = (|A nn B|)/(|A uu B|)$$

                It is 1 for equal boxes, 0 for boxes that do not meet, and it does not depend on the size of the picture. By custom, a
                box with 0.5 or more has found its object. The cases in the table are small enough for pencil and paper.
                """);
        ScoredBox square = new ScoredBox(0, 0, 4, 4, 1);
        ScoredBox corner = new ScoredBox(2, 2, 6, 6, 1);
        ScoredBox half = new ScoredBox(0, 0, 4, 2, 1);
        ScoredBox inside = new ScoredBox(1, 1, 3, 3, 1);
        ScoredBox touching = new ScoredBox(4, 0, 8, 4, 1);
        page.table(Table.captioned("Overlap of the square from (0, 0) to (4, 4) with other boxes.")
                .text("other box")
                .text("by hand")
                .decimal("computed", 6)
                .row("(2, 2) to (6, 6)", "4 / (16 + 16 - 4) = 1/7", overlap(square, corner))
                .row("(0, 0) to (4, 2)", "8 / 16 = 1/2", overlap(square, half))
                .row("(1, 1) to (3, 3)", "4 / 16 = 1/4", overlap(square, inside))
                .row("(4, 0) to (8, 4)", "0: they only touch", overlap(square, touching)));
        page.claim("Shifted by half its size both ways, a square overlaps itself by 1/7.")
                .near(overlap(square, corner), 1.0 / 7, 1e-15);
        page.claim("Half of a box overlaps it by 1/2.").near(overlap(square, half), 0.5, 1e-15);
        page.claim("A box inside: the ratio of the areas, 1/4.").near(overlap(square, inside), 0.25, 1e-15);
        page.claim("Boxes that touch do not overlap.").near(overlap(square, touching), 0, 0);

        page.text("""
                One object attracts many boxes, one from each place of the last feature map near it. **Non-maximum suppression** keeps
                the best and drops its near copies. Follow it by hand for five boxes of 10 × 10 with the threshold 0.5:

                - The best is `a`. `b` is one pixel off in both directions, $81 / 119 = 0.68$: dropped. `c` is six pixels off, $40 / 160 =
                  0.25$: it stays.
                - The next is `d`, far away. `e` is one pixel below it, $90 / 110 = 0.82$: dropped.
                """);
        ScoredBox a = new ScoredBox(0, 0, 10, 10, 0.9);
        ScoredBox b = new ScoredBox(1, 1, 11, 11, 0.8);
        ScoredBox c = new ScoredBox(6, 0, 16, 10, 0.5);
        ScoredBox d = new ScoredBox(20, 20, 30, 30, 0.7);
        ScoredBox e = new ScoredBox(20, 21, 30, 31, 0.6);
        List<ScoredBox> five = List.of(a, b, c, d, e);
        for (double threshold : new double[] {0.2, 0.5, 0.7, 0.9}) {
            List<ScoredBox> kept = suppress(five, threshold);
            page.print("threshold %.1f keeps the boxes with the scores %s", threshold, scores(kept));
        }
        page.claim("At 0.5, a, d and c stay.").equal(scores(suppress(five, 0.5)), "0.9 0.7 0.5");
        page.claim("At 0.2, c goes too.").equal(scores(suppress(five, 0.2)), "0.9 0.7");
        page.claim("At 0.7, b comes back.").equal(scores(suppress(five, 0.7)), "0.9 0.8 0.7 0.5");

        page.text("""
                ONNX has this algorithm as an operator, `NonMaxSuppression`, so a detector can carry it in its file. We give ONNX
                Runtime the same random boxes. It must keep the same ones, in the same order.
                """);
        Random random = page.random();
        int trials = page.pick(5, 50, 200);
        int equal = 0;
        for (int trial = 0; trial < trials; trial++) {
            List<ScoredBox> boxes = guesses(objects(), random);
            float threshold = 0.05f + 0.9f * random.nextFloat();
            equal += suppress(boxes, threshold).equals(runtimeSuppress(boxes, threshold)) ? 1 : 0;
        }
        page.claim("ONNX Runtime keeps the same boxes of 50 (number of random scenes).")
                .equal(equal, trials);

        page.text("""
                A list of boxes is judged by **average precision**. Go through the boxes from the best score to the worst. After each
                one, *recall* is the share of the objects found so far, and *precision* the share of the boxes that found one. With
                four objects and the boxes right, wrong, right, right, wrong, precision is 1, 2/3 and 3/4 when an object is found. At
                each recall we may use the best precision from there on: 1, 3/4, 3/4, and 0 for the object never found. The mean is
                $(1 + 3/4 + 3/4 + 0)/4 = 0.625$.
                """);
        List<ScoredBox> truth = List.of(at(0, 1), at(20, 1), at(40, 1), at(60, 1));
        List<ScoredBox> found = List.of(at(0, 0.9), at(100, 0.8), at(20, 0.7), at(40, 0.6), at(120, 0.5));
        page.claim("The average precision of this list is 0.625.").near(averagePrecision(found, truth), 0.625, 1e-12);

        page.text("""
                Now the threshold matters. Too high, and copies of the same object stay: each is a mistake. Too low, and a box
                suppresses its neighbour's. Here ten objects overlap their neighbours by 0.2, and a noisy detector guesses five times
                at each.
                """);
        int scenes = page.pick(20, 100, 500);
        double[] thresholds = new double[20];
        double[] mean = new double[20];
        for (int t = 0; t < 20; t++) {
            thresholds[t] = 0.05 * t;
            Random draws = page.random();
            for (int scene = 0; scene < scenes; scene++) {
                mean[t] += averagePrecision(suppress(guesses(objects(), draws), thresholds[t]), objects()) / scenes;
            }
        }
        List<ScoredBox> scene = guesses(objects().subList(0, 4), page.random());
        List<Frame> frames = new ArrayList<>();
        for (double threshold = 0.05; threshold < 1; threshold += 0.1) {
            List<ScoredBox> kept = suppress(scene, threshold);
            frames.add(new Frame(
                    String.format(Locale.ROOT, "%.2f", threshold),
                    drawn(kept).figure(kept.size() + " of 20 boxes around four objects are left.")));
        }
        page.figure(Frames.of("threshold", frames).choose(3));
        page.figure(
                LineChart.of("threshold of the suppression", "mean average precision")
                        .line("ten objects, five guesses each", thresholds, mean)
                        .figure(
                                "The best threshold is above the overlap of different objects and below that of two guesses at one."));
        page.claim("A threshold of 0.4 is better than one of 0.1, which loses neighbours (difference).")
                .atLeast(mean[8] - mean[2], 0.1);
        page.claim("It is better than 0.9, which keeps copies (difference).").atLeast(mean[8] - mean[18], 0.1);
    }
}
