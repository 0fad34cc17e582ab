package dev.jzoo.training.recipe;

import dev.jzoo.report.LineChart;
import dev.jzoo.report.Report;
import dev.jzoo.report.Role;
import java.io.IOException;
import java.util.SortedMap;

/** What a file was found to do, through ONNX Runtime. */
@FunctionalInterface
public interface Measurement {

    /** Metrics by name, as the card has them: "test.accuracy". */
    SortedMap<String, Double> metrics();

    /**
     * Adds to the report of a run what is particular about its recipe: cards at the top, and sections. By default the curve of the
     * loss.
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
