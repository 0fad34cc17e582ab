package dev.jzoo.labs.descent;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.LineChart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The minimum along a line, found by comparing values alone. */
public final class LineSearchLab implements Lab {

    /** A part of the line that contains a minimum: two ends and two points between them. */
    private record SearchBracket(double a, double b, double c, double d) {

        static SearchBracket between(double a, double d) {
            return new SearchBracket(a, a + (d - a) / 3, a + 2 * (d - a) / 3, d);
        }

        /** Drops the part that cannot contain the minimum. */
        SearchBracket next() {
            if (loss(a) < loss(b) && loss(a) < loss(c)) {
                return new SearchBracket(a, (a + b) / 2, (a + c) / 2, (a + d) / 2);
            }
            return loss(b) < loss(c) ? between(a, c) : between(b, d);
        }

        double middle() {
            return (b + c) / 2;
        }
    }

    @Override
    public LabInfo info() {
        return new LabInfo(
                "line-search",
                "Line search",
                "How far should one step downhill go, if you can only compare losses?",
                Chapter.DESCENT);
    }

    /** Returns the loss along the line: two wells that run into one another. */
    private static double loss(double w) {
        double wide = 0.5 * Math.exp(-(w - 0.65) * (w - 0.65) / 0.1);
        double narrow = 0.45 * Math.exp(-(w - 0.35) * (w - 0.35) / 0.02);
        return 1 - wide - narrow; // $L(w) = 1 - 0.5 exp(-(w-0.65)^2/0.1) - 0.45 exp(-(w-0.35)^2/0.02)$
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                A gradient tells the direction of a step, not its length. Along that direction the loss is a function of one number
                $w$, and a **line search** looks for its minimum. The function here is from the notebook on line search of Prince's
                *Understanding Deep Learning*.

                Take two points $b < c$ inside the range $[a, d]$. If the function falls to one minimum and then rises, the lower
                of the two points tells which end to drop: if $L(b) < L(c)$, the minimum cannot lie right of $c$.
                """);
        SearchBracket bracket = SearchBracket.between(0, 1);
        List<SearchBracket> brackets = new ArrayList<>(List.of(bracket));
        while (bracket.c() - bracket.b() > 1e-9) {
            bracket = bracket.next();
            brackets.add(bracket);
        }
        double found = bracket.middle();
        page.print("minimum %.6f at w = %.6f after %d steps", loss(found), found, brackets.size() - 1);
        double[] grid = new double[201];
        double[] losses = new double[grid.length];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = i / 200.0;
            losses[i] = loss(grid[i]);
        }
        List<Frame> frames = new ArrayList<>();
        for (int step = 0; step <= 12; step++) {
            SearchBracket now = brackets.get(step);
            double[] inside = {now.a(), now.b(), now.c(), now.d()};
            double[] heights = {loss(now.a()), loss(now.b()), loss(now.c()), loss(now.d())};
            frames.add(new Frame(
                    Integer.toString(step),
                    LineChart.of("w", "loss")
                            .line("loss", grid, losses)
                            .line("a, b, c, d", inside, heights)
                            .figure(String.format(
                                    Locale.ROOT, "The minimum is between %.4f and %.4f.", now.a(), now.d()))));
        }
        page.figure(Frames.of("step", frames));

        page.text("""
                Is it the minimum? A search by comparison could be wrong in a way that its own numbers do not show. So we also look
                at a hundred thousand points, and at the derivative, which must be zero.
                """);
        double best = 0;
        for (int i = 0; i <= 100_000; i++) {
            best = loss(i / 1e5) < loss(best) ? i / 1e5 : best;
        }
        double h = 1e-5;
        page.claim("The search finds the lowest of 100,001 points, 0.38032.").near(found, best, 1e-5);
        page.claim("The minimum is at 0.38032.").near(found, 0.38032, 5e-6);
        page.claim("The loss there is 0.328604.").near(loss(found), 0.328604, 5e-7);
        page.claim("The slope there is zero (central difference).")
                .near((loss(found + h) - loss(found - h)) / (2 * h), 0, 1e-6);

        page.text("""
                How fast is it? Each step keeps two thirds of the range and costs two evaluations, so one evaluation keeps
                $sqrt(2/3) = 0.816$ of it. **Golden-section search** (Kiefer, 1953) places the points so that one of them can be used
                again: the range shrinks by $1/phi = 0.618$ for each evaluation, where $phi = (1 + sqrt(5))/2$.
                """);
        double golden = (Math.sqrt(5) - 1) / 2; // $1/phi = phi - 1$
        double low = 0;
        double high = 1;
        double left = high - golden * (high - low);
        double right = low + golden * (high - low);
        double leftLoss = loss(left);
        double rightLoss = loss(right);
        int evaluations = 2;
        while (high - low > 1e-6) {
            if (leftLoss < rightLoss) {
                high = right;
                right = left; // the old point, not a new one
                rightLoss = leftLoss;
                left = high - golden * (high - low);
                leftLoss = loss(left);
            } else {
                low = left;
                left = right;
                leftLoss = rightLoss;
                right = low + golden * (high - low);
                rightLoss = loss(right);
            }
            evaluations++;
        }
        int thirds = 2 * (int) Math.ceil(Math.log(1e-6) / Math.log(2.0 / 3));
        page.print("a range below 1e-6 takes %d evaluations by thirds, %d by the golden section", thirds, evaluations);
        page.claim("The golden section finds the same minimum.").near((low + high) / 2, found, 1e-6);
        page.claim("It needs 2 + ⌈ln 10⁻⁶ / ln 0.618⌉ evaluations.")
                .equal(evaluations, 2 + (int) Math.ceil(Math.log(1e-6) / Math.log(golden)));

        page.text("""
                **A line search finds a minimum, not the lowest one.** It trusts that the function falls once and rises once. On
                $[0.6, 1]$ the loss only rises, and the search ends at the border, although the minimum is left of it.
                """);
        SearchBracket wrong = SearchBracket.between(0.6, 1);
        for (int step = 0; step < 40; step++) {
            wrong = wrong.next();
        }
        page.claim("A search on [0.6, 1] ends at 0.6.").near(wrong.middle(), 0.6, 1e-6);
        page.claim("Its loss is higher than that of the minimum.").atLeast(loss(wrong.middle()), loss(found) + 0.1);
    }
}
