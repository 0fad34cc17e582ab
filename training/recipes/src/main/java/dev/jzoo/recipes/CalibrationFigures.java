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

/** How far a classifier's confidence can be believed, drawn. */
public final class CalibrationFigures {

    private static final int BINS = 10;

    private CalibrationFigures() {}

    /** The reliability diagram, with the expected calibration error, and how sure right and wrong answers are. */
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
                "Expected calibration error %.2f %%, over %d bins: how far accuracy and confidence are apart, on average"
                        + " over the test examples. Below the dashed line it is surer than it should be. Upright lines are"
                        + " 95 %% intervals.",
                100 * calibration.expectedError(),
                BINS));
    }

    private static Figure confidences(ClassifierScores scores) {
        Histogram histogram = Histogram.of("confidence", 0, 1, 2 * BINS).height(Histogram.Height.SHARE);
        add(histogram, Role.RIGHT, "right", scores.confidencesOfRight());
        add(histogram, Role.WRONG, "wrong", scores.confidencesOfWrong());
        return histogram.figure("How sure it is of its right and of its wrong answers.");
    }

    private static void add(Histogram histogram, Role role, String name, double[] values) {
        if (values.length > 0) {
            histogram.values(role, name + " (" + Numerals.whole(values.length) + ")", values);
        }
    }
}
