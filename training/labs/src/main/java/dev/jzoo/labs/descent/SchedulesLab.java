package dev.jzoo.labs.descent;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Scale;
import dev.jzoo.report.Table;
import dev.jzoo.scratch.optimizers.RateSchedule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Learning rates that change during a training, and why they should fall at its end. */
public final class SchedulesLab implements Lab {

    private static final double RATE = 0.5;

    private static final int STEPS = 400;

    @Override
    public LabInfo info() {
        return new LabInfo(
                "schedules",
                "Learning-rate schedules",
                "Why should the learning rate fall towards the end of a training?",
                Chapter.DESCENT);
    }

    private static Map<String, RateSchedule> schedules() {
        Map<String, RateSchedule> schedules = new LinkedHashMap<>();
        schedules.put("constant", RateSchedule.constant(RATE));
        schedules.put("step", RateSchedule.steps(RATE, 0.1, 4)); // $eta_0 0.1^(floor(4 p))$
        schedules.put("exponential", RateSchedule.exponential(RATE, 0.001)); // $eta_0 0.001^p$
        schedules.put("cosine", RateSchedule.cosine(RATE)); // $eta_0 (1 + cos(pi p))/2$
        schedules.put("warm-up and cosine", RateSchedule.warmUp(0.1, RateSchedule.cosine(RATE)));
        schedules.put("one cycle", RateSchedule.oneCycle(RATE));
        return schedules;
    }

    /** Returns the squared distance to the minimum of L = w²/2 after each step with noisy gradients, the mean of many runs. */
    private static double[] noisyDescent(RateSchedule schedule, int runs, long seed) {
        double[] squares = new double[STEPS + 1];
        for (int run = 0; run < runs; run++) {
            Random random = new Random(seed * 100_000 + run);
            double w = 3;
            squares[0] += w * w / runs;
            for (int t = 0; t < STEPS; t++) {
                double gradient = w + random.nextGaussian(); // the true gradient and noise of variance 1
                w -= schedule.at((double) t / STEPS) * gradient;
                squares[t + 1] += w * w / runs;
            }
        }
        return squares;
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                A schedule gives the learning rate as a function of the progress $p$ of the training, from 0 to 1. Six common ones,
                with the highest rate $eta_0 = 0.5$:
                """);
        Map<String, RateSchedule> schedules = schedules();
        double[] progress = new double[401];
        for (int i = 0; i < progress.length; i++) {
            progress[i] = i / 400.0;
        }
        List<Frame> frames = new ArrayList<>();
        schedules.forEach((name, schedule) -> {
            double[] rates = new double[progress.length];
            for (int i = 0; i < rates.length; i++) {
                rates[i] = schedule.at(progress[i]);
            }
            frames.add(new Frame(
                    name,
                    LineChart.of("progress", "learning rate")
                            .line(name, progress, rates)
                            .level("highest rate", RATE)
                            .figure("The rate over the training.")));
        });
        page.figure(Frames.of("schedule", frames).choose(3));

        page.text("""
                Their values at some places follow from the formulas by hand.
                """);
        page.claim("Step: after half of the training the rate is 1/100 of the first.")
                .near(schedules.get("step").at(0.5), 0.005, 1e-15);
        page.claim("Step: just before, it is still 1/10.")
                .near(schedules.get("step").at(0.4999), 0.05, 1e-15);
        page.claim("Exponential: at p = 1/3 it is 1/10, as 0.001^(1/3) = 0.1.")
                .near(schedules.get("exponential").at(1.0 / 3), 0.05, 1e-12);
        page.claim("Cosine: at p = 1/4 it is η(1 + √½)/2 = 0.426777.")
                .near(schedules.get("cosine").at(0.25), 0.4267766953, 1e-9);
        page.claim("Cosine: at the end it is 0.").near(schedules.get("cosine").at(1), 0, 1e-15);
        page.claim("Warm-up: after half of the warm-up it is half of the rate.")
                .near(schedules.get("warm-up and cosine").at(0.05), 0.25, 1e-12);
        page.claim("Warm-up: at p = 0.55 the cosine is at its middle.")
                .near(schedules.get("warm-up and cosine").at(0.55), 0.25, 1e-12);
        page.claim("One cycle: it starts at 1/25 of the rate,")
                .near(schedules.get("one cycle").at(0), 0.02, 1e-12);
        page.claim("is highest at p = 0.3,").near(schedules.get("one cycle").at(0.3), RATE, 1e-12);
        page.claim("and ends at 1/10,000.").near(schedules.get("one cycle").at(1), 5e-5, 1e-12);

        page.text("""
                Why fall? Take the simplest loss, $L(w) = w^2/2$, and add noise of variance $sigma^2$ to each gradient, as a batch does.
                One step multiplies $w$ by $1 - eta$ and adds $-eta epsilon$. So the mean square obeys

                $$E[w^2] larr (1-eta)^2 E[w^2] + eta^2 sigma^2$$

                A constant rate brings it to rest where both sides agree, at the **noise floor** $(eta sigma^2)/(2 - eta)$. A smaller
                rate has a lower floor but needs longer to reach it. A falling rate has both: it is fast first and precise at the end.
                """);
        int runs = page.pick(500, 2_000, 10_000);
        LineChart chart = LineChart.of("step", "mean square distance").yScale(Scale.LOG);
        Table table = Table.captioned(
                        "Mean square distance to the minimum after 400 noisy steps, over " + runs + " runs.")
                .text("schedule")
                .significant("measured")
                .significant("by the recursion");
        double worst = 0;
        Map<String, Double> last = new LinkedHashMap<>();
        for (Map.Entry<String, RateSchedule> entry : schedules.entrySet()) {
            double[] squares = noisyDescent(entry.getValue(), runs, page.seed());
            double expected = 9;
            for (int t = 0; t < STEPS; t++) {
                double rate = entry.getValue().at((double) t / STEPS);
                expected = (1 - rate) * (1 - rate) * expected + rate * rate;
            }
            chart.line(entry.getKey(), squares);
            table.row(entry.getKey(), squares[STEPS], expected);
            worst = Math.max(worst, Math.abs(squares[STEPS] / expected - 1) / Math.sqrt(2.0 / runs));
            last.put(entry.getKey(), squares[STEPS]);
        }
        page.figure(chart.figure("A constant rate stays at its noise floor; the falling ones go below it."));
        page.table(table);
        page.claim("Each schedule ends where the recursion says (largest deviation in standard errors).")
                .atMost(worst, 4);
        page.claim("The constant rate ends at its noise floor η/(2 − η) = 1/3 (within four standard errors).")
                .near(last.get("constant"), RATE / (2 - RATE), 4.0 / 3 * Math.sqrt(2.0 / runs));
        page.claim("Every falling schedule ends below a tenth of it.")
                .atMost(
                        last.entrySet().stream()
                                .filter(entry -> !entry.getKey().equals("constant"))
                                .mapToDouble(Map.Entry::getValue)
                                .max()
                                .orElseThrow(),
                        1.0 / 30);
    }
}
