package dev.jzoo.training.recipes;

import dev.jzoo.export.Parity;
import dev.jzoo.training.History;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.report.Figure;
import dev.jzoo.training.report.LineChart;
import dev.jzoo.training.report.ModelOutline;
import dev.jzoo.training.report.Numerals;
import dev.jzoo.training.report.Report;
import dev.jzoo.training.report.Table;
import dev.jzoo.zoo.ModelCard;
import java.io.IOException;

/**
 * The parts of a page that the runs of all families have.
 *
 * @param run that has ended
 * @param card of its model, with the metrics
 * @param history of its epochs
 * @param parity of the file in ONNX Runtime with the engine
 * @param outline of what was trained
 */
record RunPage(TrainingRun run, ModelCard card, History history, Parity parity, ModelOutline outline) {

    /** Begins a page with its title and summary. */
    Report begin() {
        return Report.titled(card.title()).summary(card.summary());
    }

    /** Returns a metric of the model. */
    double metric(String name) {
        return card.metrics().get(name);
    }

    /** Adds the cards that follow those of the family. */
    void facts(Report report) {
        report.fact(
                        "Training",
                        Numerals.decimal(history.seconds(), 1) + " s",
                        run.engine().title())
                .fact("Parity", Numerals.significant(parity.maxError()), "ONNX Runtime against the engine");
    }

    /** Draws the learning rate. */
    Figure learningRate() {
        return LineChart.ofEpochs("learning rate")
                .line("learning rate", history.learningRates())
                .figure("At the end of each epoch.");
    }

    /** Adds what was trained and how to train it again, and writes the page. */
    void finish(Report report) throws IOException {
        Table data = Table.captioned("Data, with the SHA-256 of their content")
                .text("data")
                .text("SHA-256")
                .text("note");
        card.data().forEach(part -> data.row(part.name(), part.sha256().hex(), part.note()));
        report.trained(outline)
                .section("How it was made")
                .verbatim(card.recipe().command())
                .table(data)
                .write(run.folder().report());
    }
}
