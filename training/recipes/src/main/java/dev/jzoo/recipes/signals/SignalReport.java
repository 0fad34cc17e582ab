package dev.jzoo.recipes.signals;

import dev.jzoo.datasets.LabelledSignals;
import dev.jzoo.recipes.CalibrationFigures;
import dev.jzoo.report.ConfusionMatrix;
import dev.jzoo.report.Figure;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Numerals;
import dev.jzoo.report.Report;
import dev.jzoo.report.Role;
import dev.jzoo.report.SignalGrid;
import dev.jzoo.training.ClassifierScores;
import dev.jzoo.training.History;
import dev.jzoo.training.recipe.RunPage;
import java.util.List;
import java.util.Locale;

/** The page of a signal classifier's run: curves, confusion matrix, calibration, examples and mistakes. */
final class SignalReport {

    private static final int MISTAKES = 10;

    private SignalReport() {}

    static void add(Report report, RunPage page, ClassifierScores scores, LabelledSignals test, double published) {
        History history = page.history();
        report.fact("Test accuracy", percent(page.metric("test.accuracy")), "published: " + percent(published))
                .fact("Train accuracy", percent(page.metric("train.accuracy")), "ONNX Runtime");
        report.section("The signals")
                .figure(examples(test))
                .section("Training")
                .figures(
                        LineChart.ofEpochs("cross-entropy [nats]")
                                .line(Role.TRAIN, "training loss", history.losses())
                                .figure("Mean loss over the steps of each epoch."),
                        LineChart.ofEpochs("accuracy")
                                .line(Role.TRAIN, "train", history.metric("train.accuracy"))
                                .line(Role.TEST, "test", history.metric("test.accuracy"))
                                .level(Role.TEST, "published, test", published)
                                .figure("Accuracy after each epoch."),
                        page.learningRate())
                .section("Which classes are confused")
                .figure(ConfusionMatrix.of(test.labelNames(), scores.confusion())
                        .figure("Test signals by truth (row) and prediction (column)."))
                .section("Calibration")
                .figures(CalibrationFigures.of(scores));
        if (!scores.mistakes().isEmpty()) {
            report.section("The most confident mistakes").figure(mistakes(scores, test));
        }
    }

    /** Draws the first test signal of each class. */
    private static Figure examples(LabelledSignals test) {
        SignalGrid grid = SignalGrid.empty();
        for (int label = 0; label < test.labelNames().size(); label++) {
            int first = 0;
            while (first < test.size() - 1 && test.label(first) != label) {
                first++;
            }
            grid.signal(test.labelNames().get(label), test.signal(first));
        }
        return grid.figure("A test signal of each class.");
    }

    private static Figure mistakes(ClassifierScores scores, LabelledSignals test) {
        List<String> labels = test.labelNames();
        SignalGrid grid = SignalGrid.empty();
        scores.mistakes().stream().limit(MISTAKES).forEach(mistake -> {
            String caption = String.format(
                    Locale.ROOT,
                    "%s, classified as %s (%.2f)",
                    labels.get(mistake.truth()),
                    labels.get(mistake.predicted()),
                    mistake.score());
            grid.signal(caption, test.signal(mistake.index()));
        });
        return grid.figure("Test signals with the highest scores for a wrong class.");
    }

    private static String percent(double share) {
        return Numerals.percent(share, 1);
    }
}
