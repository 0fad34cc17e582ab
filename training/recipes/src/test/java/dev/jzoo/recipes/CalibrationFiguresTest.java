package dev.jzoo.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jzoo.report.Figure;
import dev.jzoo.training.ClassifierScores;
import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CalibrationFiguresTest {

    /** Wilson's interval of 8 of 10, by hand: 0.490 to 0.943. */
    @Test
    void theReliabilityDiagramDrawsWilsonsInterval() {
        int[] labels = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1};
        Figure diagram = CalibrationFigures.of(ClassifierScores.of(2, labels, i -> new float[] {0.75f, 0.25f}))[0];
        double[][] lines = Pattern.compile("<line [^>]*y1=\"([0-9.]+)\"[^>]*y2=\"([0-9.]+)\"")
                .matcher(diagram.svg())
                .results()
                .map(CalibrationFiguresTest::ends)
                .toArray(double[][]::new);
        double[] diagonal = lines[lines.length - 1];
        double[] interval = lines[lines.length - 2];
        double height = diagonal[1] - diagonal[0];
        assertEquals(0.490, (interval[0] - diagonal[0]) / height, 0.001);
        assertEquals(0.943, (interval[1] - diagonal[0]) / height, 0.001);
    }

    private static double[] ends(MatchResult line) {
        return Arrays.stream(new String[] {line.group(1), line.group(2)})
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}
