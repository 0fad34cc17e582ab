package dev.jzoo.recipes.pictures;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.recipes.CalibrationFigures;
import dev.jzoo.report.CaptionedPicture;
import dev.jzoo.report.ConfusionMatrix;
import dev.jzoo.report.Figure;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Report;
import dev.jzoo.report.Table;
import dev.jzoo.training.ClassifierScores;
import dev.jzoo.training.History;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.zoo.card.ModelCard;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * The page of a run that classifies pictures: curves, confusion matrix, calibration, the pictures that it got wrong, and what
 * the network has learnt to look for. It stays with the run and is not published: the pictures are the data set's.
 */
final class PictureRunReport {

    private static final int PICTURES = 40;

    private PictureRunReport() {}

    static void write(
            TrainingRun run,
            ModelCard card,
            History history,
            ClassifierScores scores,
            LabelledImages test,
            OnnxExporter.Exported exported)
            throws IOException {
        List<String> labels = test.labelNames();
        Report report = Report.titled(card.title())
                .summary(card.summary())
                .fact(
                        "Test accuracy",
                        percent(card.metrics().get("test.accuracy")),
                        test.size() + " pictures, ONNX Runtime")
                .fact("Train accuracy", percent(card.metrics().get("train.accuracy")), "ONNX Runtime")
                .fact(
                        "Training",
                        String.format(Locale.ROOT, "%.1f s", history.seconds()),
                        run.engine().title())
                .fact(
                        "Parity",
                        String.format(
                                Locale.ROOT, "%.1e", exported.report().parity().maxError()),
                        "ONNX Runtime against the engine")
                .section("Training")
                .figures(
                        LineChart.of("epoch", "cross-entropy [nats]")
                                .line("loss while training", history.losses())
                                .figure("Mean loss over each epoch's steps."),
                        accuracy(history),
                        LineChart.of("epoch", "learning rate")
                                .line("learning rate", history.learningRates())
                                .figure("At the end of each epoch."))
                .section("Which classes are taken for which")
                .figure(ConfusionMatrix.of(labels, scores.confusion())
                        .figure("Test pictures by truth (row) and prediction (column)."))
                .section("Is it as right as it is sure?")
                .figures(CalibrationFigures.of(scores));
        if (!scores.mistakes().isEmpty()) {
            report.section("The most confident mistakes")
                    .pictures(scores.mistakes().stream()
                            .limit(PICTURES)
                            .map(mistake -> picture(test, mistake.index(), mistake.predicted(), mistake.score()))
                            .toList());
        }
        NetworkPictures.add(report, exported.file(), test, scores);
        report.section("How it was made").verbatim(card.recipe().command()).table(data(card));
        run.folder().writeReport(report);
    }

    private static Figure accuracy(History history) {
        LineChart chart = LineChart.of("epoch", "accuracy");
        for (String metric : history.last().metrics().keySet()) {
            chart = chart.line(metric.replace(".accuracy", ""), history.metric(metric));
        }
        return chart.figure("Accuracy after each epoch, on the first pictures of each part, as they are.");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    /** A test picture with what it is, what it was taken for, and how sure the model is of that. */
    static CaptionedPicture picture(LabelledImages test, int index, int predicted, float score) {
        List<String> labels = test.labelNames();
        int truth = test.label(index);
        String taken = predicted == truth ? "" : ", taken for " + labels.get(predicted);
        String caption = String.format(Locale.ROOT, "%s%s (%.2f)", labels.get(truth), taken, score);
        return CaptionedPicture.of(caption, test.image(index), test.height(), test.width(), test.channels());
    }

    private static Table data(ModelCard card) {
        Table table = Table.captioned("Data, with the SHA-256 of their content")
                .text("data set")
                .text("SHA-256")
                .text("note");
        card.data().forEach(data -> table.row(data.name(), data.sha256().hex(), data.note()));
        return table;
    }
}
