package dev.jzoo.recipes.text;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.text.Sampling;
import dev.jzoo.inference.text.TextGenerator;
import dev.jzoo.report.Figure;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Numerals;
import dev.jzoo.report.Report;
import dev.jzoo.report.Role;
import dev.jzoo.report.Table;
import dev.jzoo.training.History;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.recipe.RunPage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** The page of a language model's run: curves, baselines and generated text. */
final class LanguageReport {

    private static final List<Double> TEMPERATURES = List.of(0.0, 0.5, 0.8, 1.0, 1.5);
    private static final int LENGTH = 400;
    private static final int WRITTEN = 1000;

    private LanguageReport() {}

    static void add(Report report, RunPage page, RecipeTexts texts, SortedMap<Integer, String> samples)
            throws IOException {
        Map<String, Double> metrics = page.card().metrics();
        report.fact("Test", nats(metrics.get("test.nats")), "nats per character, ONNX Runtime")
                .fact("Train", nats(metrics.get("train.nats")), "nats per character, ONNX Runtime")
                .fact("4-gram", nats(metrics.get("ngram-4.test.nats")), "nats per character of the test text");
        report.section("Training")
                .figures(curves(page.history(), metrics), page.learningRate())
                .section("Baselines")
                .table(baselines(metrics))
                .section("Text generated during training");
        samples.forEach((epochs, text) -> report.paragraph(
                        "After " + epochs + (epochs == 1 ? " epoch" : " epochs") + ", at temperature 0.8:")
                .verbatim(text.strip()));
        report.section("Generated text, by temperature");
        byTemperature(page.run(), texts, report);
    }

    private static Figure curves(History history, Map<String, Double> metrics) {
        return LineChart.ofEpochs("nats per character")
                .line(Role.TRAIN, "train", history.metric("train.nats"))
                .line(Role.TEST, "test", history.metric("test.nats"))
                .faint(Role.TRAIN, "training loss, with dropout", history.losses())
                .level("4-gram, test", metrics.get("ngram-4.test.nats"))
                .figure("Error after each epoch, on " + Numerals.whole(LanguageModel.WATCHED)
                        + " characters of each part, from " + LanguageModel.PLACES + " places in it.");
    }

    private static Table baselines(Map<String, Double> metrics) {
        Table table = Table.captioned("Nats per character of the test text. Perplexity is e to that power.")
                .text("prediction by")
                .decimal("nats", 3)
                .decimal("perplexity", 2);
        row(table, "this network", metrics.get("test.nats"));
        for (int order = 0; order <= NGrams.ORDER; order++) {
            row(
                    table,
                    switch (order) {
                        case 0 -> "frequency of each character";
                        case 1 -> "counts after the last character";
                        default -> "counts after the last " + order + " characters";
                    },
                    metrics.get("ngram-" + order + ".test.nats"));
        }
        row(
                table,
                "counts after the last " + NGrams.ORDER + " characters, mixed with those after fewer (Witten and Bell)",
                metrics.get("ngram-" + NGrams.ORDER + "-interpolated.test.nats"));
        return table;
    }

    private static void row(Table table, String name, double nats) {
        table.row(name, nats, Math.exp(nats));
    }

    private static void byTemperature(TrainingRun run, RecipeTexts texts, Report report) throws IOException {
        Set<String> known = words(texts.train().text()).stream().collect(Collectors.toSet());
        Table table = Table.captioned(
                        "Share of generated words that occur in the training text, in " + WRITTEN + " characters.")
                .decimal("temperature", 1)
                .percent("known words", 1);
        try (TextGenerator generator = TextGenerator.open(run.folder().model().resolve("model.onnx"), Device.cpu())) {
            for (double temperature : TEMPERATURES) {
                String text =
                        generator.generate("", WRITTEN, Sampling.standard().withTemperature(temperature));
                List<String> written = words(text);
                long existing = written.stream().filter(known::contains).count();
                table.row(temperature, written.isEmpty() ? 0.0 : (double) existing / written.size());
                report.paragraph("Temperature " + temperature
                                + (temperature == 0 ? ", always the likeliest character:" : ":"))
                        .verbatim(text.substring(0, LENGTH).strip());
            }
        }
        report.table(table);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("[^A-Za-z']+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static String nats(double value) {
        return Numerals.decimal(value, 3);
    }
}
