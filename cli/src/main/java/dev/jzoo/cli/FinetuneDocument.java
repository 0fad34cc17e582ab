package dev.jzoo.cli;

import dev.jzoo.cli.options.RecordedCommand;
import dev.jzoo.export.Parity;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.zoo.ModelLookup;
import dev.jzoo.zoo.card.ReadableNumbers;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/** The result of {@code finetune}, as {@code --json} prints it. */
record FinetuneDocument(
        String run,
        String model,
        SortedMap<String, Double> metrics,
        Parity parity,
        double seconds,
        String report,
        List<String> labels) {

    static FinetuneDocument of(TrainingResult result) {
        return new FinetuneDocument(
                result.run().toString(),
                result.model().toString(),
                result.card().metrics(),
                result.parity(),
                result.seconds(),
                result.run().resolve("report/index.html").toString(),
                result.card().labels());
    }

    /**
     * Prints the accuracies, the files, and how to use the model.
     *
     * @param named the model's name for {@code jzoo run}
     */
    void print(String named, PrintWriter text) {
        for (String part : List.of("validation", "test")) {
            if (metrics.containsKey(part + ".accuracy")) {
                text.printf(
                        Locale.ROOT,
                        "%-12s accuracy %.1f %% (95 %% interval %.1f to %.1f %%), balanced %.1f %%%n",
                        part,
                        100 * metrics.get(part + ".accuracy"),
                        100 * metrics.get(part + ".accuracy_low"),
                        100 * metrics.get(part + ".accuracy_high"),
                        100 * metrics.get(part + ".balanced_accuracy"));
            }
        }
        text.printf(Locale.ROOT, "%-12s accuracy %.1f %%%n", "cross-valid.", 100 * metrics.get("cv.accuracy"));
        text.printf(
                Locale.ROOT,
                "ONNX Runtime agrees: largest difference %s over %,d values; %s%n",
                ReadableNumbers.number(parity.maxError()),
                parity.values(),
                ReadableNumbers.seconds(seconds));
        text.println("Model   " + model + "/" + ModelLookup.FILE);
        text.println("Report  " + report);
        text.println();
        text.println("Use it:");
        text.println("  " + RecordedCommand.typed(List.of("run", named, "PICTURE.jpg")));
        text.println();
        text.println("or in Java, with dev.jzoo:jzoo-inference:");
        text.println("  try (ImageClassifier classifier = ImageClassifier.load(\"" + model + "\")) {");
        text.println("      System.out.println(classifier.classify(Path.of(\"PICTURE.jpg\")).best());");
        text.println("  }");
    }
}
