package dev.jzoo.training.recipe;

import dev.jzoo.report.LineChart;
import dev.jzoo.report.Report;
import dev.jzoo.report.Role;
import java.io.IOException;
import java.util.SortedMap;

/** The result of measuring a file through ONNX Runtime. */
@FunctionalInterface
public interface Measurement {

    /** Returns the metrics by name, as the card has them: "test.accuracy". */
    SortedMap<String, Double> metrics();

    /**
     * Adds the particular part of a recipe to the report of a run: cards at the top, and sections. By default the curve of the loss.
     *
     * @param report with title and summary
     * @param page what the run gave
     */
    default void page(Report report, RunPage page) throws IOException {
        report.section("Training")
                .figures(
                        LineChart.ofEpochs("loss")
                                .line(
                                        Role.TRAIN,
                                        "loss while training",
                                        page.history().losses())
                                .figure("Mean loss over each epoch's steps."),
                        page.learningRate());
    }
}
