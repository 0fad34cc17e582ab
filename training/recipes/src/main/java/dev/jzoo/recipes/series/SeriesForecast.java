package dev.jzoo.recipes.series;

import dev.jzoo.datasets.Provenance;
import dev.jzoo.export.SeriesScale;
import dev.jzoo.report.Figure;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Plan;
import dev.jzoo.training.network.Network;
import dev.jzoo.training.recipe.ModelText;
import dev.jzoo.training.recipe.NetworkRecipe;
import dev.jzoo.training.recipe.TrainingTask;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.card.ModelCard;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The recipe of a recurrent network that continues a series: it predicts the next value from a window of the last ones.
 * A recipe of this family defines the series, its split and scale, the network and the plan; everything else is the
 * same for all.
 */
abstract class SeriesForecast implements NetworkRecipe {

    /** A published result for comparison, in the unit of the series. */
    record PublishedScore(String name, double train, double test) {}

    abstract SeriesParts parts();

    abstract Provenance provenance();

    /** Returns the unit of a value and the end of the series in time, without the values. */
    abstract ModelCard.SeriesEnd end();

    /** Returns the network, from [values per step, steps] to one value. */
    abstract Network network();

    abstract SeriesScale scale(SeriesParts parts);

    /** Returns the training plan. */
    abstract Plan plan(Hyperparameters settings);

    abstract ModelText words();

    /** Describes in words how the series is split and scaled. */
    abstract String preparation();

    /** Draws forecasts and truth. */
    abstract Figure chart(Forecasts forecasts);

    /** Returns others' results on the same pairs. The default is none. */
    List<PublishedScore> published() {
        return List.of();
    }

    /** Returns further errors to compare a model with, by name: "sine.test.rmse". The default is none. */
    SortedMap<String, Double> references(SeriesParts parts) {
        return new TreeMap<>();
    }

    @Override
    public final Headline headline() {
        return new Headline("test.rmse", Better.LOWER);
    }

    @Override
    public final TrainingTask prepare(Store store, ProgressListener listener) {
        SeriesParts parts = parts();
        return new SeriesTraining(this, parts, new SeriesWindows(network(), parts.lookBack(), scale(parts)));
    }
}
