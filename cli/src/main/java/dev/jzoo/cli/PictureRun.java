package dev.jzoo.cli;

import dev.jzoo.inference.Classification;
import dev.jzoo.inference.ImageClassifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code run} prints of a classifier. */
record PictureRun(String input, String provider, List<Prediction> predictions) {

    record Prediction(String label, float score) {}

    /**
     * Classifies and prints.
     *
     * @param names of the pictures, as the user gave them
     */
    static void print(Output output, ImageClassifier classifier, List<Path> pictures, List<String> names, int top)
            throws IOException {
        if (pictures.isEmpty()) {
            throw new IllegalArgumentException(
                    classifier.model().name() + " classifies pictures: name one or more of them.");
        }
        List<Classification> classes = classifier.classify(pictures);
        List<PictureRun> results = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            results.add(new PictureRun(
                    names.get(i),
                    classifier.model().provider(),
                    classes.get(i).top(top).stream()
                            .map(label -> new Prediction(label.name(), label.score()))
                            .toList()));
        }
        output.print(results, out -> table(results, out));
    }

    private static void table(List<PictureRun> results, PrintWriter out) {
        Table table = new Table(Table.Column.left("PICTURE"), Table.Column.left("LABEL"), Table.Column.right("SCORE"));
        for (PictureRun result : results) {
            String picture = result.input;
            for (Prediction prediction : result.predictions) {
                table.row(picture, prediction.label, String.format(Locale.ROOT, "%.4f", prediction.score));
                picture = "";
            }
        }
        table.print(out);
    }
}
