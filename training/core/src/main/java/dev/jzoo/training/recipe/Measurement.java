package dev.jzoo.training.recipe;

import dev.jzoo.report.LineChart;
import dev.jzoo.report.Report;
import dev.jzoo.report.Role;
import java.io.IOException;
import java.util.SortedMap;

/** The measurement of a file in ONNX Runtime. */
@FunctionalInterface
public interface Measurement {

    /** Returns the metrics by name, as on the card: "test.accuracy". */
    SortedMap<String, Double> metrics();

    /**
     * Adds the recipe's own part to the report of a run: facts at the top, and sections. The default is the curve of
     * the loss.
     *
     * @param report the report, with title and summary
     * @param page the results of the run
     */
    default void page(Report report, RunPage page) throws IOException {
        report.section("Training")
                .figures(
                        LineChart.ofEpochs("loss")
                                .line(
                                        Role.TRAIN,
                                        "training loss",
                                        page.history().losses())
                                .figure("Mean loss over the steps of each epoch."),
                        page.learningRate());
    }
}
