package dev.jzoo.recipes;

import dev.jzoo.numerics.WilsonInterval;
import dev.jzoo.report.Figure;
import dev.jzoo.report.Histogram;
import dev.jzoo.report.Numerals;
import dev.jzoo.report.ReliabilityDiagram;
import dev.jzoo.report.Role;
import dev.jzoo.training.Calibration;
import dev.jzoo.training.ClassifierScores;
import java.util.Locale;

/** Charts of a classifier's calibration. */
public final class CalibrationFigures {

    private static final int BINS = 10;

    private CalibrationFigures() {}

    /**
     * Returns the reliability diagram with the expected calibration error, and the confidences of correct and wrong
     * predictions.
     */
    public static Figure[] of(ClassifierScores scores) {
        return new Figure[] {reliability(scores.calibration(BINS)), confidences(scores)};
    }

    private static Figure reliability(Calibration calibration) {
        ReliabilityDiagram diagram = ReliabilityDiagram.empty();
        for (Calibration.Bin bin : calibration.bins()) {
            WilsonInterval interval = WilsonInterval.ofShare(bin.accuracy(), bin.examples());
            diagram.bin(bin.examples(), bin.confidence(), bin.accuracy(), interval.low(), interval.high());
        }
        return diagram.figure(String.format(
                Locale.ROOT,
                "Expected calibration error %.2f %%, over %d bins: the difference between accuracy and confidence, averaged"
                        + " over the test examples. Below the dashed line the model is overconfident. Vertical lines are"
                        + " 95 %% intervals.",
                100 * calibration.expectedError(),
                BINS));
    }

    private static Figure confidences(ClassifierScores scores) {
        Histogram histogram = Histogram.of("confidence", 0, 1, 2 * BINS).height(Histogram.Height.SHARE);
        add(histogram, Role.RIGHT, "correct", scores.confidencesOfRight());
        add(histogram, Role.WRONG, "wrong", scores.confidencesOfWrong());
        return histogram.figure("Confidence of the correct and of the wrong predictions.");
    }

    private static void add(Histogram histogram, Role role, String name, double[] values) {
        if (values.length > 0) {
            histogram.values(role, name + " (" + Numerals.whole(values.length) + ")", values);
        }
    }
}
