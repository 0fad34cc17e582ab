package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.card.CardPage;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.card.ReadableNumbers;
import dev.jzoo.zoo.card.Task;
import dev.jzoo.zoo.catalogue.PublishableFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares the tables of {@code docs/models.md}, and the short one of the README, with the cards in {@code zoo/models}. Renewed by
 * {@code mvn test -pl cli -Dtest=ModelsPageTest -Dtests.jvm="-Xmx2g -Dmodels.renew=true"}.
 */
class ModelsPageTest {

    private static final Path ROOT = Path.of("..");

    /** Rows of the README, in its order. */
    private static final List<String> SHORT =
            List.of("mnist-lenet", "cifar10-resnet20", "airline-lstm-12", "mnist1d-cnn", "char-transformer");

    /** The metrics that a table shows, the first that a card has. */
    private static final List<Measure> MEASURES = List.of(
            new Measure("accuracy", "accuracy %s %%", 100, 2),
            new Measure("nats", "%s nats per character", 1, 3),
            new Measure("r2", "R2 %s", 1, 3),
            new Measure("rmse", "RMSE %s", 1, 3));

    /** Parts of the data that a figure may be of, the most independent first. */
    private static final List<String> PARTS = List.of("test", "validation");

    /** A metric, how a table shows it, the factor of its values, and their number of decimals. */
    private record Measure(String metric, String form, double factor, int decimals) {

        /** Writes a value with the decimals of the figure that it is compared with. */
        String number(double value, double figure) {
            return String.format(Locale.ROOT, "%." + (figure * factor >= 10 ? 2 : decimals) + "f", value * factor);
        }
    }

    /** A published model: its card, and its folder. */
    private record ShownModel(ModelCard card, Path folder) {

