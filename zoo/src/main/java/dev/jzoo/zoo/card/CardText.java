package dev.jzoo.zoo.card;

import dev.jzoo.zoo.file.Json;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The Markdown text of a card's page, for people. */
final class CardText {

    private static final int DIGITS = 5;

    private CardText() {}

    static String of(ModelCard card) {
        StringBuilder text = new StringBuilder();
        text.append("# ")
                .append(card.title())
                .append("\n\n")
                .append(card.summary())
                .append("\n\n");
        section(text, "How to run it", run(card));
        section(text, "How good it is", metrics(card));
        card.columns().forEach(columns -> section(text, "Columns", columns(columns)));
        if (!card.labels().isEmpty()) {
            section(
                    text,
                    "Labels",
                    card.task() == Task.TEXT_GENERATION
                            ? "The characters of these strings, in this order: `" + Json.compact(card.labels()) + "`"
                            : String.join(", ", card.labels()));
        }
        section(text, "Data", data(card));
        section(text, "How it was made", recipe(card));
        if (!card.limits().isEmpty()) {
            section(
                    text,
                    "Limits",
                    card.limits().stream().map(limit -> "- " + limit).collect(Collectors.joining("\n")));
        }
        section(text, "Licence", card.licence() + ". Version " + card.version() + ".");
        return text.toString().stripTrailing() + "\n";
    }

    private static void section(StringBuilder text, String title, String body) {
        if (!body.isEmpty()) {
            text.append("## ").append(title).append("\n\n").append(body).append("\n\n");
        }
    }

    private static String run(ModelCard card) {
        String id = card.id();
        return switch (card.task()) {
            case IMAGE_CLASSIFICATION ->
                code("sh", "jzoo run " + id + " picture.png")
                        + "\n\n"
                        + code(
                                "java",
                                "try (ImageClassifier model = ImageClassifier.load(\"" + id + "\")) {\n"
                                        + "    System.out.println(model.classify(Path.of(\"picture.png\")).best());\n}");
            case TIME_SERIES_FORECASTING ->
                code("sh", "jzoo run " + id)
                        + "\n\n"
                        + code(
                                "java",
                                "try (Forecaster model = Forecaster.load(\"" + id + "\")) {\n"
                                        + "    System.out.println(model.forecast(12));\n}");
            case TEXT_GENERATION ->
                code("sh", "jzoo run " + id + " \"The \" --length 200")
                        + "\n\n"
                        + code(
                                "java",
                                "try (TextGenerator model = TextGenerator.load(\"" + id + "\")) {\n"
                                        + "    System.out.println(model.generate(\"The \", 200, Sampling.standard()));\n}");
            case TABULAR_REGRESSION ->
                code("sh", "jzoo run " + id + " table.csv")
                        + "\n\n"
                        + code(
                                "java",
                                "try (Regressor model = Regressor.load(\"" + id + "\")) {\n"
                                        + "    System.out.println(model.predict(" + row(card) + "));\n}");
            case TABULAR_CLASSIFICATION ->
                code("sh", "jzoo run " + id + " signal.csv")
                        + "\n\n"
                        + code(
                                "java",
                                "try (SignalClassifier model = SignalClassifier.load(\"" + id + "\")) {\n"
                                        + "    System.out.println(model.classify(signal).best());\n}");
            default ->
                code("sh", "jzoo run " + id + " INPUT")
                        + "\n\n"
                        + code(
                                "java",
                                "Path file = Zoo.standard().pull(\"" + id + "\", ProgressListener.NONE).model();\n"
                                        + "try (OnnxModel model = OnnxModel.open(file, Device.cpu())) {\n"
                                        + "    System.out.println(model.inputs());\n}");
        };
    }

    /** Returns a table row as Java arguments, with variable names in place of numbers. */
    private static String row(ModelCard card) {
        return card.columns().stream()
                .flatMap(columns -> columns.features().stream())
                .map(CardText::variable)
                .collect(Collectors.joining(", "));
    }

    /** Returns a Java variable for a column: "greScore" for "GRE Score". */
    private static String variable(String column) {
        String words = Arrays.stream(column.split("[^A-Za-z0-9]+"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT)
                        + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
        return words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
    }

    private static String columns(ModelCard.Columns columns) {
        return "It reads " + String.join(", ", columns.features()) + ", in this order, and predicts " + columns.target()
                + (columns.unit().isEmpty() ? "." : " (" + columns.unit() + ").");
    }

    private static String metrics(ModelCard card) {
        return card.metrics().isEmpty()
                ? ""
                : "| metric | value |\n| --- | ---: |\n"
                        + card.metrics().entrySet().stream()
                                .map(metric -> "| " + cell(metric.getKey()) + " | " + plain(metric.getValue()) + " |")
                                .collect(Collectors.joining("\n"));
    }

    /** Rounds a number for people to five significant digits, or to a whole number if it has more digits before the point. */
    static double rounded(double value) {
        if (!Double.isFinite(value)) {
            return value;
        }
        BigDecimal exact = new BigDecimal(value);
        boolean isLarge = exact.precision() - exact.scale() > DIGITS;
        return (isLarge ? exact.setScale(0, RoundingMode.HALF_EVEN) : exact.round(new MathContext(DIGITS)))
                .doubleValue();
    }

    private static String plain(double value) {
        double rounded = rounded(value);
        return Double.isFinite(rounded)
                ? BigDecimal.valueOf(rounded).stripTrailingZeros().toPlainString()
                : Double.toString(rounded);
    }

    private static String data(ModelCard card) {
        return card.data().isEmpty()
                ? ""
                : "| data | SHA-256 of the content | note |\n| --- | --- | --- |\n"
                        + card.data().stream()
                                .map(data -> "| " + cell(data.name()) + " | `" + data.sha256() + "` | "
                                        + cell(data.note()) + " |")
                                .collect(Collectors.joining("\n"));
    }

    private static String recipe(ModelCard card) {
        ModelCard.CardRecipe recipe = card.recipe();
        return "By the recipe `" + recipe.id() + "` with the engine `" + recipe.engine() + "`. `recipe.json` (SHA-256 `"
                + recipe.sha256() + "`) holds every hyper-parameter. This command makes it again:\n\n"
                + code("sh", recipe.command());
    }

    private static String code(String language, String code) {
        return "```" + language + "\n" + code + "\n```";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replaceAll("\\R", " ");
    }
}
