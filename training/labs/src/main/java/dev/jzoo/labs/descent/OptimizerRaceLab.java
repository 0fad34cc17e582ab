package dev.jzoo.labs.descent;

import dev.jzoo.datasets.LabelledSignals;
import dev.jzoo.datasets.catalogue.Mnist1d;
import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.labs.LabSize;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Scale;
import dev.jzoo.report.Table;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.MovingAverage;
import dev.jzoo.scratch.NeuralLayer.Phase;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.Weight;
import dev.jzoo.scratch.WeightInit;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.losses.SoftmaxCrossEntropy;
import dev.jzoo.scratch.optimizers.AdaGradRule;
import dev.jzoo.scratch.optimizers.AdamRule;
import dev.jzoo.scratch.optimizers.AdamWRule;
import dev.jzoo.scratch.optimizers.MomentumRule;
import dev.jzoo.scratch.optimizers.NesterovRule;
import dev.jzoo.scratch.optimizers.RmsPropRule;
import dev.jzoo.scratch.optimizers.SgdRule;
import dev.jzoo.scratch.optimizers.UpdateRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Seven optimisers: their formulas, and their steps to the same loss, each at its best learning rate. */
public final class OptimizerRaceLab implements Lab {

    @Override
    public LabInfo info() {
        return new LabInfo(
                "optimizer-race",
                "A race of optimisers",
                "Which optimiser gets there first, and is the race fair?",
                Chapter.DESCENT);
    }

    /** Returns the direction of a rule for one number, by its formula, and updates its memory. Steps count from 1. */
    private static double direction(String rule, double[] memory, double w, double g, int t) {
        switch (rule) {
            case "momentum", "Nesterov" -> memory[0] = 0.9 * memory[0] + g; // $v larr mu v + g$
            case "AdaGrad" -> memory[0] += g * g; // $s larr s + g^2$
            case "RMSprop" -> memory[0] = 0.9 * memory[0] + 0.1 * g * g; // $s larr rho s + (1-rho) g^2$
            case "Adam", "AdamW" -> {
                memory[0] = 0.9 * memory[0] + 0.1 * g;
                memory[1] = 0.999 * memory[1] + 0.001 * g * g;
            }
            default -> memory[0] = g;
        }
        double adam = memory[0] / (1 - Math.pow(0.9, t)) / (Math.sqrt(memory[1] / (1 - Math.pow(0.999, t))) + 1e-8);
        return switch (rule) {
            case "Nesterov" -> g + 0.9 * memory[0]; // $g + mu v$
            case "AdaGrad", "RMSprop" -> g / (Math.sqrt(memory[0]) + 1e-8); // $g/sqrt(s)$
            case "Adam" -> adam; // $hat(m)/sqrt(hat(s))$
            case "AdamW" -> adam + 0.01 * w; // $hat(m)/sqrt(hat(s)) + lambda w$
            default -> memory[0];
        };
    }

    private static Map<String, Supplier<UpdateRule>> rules() {
        Map<String, Supplier<UpdateRule>> rules = new LinkedHashMap<>();
        rules.put("SGD", SgdRule::new);
        rules.put("momentum", () -> new MomentumRule(0.9));
        rules.put("Nesterov", () -> new NesterovRule(0.9));
        rules.put("AdaGrad", () -> new AdaGradRule(1e-8));
        rules.put("RMSprop", () -> new RmsPropRule(0.9, 1e-8));
        rules.put("Adam", AdamRule::new);
        rules.put("AdamW", () -> new AdamWRule(new AdamRule(), 0.01));
        return rules;
    }

    /** Returns the largest difference between a rule and its formula over 100 steps with noisy gradients of a bowl. */
    private static double difference(String name, UpdateRule rule) {
        Weight weight = new Weight("weight", Array.of(new double[] {3, -2, 0.5}, 3));
        double[] w = weight.value().values().clone();
        double[][] memory = new double[3][2];
        Random random = new Random(5);
        double worst = 0;
        for (int t = 1; t <= 100; t++) {
            double[] noise = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
            double[] gradient = new double[3];
            for (int i = 0; i < 3; i++) {
                gradient[i] = (1 + i) * weight.value().get(i) + noise[i];
                w[i] -= 0.03 * direction(name, memory[i], w[i], (1 + i) * w[i] + noise[i], t);
            }
            weight.setGradient(Array.of(gradient, 3));
            rule.step(List.of(weight), 0.03);
            for (int i = 0; i < 3; i++) {
                worst = Math.max(worst, Math.abs(w[i] - weight.value().get(i)));
            }
        }
        return worst;
    }

