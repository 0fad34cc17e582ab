package dev.jzoo.cli.run;

import dev.jzoo.cli.console.Output;
import dev.jzoo.cli.console.TextTable;
import dev.jzoo.cli.console.UsageException;
import dev.jzoo.inference.Classification;
import dev.jzoo.inference.pictures.ImageClassifier;
import dev.jzoo.inference.series.SignalClassifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The result of {@code run} for a classifier. */
public record ClassifierRun(String input, String provider, List<ScoredLabel> predictions) {

    record ScoredLabel(String label, float score) {}

    /**
     * Classifies pictures and prints the labels.
     *
     * @param names of the pictures, as the user gave them
     */
    public static void print(
            Output output, ImageClassifier classifier, List<Path> pictures, List<String> names, int top)
            throws IOException {
        if (pictures.isEmpty()) {
            throw new UsageException(
                    classifier.model().name() + " classifies pictures; expected one or more picture files.");
        }
        String provider = classifier.model().provider();
        print(output, "PICTURE", runs(classifier.classify(pictures), names, provider, top));
    }

    /** Classifies signals and prints the labels. */
    public static void print(Output output, SignalClassifier classifier, SignalsInput input, int top)
            throws IOException {
        List<SignalsInput.NamedSignal> signals =
                input.signals(classifier.length(), classifier.model().name());
        List<Classification> classes = classifier.classify(
                signals.stream().map(SignalsInput.NamedSignal::values).toList());
        List<String> names =
                signals.stream().map(SignalsInput.NamedSignal::name).toList();
        print(output, "SIGNAL", runs(classes, names, classifier.model().provider(), top));
    }

    private static List<ClassifierRun> runs(
            List<Classification> classes, List<String> names, String provider, int top) {
        List<ClassifierRun> results = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            List<ScoredLabel> best = classes.get(i).top(top).stream()
                    .map(label -> new ScoredLabel(label.name(), label.score()))
                    .toList();
            results.add(new ClassifierRun(names.get(i), provider, best));
        }
        return results;
    }

    private static void print(Output output, String heading, List<ClassifierRun> results) {
        output.print(results, out -> table(heading, results, out));
    }

    private static void table(String heading, List<ClassifierRun> results, PrintWriter out) {
        TextTable table = new TextTable(
                TextTable.TextColumn.left(heading),
                TextTable.TextColumn.left("LABEL"),
                TextTable.TextColumn.right("SCORE"));
        for (ClassifierRun result : results) {
            String name = result.input;
            for (ScoredLabel prediction : result.predictions) {
                table.row(name, prediction.label, String.format(Locale.ROOT, "%.4f", prediction.score));
                name = "";
            }
        }
        table.print(out);
    }
}
