package dev.jzoo.labs.practice;

import dev.jzoo.datasets.LabelledSignals;
import dev.jzoo.datasets.catalogue.Mnist1d;
import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Scale;
import dev.jzoo.report.Table;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.WeightInit;
import dev.jzoo.scratch.fitting.Fitting;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.losses.SoftmaxCrossEntropy;
import dev.jzoo.scratch.optimizers.AdamRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Grid against random search for a learning rate, with a test set that stays sealed until the end. */
public final class HyperParameterSearchLab implements Lab {

    /** Labelled signals as arrays. It counts how often they were used. */
    private static final class CountedSignals {
        final Array inputs;
        final int[] labels;
        int uses;

        CountedSignals(LabelledSignals signals) {
            double[][] rows = new double[signals.size()][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = signals.signal(i);
            }
            inputs = Array.rows(rows);
            labels = signals.labels();
        }

        double accuracy(NeuralNetwork network) {
            uses++;
            return Fitting.accuracy(network, inputs, labels);
        }
    }

    /** A choice of the two hyper-parameters, and what came of it. */
    private record SearchTrial(double rate, double epsilon, double validation, NeuralNetwork network) {}

    @Override
    public LabInfo info() {
        return new LabInfo(
                "hyper-parameter-search",
                "Searching hyper-parameters",
                "How do you find a good learning rate without fooling yourself?",
                Chapter.PRACTICE);
    }

    private static SearchTrial trial(
            double rate, double epsilon, CountedSignals train, CountedSignals validation, long seed) {
        Random random = new Random(seed);
        NeuralNetwork network = NeuralNetwork.of(
                DenseLayer.of(Mnist1d.LENGTH, 32, WeightInit.he(), random),
                Elementwise.relu(),
                DenseLayer.of(32, 10, WeightInit.xavier(), random));
        Fitting.of(network, new SoftmaxCrossEntropy(), new AdamRule(0.9, 0.999, epsilon))
                .rate(rate)
                .batchSize(50)
                .epochs(5)
                .seed(seed)
                .fit(train.inputs, SoftmaxCrossEntropy.oneHot(train.labels, 10));
        return new SearchTrial(rate, epsilon, validation.accuracy(network), network);
    }

