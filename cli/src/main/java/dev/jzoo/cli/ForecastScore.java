package dev.jzoo.cli;

import dev.jzoo.cli.console.TextTable;
import dev.jzoo.zoo.card.ModelCard;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The error of one forecast of a series, one step ahead on the test part: of a model, or of a baseline without a network.
 *
 * @param forecast "this model", or what the baseline does
 * @param testRmse root of the mean squared error, in the unit of the series
 */
record ForecastScore(String forecast, double testRmse) {

    private static final String METRIC = "test.rmse";

    /** Returns the scores of a forecaster and of its baselines, the best first, as the forecaster's card has them. */
    static List<ForecastScore> of(ModelCard card) {
        List<ForecastScore> scores = new ArrayList<>();
        card.metrics().forEach((name, value) -> {
            if (name.equals(METRIC)) {
                scores.add(new ForecastScore("this model", value));
            } else if (name.endsWith("." + METRIC)) {
                scores.add(new ForecastScore(baseline(name.substring(0, name.indexOf('.'))), value));
            }
        });
        scores.sort(Comparator.comparingDouble(ForecastScore::testRmse));
        return List.copyOf(scores);
    }

    private static String baseline(String name) {
        if (name.matches("ar\\d+")) {
            return "linear regression on the last " + name.substring(2) + " values, AR(" + name.substring(2) + ")";
        }
        return switch (name) {
            case "persistence" -> "the last value again";
            case "seasonal" -> "the value a year before";
            default -> name;
        };
    }

    /** Prints a table of at most 80 columns. */
    static void print(List<ForecastScore> scores, PrintWriter out) {
        TextTable table = new TextTable(TextTable.TextColumn.left("FORECAST"), TextTable.TextColumn.right("TEST RMSE"));
        scores.forEach(score -> table.row(score.forecast, String.format(Locale.ROOT, "%.2f", score.testRmse)));
        table.print(out);
    }
}
