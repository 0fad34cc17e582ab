package dev.jzoo.recipes.series;

import dev.jzoo.datasets.Provenance;
import dev.jzoo.datasets.catalogue.SineSeries;
import dev.jzoo.datasets.preparation.MinMaxScaler;
import dev.jzoo.export.SeriesScale;
import dev.jzoo.recipes.Baselines;
import dev.jzoo.report.Figure;
import dev.jzoo.report.ForecastChart;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.network.Network;
import dev.jzoo.training.recipe.ModelText;
import dev.jzoo.zoo.card.ModelCard;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A simple recurrent network with one unit, on a noisy sine. It reads ten values per step. With one value per step, a
 * state of one number cannot hold both the phase and the direction of the sine, and no weights reach an error below
 * 0.16.
 */
public final class SineRnn extends SeriesForecast {

    private static final int PER_STEP = 10;
    private static final int STEPS = 5;
    private static final int LOOK_BACK = PER_STEP * STEPS;

    private static final int SHOWN_OF_TRAIN = 100;

    private static final SineSeries SERIES = SineSeries.standard();

    @Override
    public String id() {
        return "sine-rnn";
    }

    @Override
    public String title() {
        return "Recurrent network with 1 unit on a sine with noise";
    }

    @Override
    public Hyperparameters defaults() {
        return new Hyperparameters(200, 4, 1e-3, 1);
    }

    @Override
    SeriesParts parts() {
        return SeriesParts.overlapping(SERIES.values(), SERIES.trainSize(), LOOK_BACK);
    }

    @Override
    Provenance provenance() {
        return SERIES.provenance();
    }

    @Override
    ModelCard.SeriesEnd end() {
        return new ModelCard.SeriesEnd("", "", "", List.of());
    }

    @Override
    Network network() {
        return Network.of(PER_STEP, STEPS).simpleRnn(1).lastStep().dense(1);
    }

    @Override
    SeriesScale scale(SeriesParts parts) {
        MinMaxScaler scaler = MinMaxScaler.fit(SERIES.train());
        return SeriesScale.range(scaler.min(), scaler.max());
    }

    @Override
    Plan plan(Hyperparameters settings) {
        return Plan.of(Objective.meanSquaredError(), Optimizer.adam(), settings);
    }

    @Override
    String preparation() {
        return "min-max scaling to 0..1 over the first three quarters, which are learnt from; windows of " + STEPS
                + " steps of " + PER_STEP
                + " values; back-propagation through time is truncated: each window begins with"
                + " state 0, and gradients go back over its " + STEPS + " steps";
    }

    /** Returns the error of the sine itself, which remains when everything but the noise is known. */
    @Override
    SortedMap<String, Double> references(SeriesParts parts) {
        double[] sine = new SineSeries(SERIES.length(), SERIES.period(), 0, SERIES.seed()).values();
        double[] values = parts.values();
        SortedMap<String, Double> metrics = new TreeMap<>();
        metrics.put("noise.train.rmse", error(sine, values, parts.lookBack(), parts.split()));
        metrics.put("noise.test.rmse", error(sine, values, parts.split(), values.length));
        return metrics;
    }

    private static double error(double[] sine, double[] values, int from, int to) {
        return Baselines.rmse(Arrays.copyOfRange(sine, from, to), Arrays.copyOfRange(values, from, to));
    }

    /** Draws the end of the series, because 20 oscillations next to each other are hard to read. */
    @Override
    Figure chart(Forecasts forecasts) {
        SeriesParts parts = forecasts.parts();
        int length = parts.values().length;
        int first = parts.split() - SHOWN_OF_TRAIN;
        double[] onTrain = forecasts.onTrain();
        return ForecastChart.ofSteps("value", first, Arrays.copyOfRange(parts.values(), first, length))
                .fitted(
                        "on training values",
                        0,
                        Arrays.copyOfRange(onTrain, onTrain.length - SHOWN_OF_TRAIN, onTrain.length))
                .forecast("on test values", SHOWN_OF_TRAIN, forecasts.onTest())
                .future("the next " + forecasts.future().length, length - first, forecasts.future())
                .split(SHOWN_OF_TRAIN)
                .figure("Forecasts one step ahead. After the last known value, each forecast is fed back as history.");
    }

    @Override
    ModelText words() {
        return new ModelText(
                "Takes the last 50 values of a series, oldest first, as [batch, 50], and gives the next one, [batch, 1]."
                        + " Scaling is in the graph. The series is a sine of amplitude 1 and period 50 with noise of"
                        + " deviation 0.1, below which no forecast can get.",
                List.of("rnn"),
                List.of(
                        "It knows a sine of period 50 and amplitude 1 only.",
                        "One unit is all that it has: a linear function of the same 50 values, by least squares, is better."));
    }
}