    private static SearchTrial best(List<SearchTrial> trials) {
        return trials.stream()
                .max(Comparator.comparingDouble(SearchTrial::validation))
                .orElseThrow();
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                Hyper-parameters cannot be trained: you try values and compare. Comparing uses up data. A set on which you chose the
                best of many is no longer a fair judge of the winner, as the winner had luck on just that set. So there are three:
                **training** for the weights, **validation** for the choice, **test** for one look at the end. Our test set counts
                its uses.
                """);
        CountedSignals train = new CountedSignals(Mnist1d.generate(page.pick(300, 1_000, 2_000), 42));
        CountedSignals validation = new CountedSignals(Mnist1d.generate(page.pick(300, 500, 1_000), 43));
        CountedSignals test = new CountedSignals(Mnist1d.generate(page.pick(300, 500, 1_000), 44));

        page.text("""
                We search the rate of Adam between $10^-4$ and 1, and its $epsilon$ between $10^-12$ and $10^-8$. Only the rate
                matters, but we pretend not to know. A **grid** of 4 by 4 tries each of 4 rates four times. **Random search** (Bergstra
                and Bengio, 2012) tries 16 different rates for the same price.
                """);
        List<SearchTrial> grid = new ArrayList<>();
        List<SearchTrial> random = new ArrayList<>();
        Random choice = page.random();
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                double rate = Math.pow(10, -4 + i + 0.5); // the middle of each decade
                grid.add(trial(rate, Math.pow(10, -12 + j + 0.5), train, validation, page.seed()));
                double anyRate = Math.pow(10, -4 + 4 * choice.nextDouble()); // uniform in the exponent
                double anyEpsilon = Math.pow(10, -12 + 4 * choice.nextDouble());
                random.add(trial(anyRate, anyEpsilon, train, validation, page.seed()));
            }
        }
        List<SearchTrial> sorted = random.stream()
                .sorted(Comparator.comparingDouble(SearchTrial::rate))
                .toList();
        double[] gridRates = {
            grid.get(0).rate(),
            grid.get(4).rate(),
            grid.get(8).rate(),
            grid.get(12).rate()
        };
        double[] gridBest = new double[4];
        double spread = 0;
        for (int i = 0; i < 4; i++) {
            List<SearchTrial> same = grid.subList(4 * i, 4 * i + 4);
            gridBest[i] = best(same).validation();
            double least =
                    same.stream().mapToDouble(SearchTrial::validation).min().orElseThrow();
            spread = i < 3 ? Math.max(spread, gridBest[i] - least) : spread;
        }
        page.figure(LineChart.of("learning rate", "validation accuracy")
                .xScale(Scale.LOG)
                .line("grid", gridRates, gridBest)
                .line(
                        "random",
                        sorted.stream().mapToDouble(SearchTrial::rate).toArray(),
                        sorted.stream().mapToDouble(SearchTrial::validation).toArray())
                .figure("Sixteen trainings each. The grid sees four places of this curve, random search sixteen."));
        double reach = best(grid).validation() - Arrays.stream(gridBest).min().orElseThrow();
        page.claim("The grid tries 4 different rates.")
                .equal(grid.stream().mapToDouble(SearchTrial::rate).distinct().count(), 4);
        page.claim("Random search tries 16.")
                .equal(random.stream().mapToDouble(SearchTrial::rate).distinct().count(), 16);
        page.claim("The rate matters: over the grid the accuracy changes by 10 points or more.")
                .atLeast(reach, 0.1);
        page.claim("ε does not: below the highest rate it changes the accuracy by less than a fifth of that.")
                .atMost(spread, reach / 5);

        page.text("""
                How near does a search come to the best rate? Let the best exponent lie anywhere in a range of length 1. A grid of $m$
                places misses it by $1/(4 m)$ on average. The nearest of $n$ random places is at the mean distance

                $$(n+3)/(2 (n+1)(n+2))$$

                With 4 places against 16 that is 0.0625 against 0.031. If both hyper-parameters mattered equally, the grid would do as
                well; but one rarely knows, and random search is never far off.
                """);
        int searches = page.pick(20_000, 200_000, 1_000_000);
        double gridMiss = 0;
        double randomMiss = 0;
        for (int s = 0; s < searches; s++) {
            double target = choice.nextDouble();
            double nearest = 1;
            for (int i = 0; i < 16; i++) {
                nearest = Math.min(nearest, Math.abs(target - choice.nextDouble()));
            }
            randomMiss += nearest / searches;
            double within = 4 * target - Math.floor(4 * target);
            gridMiss += Math.abs(within - 0.5) / 4 / searches;
        }
        page.claim("The grid misses by 1/16 of the range on average.").near(gridMiss, 1.0 / 16, 0.002);
        page.claim("Random search misses by 19/612 of it.").near(randomMiss, 19.0 / 612, 0.002);

        page.text("""
                Now the sealed test set: one use, for the winner. Its validation accuracy was the largest of 32, so it is probably a
                little too good. One test accuracy alone cannot prove that, so we only print both.
                """);
        List<SearchTrial> all = new ArrayList<>(grid);
        all.addAll(random);
        int usesBefore = test.uses;
        SearchTrial winner = best(all);
        double testAccuracy = test.accuracy(winner.network());
        page.table(Table.captioned("The winner of 32 trainings.")
                .text("search")
                .significant("rate")
                .percent("validation", 1)
                .row("grid", best(grid).rate(), best(grid).validation())
                .row("random", best(random).rate(), best(random).validation()));
        page.print("test accuracy of the winner %.1f %%", 100 * testAccuracy);
        page.claim("The test set was not used before the end.").equal(usesBefore, 0);
        page.claim("It was used once.").equal(test.uses, 1);
        page.claim("The validation set was used by each of 32 trainings.").equal(validation.uses, 32);
        page.claim("On the test set the winner is far better than guessing, 10 %.")
                .atLeast(testAccuracy, 0.25);
    }
}
