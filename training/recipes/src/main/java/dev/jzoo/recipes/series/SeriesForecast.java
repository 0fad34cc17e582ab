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
 * The recipe of a recurrent network that continues a series: from a window of its last values to the next one. A recipe of
 * this family says which series, how it is cut and scaled, which network, and how it learns; the rest is the same for all.
 */
abstract class SeriesForecast implements NetworkRecipe {

    /** A published result to compare with, in the unit of the series. */
    record PublishedScore(String name, double train, double test) {}

    abstract SeriesParts parts();

    abstract Provenance provenance();

    /** Unit of a value, and where its end is in time: without the values. */
    abstract ModelCard.SeriesEnd end();

    /** From [values at a step, steps] to one value. */
    abstract Network network();

    abstract SeriesScale scale(SeriesParts parts);

    /** How it learns. */
    abstract Plan plan(Hyperparameters settings);

    abstract ModelText words();

    /** How the series is cut and scaled, in words. */
    abstract String preparation();

    /** Forecasts against truth. */
    abstract Figure chart(Forecasts forecasts);

    /** Results of others on the same pairs; none if not said. */
    List<PublishedScore> published() {
        return List.of();
    }

    /** Further errors that a model is compared with, by name: "sine.test.rmse"; none if not said. */
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
