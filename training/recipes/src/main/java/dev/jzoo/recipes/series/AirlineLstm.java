package dev.jzoo.recipes.series;

import dev.jzoo.datasets.Series;
import dev.jzoo.datasets.catalogue.Airline;
import dev.jzoo.datasets.preparation.MinMaxScaler;
import dev.jzoo.export.SeriesScale;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.network.Network;
import dev.jzoo.training.recipe.ModelText;
import java.util.List;

/**
 * An LSTM with 4 units that looks back one month on the airline passengers. In the course its RMSE is 22.76 on the
 * first two thirds, which it is trained on, and 50.21 on the rest.
 */
public final class AirlineLstm extends AirlineForecast {

    @Override
    public String id() {
        return "airline-lstm";
    }

    @Override
    public String title() {
        return "LSTM with 4 units on monthly airline passengers";
    }

    @Override
    public Hyperparameters defaults() {
        return new Hyperparameters(100, 1, 1e-3, 1);
    }

    @Override
    SeriesParts parts() {
        Series series = Airline.series();
        return SeriesParts.apart(series.values(), split(series), 1);
    }

    @Override
    Network network() {
        return Network.of(1, 1).lstm(4).lastStep().dense(1);
    }

    /** Returns the scale of the whole series, including the test part, as in the course. */
    @Override
    SeriesScale scale(SeriesParts parts) {
        MinMaxScaler scaler = MinMaxScaler.fit(parts.values());
        return SeriesScale.range(scaler.min(), scaler.max());
    }

    @Override
    Plan plan(Hyperparameters settings) {
        return Plan.of(Objective.meanSquaredError(), Optimizer.adam(), settings);
    }

    @Override
    String preparation() {
        return "min-max scaling to 0..1 over the whole series; pairs of look-back 1 from the first " + TRAIN_SHARE
                + " of the months";
    }

    @Override
    List<PublishedScore> published() {
        return List.of(new PublishedScore("the LSTM in the course", 22.76, 50.21));
    }

    @Override
    ModelText words() {
        return new ModelText(
                "Takes the passengers of a month, in thousands, as [batch, 1], and gives those of the next month, [batch, 1]."
                        + " Scaling is in the graph. RMSE is in thousand passengers, one month ahead; the course has 22.76 on"
                        + " the training months and 50.21 on the test months.",
                List.of("lstm"),
                List.of(
                        "It looks back one month, so it cannot know the season: on the test months, repeating the last"
                                + " month (persistence) is about as good.",
                        "The scale was taken from the whole series, as in the course; a real forecast could not."));
    }
}
