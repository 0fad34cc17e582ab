package dev.jzoo.recipes.pictures;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.recipes.CalibrationFigures;
import dev.jzoo.report.CaptionedPicture;
import dev.jzoo.report.ConfusionMatrix;
import dev.jzoo.report.Figure;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Numerals;
import dev.jzoo.report.Report;
import dev.jzoo.report.Role;
import dev.jzoo.training.ClassifierScores;
import dev.jzoo.training.History;
import dev.jzoo.training.recipe.RunPage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * The page of a picture classifier's run: curves, confusion matrix, calibration, mistakes, and a look into the network.
 * It stays in the run's folder and is not published, because it shows pictures of the data set.
 */
final class PictureRunReport {

    private static final int PICTURES = 40;

    private PictureRunReport() {}

    static void add(Report report, RunPage page, ClassifierScores scores, LabelledImages test) throws IOException {
        report.fact(
                        "Test accuracy",
                        Numerals.percent(page.metric("test.accuracy"), 2),
                        Numerals.whole(test.size()) + " pictures, ONNX Runtime")
                .fact("Train accuracy", Numerals.percent(page.metric("train.accuracy"), 2), "ONNX Runtime");
        report.section("Training")
                .figures(
                        LineChart.ofEpochs("cross-entropy [nats]")
                                .line(
                                        Role.TRAIN,
                                        "training loss",
                                        page.history().losses())
                                .figure("Mean loss over the steps of each epoch."),
                        accuracy(page.history()),
                        page.learningRate())
                .section("Which classes are confused")
                .figure(ConfusionMatrix.of(test.labelNames(), scores.confusion())
                        .figure("Test pictures by truth (row) and prediction (column)."))
                .section("Calibration")
                .figures(CalibrationFigures.of(scores));
        if (!scores.mistakes().isEmpty()) {
            report.section("The most confident mistakes")
                    .pictures(scores.mistakes().stream()
                            .limit(PICTURES)
                            .map(mistake -> picture(test, mistake.index(), mistake.predicted(), mistake.score()))
                            .toList());
        }
        NetworkPictures.add(report, page.file(), test, scores);
    }

    /** Draws train and test first, in their colours, then the other parts. */
    private static Figure accuracy(History history) {
        LineChart chart = LineChart.ofEpochs("accuracy")
                .line(Role.TRAIN, "train", history.metric("train.accuracy"))
                .line(Role.TEST, "test", history.metric("test.accuracy"));
        history.last().metrics().keySet().stream()
                .filter(metric -> !metric.equals("train.accuracy") && !metric.equals("test.accuracy"))
                .forEach(metric -> chart.line(metric.replace(".accuracy", ""), history.metric(metric)));
        return chart.figure("Accuracy after each epoch, on the first pictures of each part, without augmentation.");
    }

    /** Returns a test picture with its class, the predicted class and the model's confidence in it. */
    static CaptionedPicture picture(LabelledImages test, int index, int predicted, float score) {
        List<String> labels = test.labelNames();
        int truth = test.label(index);
        String taken = predicted == truth ? "" : ", classified as " + labels.get(predicted);
        String caption = String.format(Locale.ROOT, "%s%s (%.2f)", labels.get(truth), taken, score);
        return CaptionedPicture.of(caption, test.image(index), test.height(), test.width(), test.channels());
    }
}
