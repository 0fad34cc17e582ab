package dev.jzoo.recipes.signals;

import dev.jzoo.datasets.LabelledSignals;
import dev.jzoo.report.Report;
import dev.jzoo.training.ClassifierScores;
import dev.jzoo.training.recipe.Measurement;
import dev.jzoo.training.recipe.RunPage;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The scores of a model on signals.
 *
 * @param onTrain scores on the training signals
 * @param onTest scores on the test signals
 * @param test the test signals
 * @param published published test accuracy of a network of this kind
 */
record SignalMeasurement(ClassifierScores onTrain, ClassifierScores onTest, LabelledSignals test, double published)
        implements Measurement {

    @Override
    public SortedMap<String, Double> metrics() {
        return new TreeMap<>(Map.of("train.accuracy", onTrain.accuracy(), "test.accuracy", onTest.accuracy()));
    }

    @Override
    public void page(Report report, RunPage page) {
        SignalReport.add(report, page, onTest, test, published);
    }
}
