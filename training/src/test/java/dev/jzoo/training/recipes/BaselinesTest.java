package dev.jzoo.training.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jzoo.datasets.Airline;
import dev.jzoo.datasets.LookBack;
import dev.jzoo.datasets.Series;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BaselinesTest {

    @Test
    void theBaselinesOfTheAirlineSeriesAreThePublishedOnes() {
        Series series = Airline.series();
        Map<String, Double> metrics = Baselines.of(
                        LookBack.windows(series.first(96).values(), 1),
                        LookBack.windows(series.after(96).values(), 1))
                .metrics();
        assertEquals(23.18, metrics.get("persistence.train.rmse"), 0.005);
        assertEquals(48.66, metrics.get("persistence.test.rmse"), 0.005);
        assertEquals(22.72, metrics.get("ar1.train.rmse"), 0.005);
        assertEquals(48.76, metrics.get("ar1.test.rmse"), 0.005);
    }
}
