package dev.jzoo.labs.sequences;

import dev.jzoo.datasets.Series;
import dev.jzoo.datasets.catalogue.Airline;
import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.labs.LabSize;
import dev.jzoo.numerics.LeastSquares;
import dev.jzoo.report.BarChart;
import dev.jzoo.report.ForecastChart;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Table;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer.Phase;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.WeightInit;
import dev.jzoo.scratch.fitting.Fitting;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.LastStepLayer;
import dev.jzoo.scratch.layers.Lstm;
import dev.jzoo.scratch.losses.PointwiseLoss;
import dev.jzoo.scratch.optimizers.AdamRule;
import dev.jzoo.scratch.optimizers.RateSchedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Forecasts of airline passengers: LSTMs and the simple methods that they have to beat. */
public final class AirlineLab implements Lab {

    /** Months to train on: the first 67 %. */
    private static final int SPLIT = 96;

    private static NeuralNetwork lstm(int units, Random random) {
        return NeuralNetwork.of(
                Lstm.of(1, units, WeightInit.xavierUniform(), random),
                new LastStepLayer(),
                DenseLayer.of(units, 1, WeightInit.xavierUniform(), random));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double[] exponentials(double[] values) {
        return Arrays.stream(values).map(Math::exp).toArray();
    }

    @Override
    public LabInfo info() {
        return new LabInfo(
                "airline",
                "Forecasts and their baselines",
                "Is the forecast of an LSTM better than repeating the last value?",
                Chapter.SEQUENCES);
    }

    @Override
    public void run(LabPage page) {
        page.text("""
                A famous series: the airline passengers of 144 months, which grow and have a season. A famous tutorial: an LSTM with
                four units sees one month and forecasts the next. The course repeats it, with a root-mean-square error (RMSE) of 50.21
                thousand passengers on the last third. Is that good? A number alone does not say. Ask what costs nothing:

                - **persistence**: the next month is as this one, $hat(y)_t = y_(t-1)$;
                - **AR(1)**, a line by least squares: $hat(y)_t = a + b y_(t-1)$.

                As in the course, each window is within one part, and the last of each part is left out: 94 and 46 pairs.
                """);
        Series series = Airline.series();
        double[] y = series.values();
        double[][] train = LagWindows.of(y, 1, 1, SPLIT - 1);
        double[][] test = LagWindows.of(y, 1, SPLIT + 1, y.length - 1);
        double[] persistence = Arrays.copyOfRange(y, SPLIT, y.length - 2);
        double persistenceError = LagWindows.rmse(persistence, y, SPLIT + 1);
        LeastSquares line = LeastSquares.fit(train, Arrays.copyOfRange(y, 1, SPLIT - 1));
        double lineError = LagWindows.rmse(line.predict(test), y, SPLIT + 1);
        page.print("test RMSE: persistence %.2f, AR(1) %.2f", persistenceError, lineError);
        page.claim("Persistence has the error that other programs print, 48.66.")
                .near(persistenceError, 48.66, 0.005);
        page.claim("So has AR(1): 48.76.").near(lineError, 48.76, 0.005);

        page.text("""
                Now the course's LSTM: values scaled to 0 ... 1, Adam with a learning rate of 0.001, batches of one example, 100 epochs. What
                it learns depends on its random weights, so we train several.
                """);
        double low = 104;
        double range = 622 - low;
        Array x = LagWindows.sequences(train).map(v -> (v - low) / range);
        Array newX = LagWindows.sequences(test).map(v -> (v - low) / range);
        Array next =
                Array.of(Arrays.copyOfRange(y, 1, SPLIT - 1), train.length, 1).map(v -> (v - low) / range);
        Array grid = Array.zeros(53, 1, 1);
        double[] passengers = new double[53];
        for (int i = 0; i < passengers.length; i++) {
            passengers[i] = low + 10 * i;
            grid.set(i * 10 / range, i, 0, 0);
        }
        int seeds = page.pick(1, 2, 10);
        int epochs = page.pick(20, 100, 100);
        double[] trainErrors = new double[seeds];
        double[] testErrors = new double[seeds];
        List<Frame> learned = new ArrayList<>();
        for (int seed = 0; seed < seeds; seed++) {
            NeuralNetwork network = lstm(4, new Random(page.seed() + seed));
            boolean first = seed == 0;
            Fitting.of(network, PointwiseLoss.MEAN_SQUARED_ERROR, new AdamRule())
                    .rate(0.001)
                    .batchSize(1)
                    .epochs(epochs)
                    .seed(page.seed() + seed)
                    .eachEpoch(epoch -> {
                        if (first && epoch.number() % (epochs / 10) == 0) {
                            double[] curve = network.forward(grid, Phase.INFERENCE)
                                    .map(v -> low + range * v)
                                    .values();
                            learned.add(new Frame(
                                    Integer.toString(epoch.number()),
                                    LineChart.of("passengers this month [thousands]", "forecast [thousands]")
                                            .line("LSTM", passengers, curve)
                                            .line("persistence", passengers, passengers)
                                            .figure("All that the LSTM has learned: a function of one number.")));
                        }
                    })
                    .fit(x, next);
            double[] onTrain = network.forward(x, Phase.INFERENCE)
                    .map(v -> low + range * v)
                    .values();
            double[] onTest = network.forward(newX, Phase.INFERENCE)
                    .map(v -> low + range * v)
                    .values();
            trainErrors[seed] = LagWindows.rmse(onTrain, y, 1);
            testErrors[seed] = LagWindows.rmse(onTest, y, SPLIT + 1);
            page.print("seed %d: RMSE %.2f train, %.2f test", seed + 1, trainErrors[seed], testErrors[seed]);
        }
        if (page.size() == LabSize.FULL) {
            double mean = mean(testErrors);
            double variance = 0;
            for (double error : testErrors) {
                variance += (error - mean) * (error - mean) / (seeds - 1);
            }
            double deviation = Math.sqrt(variance);
            page.print("test RMSE of the LSTMs: mean %.2f, standard deviation %.2f", mean, deviation);
            page.claim("On average the LSTM is worse than persistence (mean less two standard errors).")
                    .atLeast(mean - 2 * deviation / Math.sqrt(seeds), persistenceError);
            page.published("The course prints 22.76 on the training months (our mean).")
                    .near(mean(trainErrors), 22.76, 1);
            page.published(
                            "It prints 50.21 on the test months, from one run (our mean, ± two standard deviations of a run).")
                    .near(mean, 50.21, 2 * deviation);
        }

        page.text("""
                Why? With one month as input and a state that starts at 0, the LSTM is a function of one number, however
                many gates it has. The best such function is close to the diagonal, which is persistence. The course's network had to learn what
                the diagonal knows. On the right, where it never trained, its tanh bends down, so it is worse.
                """);
        page.figure(Frames.of("epoch", learned).choose(learned.size() - 1));

        page.text("""
                The season is twelve months long, so a window must be at least that long. The AR(p) model is the same line with p inputs.
                Passengers grow by a percentage and not by an amount, so we also fit it to logarithms. From here on, all 48 months are
                forecast, with windows that reach back into the training months.
                """);
        double[] orders = new double[14];
        double[] errors = new double[14];
        double[] logErrors = new double[14];
        double[] best = {};
        double[] coefficients = {};
        double[] logs = Arrays.stream(y).map(Math::log).toArray();
        for (int p = 1; p <= 14; p++) {
            LeastSquares fit = LeastSquares.fit(LagWindows.of(y, p, p, SPLIT), Arrays.copyOfRange(y, p, SPLIT));
            LeastSquares logFit =
                    LeastSquares.fit(LagWindows.of(logs, p, p, SPLIT), Arrays.copyOfRange(logs, p, SPLIT));
            double[] forecasts = exponentials(logFit.predict(LagWindows.of(logs, p, SPLIT, y.length)));
            orders[p - 1] = p;
            errors[p - 1] = LagWindows.rmse(fit.predict(LagWindows.of(y, p, SPLIT, y.length)), y, SPLIT);
            logErrors[p - 1] = LagWindows.rmse(forecasts, y, SPLIT);
            if (p == 13) {
                best = forecasts;
                double[][] unit = new double[14][13];
                for (int lag = 1; lag <= 13; lag++) {
                    unit[lag][13 - lag] = 1;
                }
                coefficients = logFit.predict(unit);
            }
        }
        double seasonal = LagWindows.rmse(Arrays.copyOfRange(y, SPLIT - 12, y.length - 12), y, SPLIT);
        page.figure(LineChart.of("months in the window", "test RMSE [thousands]")
                .line("AR", orders, errors)
                .line("AR of logarithms", orders, logErrors)
                .level("the same month a year ago", seasonal)
                .figure("With twelve months the error halves. With thirteen it falls once more."));
        page.claim("The same month a year ago: 41.85.").near(seasonal, 41.85, 0.005);
        page.claim("AR(12): 20.95.").near(errors[11], 20.95, 0.005);
        page.claim("AR(13) of logarithms: 14.05.").near(logErrors[12], 14.05, 0.005);

        page.text("""
                What does the thirteenth month add? Look at the weights. They say: take last month, and add the change of the same month
                a year ago.

                $$log y_t ~~ log y_(t-1) + log y_(t-12) - log y_(t-13)$$

                A window of twelve holds last year's month but not the one before it, so it does not contain that change. Box and Jenkins used
                this series to show just that in their book (1976).
                """);
        BarChart bars = BarChart.of("weight");
        for (int lag = 1; lag <= 13; lag++) {
            bars.bar(lag + " months ago", coefficients[lag] - coefficients[0]);
        }
        page.figure(bars.figure("Weights of AR(13) on logarithms."));
        double small = 0;
        for (int lag = 2; lag <= 11; lag++) {
            small = Math.max(small, Math.abs(coefficients[lag] - coefficients[0]));
        }
        page.claim("Last month weighs more than each of the months 2 to 11.")
                .atLeast(coefficients[1] - coefficients[0], small);
        page.claim("So does the same month a year ago.").atLeast(coefficients[12] - coefficients[0], small);
        page.claim("So does the month before that one, with a minus.")
                .atLeast(coefficients[0] - coefficients[13], small);

        page.text("""
                An LSTM with a year in its window is a different thing. Each window is divided by its own mean, so that the large values
                of later years look like those it has seen; this is the zoo's recipe `airline-lstm-12`. It beats its small brother by
                far. Yet the linear model of thirteen logarithms, with 14 weights and no training loop, beats both. The lesson is not
                that LSTMs are bad. On 96 months, what you know about the data (a season, growth by percentages) is worth more than a
                flexible model.
                """);
        double[][] years = LagWindows.of(y, 12, 12, y.length);
        double[] level = new double[years.length];
        double[] ratio = new double[years.length];
        for (int i = 0; i < years.length; i++) {
            double mean = mean(years[i]);
            level[i] = mean;
            ratio[i] = y[12 + i] / mean - 1; // the target
            years[i] = Arrays.stream(years[i]).map(v -> v / mean - 1).toArray();
        }
        int known = SPLIT - 12;
        Array asked = LagWindows.sequences(Arrays.copyOfRange(years, known, years.length));
        int runs = page.pick(1, 1, 3);
        double[][] forecasts = new double[runs][y.length - SPLIT];
        double[] yearErrors = new double[runs];
        for (int run = 0; run < runs; run++) {
            NeuralNetwork network = lstm(8, new Random(page.seed() + run));
            Fitting.of(network, PointwiseLoss.MEAN_SQUARED_ERROR, new AdamRule())
                    .rate(RateSchedule.cosine(0.005))
                    .batchSize(4)
                    .epochs(page.pick(10, 60, 300))
                    .seed(page.seed() + run)
                    .fit(
                            LagWindows.sequences(Arrays.copyOf(years, known)),
                            Array.of(Arrays.copyOf(ratio, known), known, 1));
            double[] answers = network.forward(asked, Phase.INFERENCE).values();
            for (int i = 0; i < answers.length; i++) {
                forecasts[run][i] = level[known + i] * (1 + answers[i]);
            }
            yearErrors[run] = LagWindows.rmse(forecasts[run], y, SPLIT);
        }
        page.figure(ForecastChart.ofMonths("passengers [thousands]", series.start(), y)
                .forecast("LSTM, 12 months", SPLIT, forecasts[0])
                .baseline("AR(13) of logarithms", SPLIT, best)
                .split(SPLIT)
                .figure("Forecasts one month ahead."));
        page.table(
                Table.captioned("Test RMSE in thousand passengers. The first three forecast 46 months, the others 48.")
                        .text("method")
                        .decimal("RMSE", 2)
                        .row("persistence", persistenceError)
                        .row("AR(1)", lineError)
                        .row("LSTM(4), one month", mean(testErrors))
                        .row("the same month a year ago", seasonal)
                        .row("LSTM(8), twelve months", mean(yearErrors))
                        .row("AR(12)", errors[11])
                        .row("AR(13) of logarithms", logErrors[12]));
        if (page.size() == LabSize.FULL) {
            page.claim("The LSTM with twelve months beats repeating the year before (worst of three seeds).")
                    .atMost(Arrays.stream(yearErrors).max().orElseThrow(), seasonal);
            page.claim("AR(13) of logarithms beats it (best of three seeds, RMSE more).")
                    .atLeast(Arrays.stream(yearErrors).min().orElseThrow() - logErrors[12], 0);
        }
    }
}
