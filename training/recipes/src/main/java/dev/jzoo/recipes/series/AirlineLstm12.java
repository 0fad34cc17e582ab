package dev.jzoo.recipes.series;

import dev.jzoo.datasets.Series;
import dev.jzoo.datasets.catalogue.Airline;
import dev.jzoo.export.SeriesScale;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.Schedule;
import dev.jzoo.training.network.Network;
import dev.jzoo.training.recipe.ModelText;
import java.util.List;

/**
 * An LSTM that looks back a year on the airline passengers and scales each window by its own mean. So it learns the
 * seasons on small values, and they also hold for large ones.
 */
public final class AirlineLstm12 extends AirlineForecast {

    private static final int LOOK_BACK = 12;

    @Override
    public String id() {
        return "airline-lstm-12";
    }

    @Override
    public String title() {
        return "LSTM with 8 units on a year of monthly airline passengers";
    }

    @Override
    public Hyperparameters defaults() {
        return new Hyperparameters(300, 4, 5e-3, 1);
    }

    @Override
    SeriesParts parts() {
        Series series = Airline.series();
        return SeriesParts.overlapping(series.values(), split(series), LOOK_BACK);
    }

    @Override
    Network network() {
        return Network.of(1, LOOK_BACK).lstm(8).lastStep().dense(1);
    }

    @Override
    SeriesScale scale(SeriesParts parts) {
        return SeriesScale.level();
    }

    @Override
    Plan plan(Hyperparameters settings) {
        return Plan.of(Objective.meanSquaredError(), Optimizer.adam(), settings).withSchedule(new Schedule.Cosine());
    }

    @Override
    String preparation() {
        return "each window of " + LOOK_BACK + " months divided by its mean, less 1; the first " + TRAIN_SHARE
                + " of the months are learnt from, all others forecast";
    }

    @Override
    ModelText words() {
        return new ModelText(
                "Takes the passengers of twelve months, in thousands and oldest first, as [batch, 12], and gives those of the"
                        + " next month, [batch, 1]. Scaling by the mean of the twelve is in the graph. RMSE is in thousand"
                        + " passengers, one month ahead; the course asks for less than 30 on the test months, where"
                        + " repeating the month a year ago has 41.85 and AR(12) 20.95.",
                List.of("lstm"),
                List.of(
                        "It knows one series, of 96 months; another one needs a season of twelve months too, and to grow by"
                                + " shares rather than amounts.",
                        "Beyond the first months a forecast is fed its own values, and its errors add up."));
    }
}