    /** Returns the smoothed loss of each step of a small network, up to a target. */
    private static double[] race(UpdateRule rule, double rate, double[][] x, int[] labels, int limit, long seed) {
        Random random = new Random(seed);
        NeuralNetwork network = NeuralNetwork.of(
                DenseLayer.of(Mnist1d.LENGTH, 32, WeightInit.he(), random),
                Elementwise.relu(),
                DenseLayer.of(32, 10, WeightInit.xavier(), random));
        SoftmaxCrossEntropy entropy = new SoftmaxCrossEntropy();
        MovingAverage average = new MovingAverage(0.95);
        double[] losses = new double[limit];
        for (int step = 0; step < limit; step++) {
            int[] batch = random.ints(32, 0, x.length).toArray();
            double[][] rows = new double[32][];
            int[] classes = new int[32];
            for (int i = 0; i < 32; i++) {
                rows[i] = x[batch[i]];
                classes[i] = labels[batch[i]];
            }
            Array targets = SoftmaxCrossEntropy.oneHot(classes, 10);
            Array outputs = network.forward(Array.rows(rows), Phase.TRAINING);
            double loss = entropy.value(outputs, targets);
            if (!(loss < 1e6)) {
                return new double[limit]; // diverged
            }
            average.add(loss);
            losses[step] = average.corrected();
            if (step >= 20 && losses[step] < 1.5) {
                return Arrays.copyOf(losses, step + 1);
            }
            network.setGradients(entropy.gradient(outputs, targets));
            rule.step(network.weights(), rate);
        }
        return losses;
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                All rules here have the form $w larr w - eta d$. They differ in the direction $d$: what they remember of past gradients,
                and whether they divide by their size. The code above writes each formula down once more, number by number, to check
                the library's rules against it. (The library's own tests compare SGD, momentum, Adam and AdamW with DJL, too, for
                100 steps to $10^-6$; DJL's PyTorch engine has no other rules.)
                """);
        double worst = 0;
        for (Map.Entry<String, Supplier<UpdateRule>> entry : rules().entrySet()) {
            worst = Math.max(worst, difference(entry.getKey(), entry.getValue().get()));
        }
        page.claim("Seven rules and their formulas agree for 100 steps (largest difference).")
                .atMost(worst, 1e-9);

        page.text("""
                Now the race: a network with 32 hidden units learns signals of MNIST-1D in batches of 32, until the smoothed loss falls
                below 1.5. The start and the batches are the same for all. **The rate decides more than the rule**, so each rule tries
                the same rates and we take its best one: the lowest median number of steps over several seeds.
                """);
        int limit = page.pick(300, 300, 1_000);
        int seeds = page.pick(1, 1, 5);
        LabelledSignals signals = Mnist1d.generate(page.pick(500, 2_000, 4_000), 42);
        int[] labels = signals.labels();
        double[][] x = new double[signals.size()][];
        for (int i = 0; i < x.length; i++) {
            x[i] = signals.signal(i);
        }
        double[] rates = {0.01, 0.03, 0.1, 0.3, 1, 3};
        if (page.size() != LabSize.FULL) {
            rates = new double[] {0.01, 0.1, 0.3};
        }
        Table table = Table.captioned("Steps to a smoothed loss of 1.5 at the best rate, over " + seeds + " seeds; "
                        + limit + " means not reached.")
                .text("rule")
                .decimal("best rate", 3)
                .whole("median")
                .whole("fewest")
                .whole("most")
                .whole("at rate 0.01");
        LineChart chart = LineChart.of("step", "smoothed loss").yScale(Scale.LOG);
        Map<String, int[]> best = new LinkedHashMap<>();
        Map<String, Double> bestRates = new LinkedHashMap<>();
        Map<String, Integer> atCommonRate = new LinkedHashMap<>();
        for (Map.Entry<String, Supplier<UpdateRule>> entry : rules().entrySet()) {
            int common = limit;
            double[] curve = {1};
            for (double rate : rates) {
                int[] steps = new int[seeds];
                List<double[]> curves = new ArrayList<>();
                for (int seed = 0; seed < seeds; seed++) {
                    double[] losses = race(entry.getValue().get(), rate, x, labels, limit, page.seed() * 100 + seed);
                    steps[seed] = losses.length;
                    curves.add(losses);
                }
                Arrays.sort(steps);
                int[] soFar = best.getOrDefault(entry.getKey(), new int[] {Integer.MAX_VALUE});
                if (steps[seeds / 2] < soFar[soFar.length / 2]) {
                    best.put(entry.getKey(), steps);
                    bestRates.put(entry.getKey(), rate);
                    curve = curves.get(0);
                }
                common = rate == 0.01 ? steps[seeds / 2] : common;
            }
            int[] steps = best.get(entry.getKey());
            atCommonRate.put(entry.getKey(), common);
            table.row(
                    entry.getKey(),
                    bestRates.get(entry.getKey()),
                    steps[seeds / 2],
                    steps[0],
                    steps[seeds - 1],
                    common);
            chart.line(entry.getKey(), curve);
        }
        page.figure(chart.figure("Each rule at its best rate, first seed."));
        page.table(table);
        int slowest =
                best.values().stream().mapToInt(steps -> steps[seeds - 1]).max().orElseThrow();
        double lowestRate = bestRates.values().stream()
                .mapToDouble(Double::doubleValue)
                .min()
                .orElseThrow();
        double highestRate = bestRates.values().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElseThrow();
        page.claim("At its best rate every rule reaches the target with every seed (most steps).")
                .atMost(slowest, limit - 1);
        page.claim("The best rates differ by a factor of ten or more.").atLeast(highestRate / lowestRate, 9.99);
        int fastest =
                best.values().stream().mapToInt(steps -> steps[seeds / 2]).min().orElseThrow();
        int last =
                best.values().stream().mapToInt(steps -> steps[seeds / 2]).max().orElseThrow();
        page.claim("At their best rates the slowest rule needs at most 2.5 times the steps of the fastest (medians).")
                .atMost((double) last / fastest, 2.5);
        page.claim("At the rate 0.01, SGD does not arrive in time.").equal(atCommonRate.get("SGD"), limit);
        page.claim("At the rate 0.01, Adam does.").atMost(atCommonRate.get("Adam"), limit - 1);

        page.text("""
                Look at the last column: at the one rate 0.01, SGD looks hopeless and Adam splendid. At their best rates the gap is
                small, and the order of the rules depends on seed and task. A comparison at a common rate shows how well the rate
                suits a rule, not how good the rule is.
                """);
    }
}
