package dev.jzoo.recipes.series;

import dev.jzoo.datasets.Provenance;
import dev.jzoo.datasets.Series;
import dev.jzoo.datasets.catalogue.Airline;
import dev.jzoo.report.Figure;
import dev.jzoo.report.ForecastChart;
import dev.jzoo.zoo.card.ModelCard;
import java.util.List;

/** A forecast of the monthly airline passengers. The first two thirds of the months are for training. */
abstract class AirlineForecast extends SeriesForecast {

    static final double TRAIN_SHARE = 0.67;

    static int split(Series series) {
        return (int) (series.size() * TRAIN_SHARE);
    }

    @Override
    final Provenance provenance() {
        return Airline.provenance();
    }

    @Override
    final ModelCard.SeriesEnd end() {
        Series series = Airline.series();
        return new ModelCard.SeriesEnd(series.unit(), "P1M", series.last().toString(), List.of());
    }

    @Override
    final Figure chart(Forecasts forecasts) {
        Series series = Airline.series();
        SeriesParts parts = forecasts.parts();
        return ForecastChart.ofMonths("passengers [thousands]", series.start(), series.values())
                .fitted("LSTM on the training months", parts.lookBack(), forecasts.onTrain())
                .forecast("LSTM on the test months", parts.firstOfTest(), forecasts.onTest())
                .baseline("persistence", parts.firstOfTest(), forecasts.persistence())
                .future("the next " + forecasts.future().length + " months", series.size(), forecasts.future())
                .split(parts.split())
                .figure("Forecasts one month ahead. After the last known month, each forecast is fed back as history.");
    }
}