        static ShownModel read(Path folder) {
            try {
                return new ShownModel(CardPage.read(folder.resolve(PublishableFolder.README)), folder);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private SortedMap<String, Double> metrics() {
            return card.metrics();
        }

        private String part() {
            return PARTS.stream()
                    .filter(part -> metrics().keySet().stream().anyMatch(name -> name.startsWith(part + ".")))
                    .findFirst()
                    .orElseThrow();
        }

        private Measure measure() {
            return MEASURES.stream()
                    .filter(measure -> metrics().containsKey(part() + "." + measure.metric))
                    .findFirst()
                    .orElseThrow();
        }

        private Optional<String> number(String metric) {
            return Optional.ofNullable(metrics().get(metric)).map(this::number);
        }

        private String number(double value) {
            return measure().number(value, metrics().get(part() + "." + measure().metric));
        }

        String shortRow() {
            return row(
                    "`" + card.id() + "`",
                    card.task().id(),
                    measure()
                            .form
                            .formatted(number(part() + "." + measure().metric).orElseThrow()),
                    size());
        }

        String longRow() {
            String metric = part() + "." + measure().metric;
            String figure = measure().form.formatted(number(metric).orElseThrow());
            String spread = number(metric + ".min")
                    .map(low -> " (%s to %s, %.0f seeds)"
                            .formatted(
                                    low,
                                    number(metric + ".max").orElseThrow(),
                                    metrics().get(metric + ".seeds")))
                    .orElse("");
            String original = number("original-test." + measure().metric)
                    .map(value -> "; " + value + " % of " + originals())
                    .orElse("");
            return row(
                    "`" + card.id() + "`",
                    card.title(),
                    figure + (part().equals("test") ? "" : " on " + part()) + spread + original,
                    number("train." + measure().metric).orElse(""),
                    baselines(metric),
                    size(),
                    data(),
                    card.licence());
        }

        private String originals() {
            return card.data().stream()
                    .map(ModelCard.Data::name)
                    .filter(name -> name.endsWith(" original-test"))
                    .map(name -> Integer.parseInt(name.replaceFirst(".*-first-(\\d+) .*", "$1")))
                    .map(count -> String.format(Locale.ROOT, "the first %,d original pictures", count))
                    .findFirst()
                    .orElseThrow();
        }

        /** The baselines, the best first; of n-grams the longest only. */
        private String baselines(String metric) {
            boolean high = !measure().metric.equals("rmse") && !measure().metric.equals("nats");
            List<Map.Entry<String, Double>> found = new ArrayList<>(metrics().entrySet().stream()
                    .filter(entry -> entry.getKey().endsWith("." + metric)
                            && !entry.getKey().matches("ngram-[0-3]\\..*"))
                    .toList());
            found.sort(Map.Entry.comparingByValue());
            if (high) {
                Collections.reverse(found);
            }
            return found.stream()
                    .map(entry ->
                            baseline(entry.getKey().substring(0, entry.getKey().indexOf('.'))) + " "
                                    + number(entry.getValue()))
                    .collect(Collectors.joining(", "));
        }

        private static String baseline(String name) {
            if (name.matches("ar\\d+")) {
                return "AR(" + name.substring(2) + ")";
            }
            return switch (name) {
                case "persistence" -> "last value";
                case "seasonal" -> "value a season before";
                case "noise" -> "the noise alone";
                case "linear" -> "linear regression";
                case "ngram-4" -> "4-gram";
                case "ngram-4-interpolated" -> "interpolated 4-gram";
                default -> name;
            };
        }

        private String data() {
            return card.data().stream()
                    .map(data -> data.name().replaceFirst(" (train|test|validation|original-test|all)$", ""))
                    .filter(name -> !name.contains("-first-"))
                    .distinct()
                    .collect(Collectors.joining(", "));
        }

        private String size() {
            try {
                return ReadableNumbers.bytes(Files.size(folder.resolve(PublishableFolder.MODEL)));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private static String row(String... cells) {
            return "| " + String.join(" | ", cells) + " |\n";
        }
    }

    private static List<ShownModel> models() throws IOException {
        try (Stream<Path> cards = Files.find(
                ROOT.resolve("zoo/models"), 3, (file, attributes) -> file.endsWith(PublishableFolder.README))) {
            return cards.map(Path::getParent)
                    .map(ShownModel::read)
                    .sorted(Comparator.comparing(model -> model.card.id()))
                    .toList();
        }
    }

    private static String tables(List<ShownModel> models) {
        StringBuilder text = new StringBuilder();
        for (Task task : Task.values()) {
            List<ShownModel> rows =
                    models.stream().filter(model -> model.card.task() == task).toList();
            if (!rows.isEmpty()) {
                text.append("\n### ").append(task.id()).append("\n\n");
                text.append(
                        "| model | network | test | training | baselines on the test data | size | data | licence |\n");
                text.append("|---|---|---|---:|---|---:|---|---|\n");
                rows.forEach(row -> text.append(row.longRow()));
            }
        }
        return text.toString();
    }

    private static String shortTable(List<ShownModel> models) {
        return "| model | task | test figure | size |\n|---|---|---|---:|\n"
                + SHORT.stream()
                        .map(id -> models.stream()
                                .filter(model -> model.card.id().equals(id))
                                .findFirst()
                                .orElse(null))
                        .filter(Objects::nonNull)
                        .map(ShownModel::shortRow)
                        .collect(Collectors.joining());
    }

    /** Puts text between two marks of a page, and compares the page with the result. */
    private static void hold(String file, String after, String before, String text) throws IOException {
        Path path = ROOT.resolve(file);
        String page = Files.readString(path);
        int begin = page.indexOf(after);
        assertTrue(begin >= 0, file + " has no '" + after + "'.");
        int end = page.indexOf(before, begin + after.length());
        assertTrue(end >= 0, file + " has no '" + before + "' after '" + after + "'.");
        String expected = page.substring(0, begin) + after + text + page.substring(end);
        if (Boolean.getBoolean("models.renew")) {
            Files.writeString(path, expected);
        }
        assertEquals(
                expected, Files.readString(path), file + " is stale; the Javadoc of this test says how to renew it.");
    }

    @Test
    void theModelsPageShowsTheFiguresOfTheCards() throws IOException {
        hold("docs/models.md", "makes it again.\n", "\n## Compared ", tables(models()));
    }

    @Test
    void theReadmeShowsTheFiguresOfTheCards() throws IOException {
        hold("README.md", "\n## Models\n\n", "\n[docs/models.md]", shortTable(models()));
    }

    @Test
    void bothPagesNameTheNumberOfModels() throws IOException {
        String count = models().size() + "";
        assertTrue(Files.readString(ROOT.resolve("README.md")).contains("lists all " + count + ","), count);
        assertTrue(Files.readString(ROOT.resolve("docs/models.md")).contains("publishes " + count + " models"), count);
    }
}
