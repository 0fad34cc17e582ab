package dev.jzoo.training.recipe;

import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.Parity;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.report.ModelOutline;
import dev.jzoo.report.Numerals;
import dev.jzoo.report.Report;
import dev.jzoo.report.Table;
import dev.jzoo.training.History;
import dev.jzoo.training.ModelFolder;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.zoo.card.ModelCard;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The end of every run: exports the network and compares it with ONNX Runtime, measures the file there, and writes the
 * model's folder and the report.
 *
 * @param run the run that is ending
 * @param begun {@link System#nanoTime()} at its beginning
 * @param card the card, without metrics
 * @param history the epochs
 * @param outline the outline of the trained network
 */
record RunFinisher(TrainingRun run, long begun, ModelCard card, History history, ModelOutline outline) {

    TrainingResult finish(TrainingTask task, OnnxExporter exporter) throws IOException {
        run.listener().stage("Exporting to ONNX and comparing with ONNX Runtime");
        OnnxExporter.Exported exported = exporter.card(card).export();
        Parity parity = exported.report().parity();
        run.listener().stage("Measuring in ONNX Runtime");
        try (OnnxModel model = OnnxModel.open(exported.file().toBytes(), card.id(), Device.cpu())) {
            Measurement measurement = task.measure(model);
            SortedMap<String, Double> metrics = new TreeMap<>(measurement.metrics());
            metrics.putAll(task.learning(history));
            ModelCard whole = card.withMetrics(metrics);
            run.folder().writeMetrics(metrics);
            ModelFolder.write(run.folder(), exported.file(), whole, task.testVectors());
            writeReport(measurement, new RunPage(run, whole, history, exported.file()), parity);
            double seconds = (System.nanoTime() - begun) / 1e9;
            return new TrainingResult(run.folder().path(), whole, parity, seconds);
        }
    }

    /**
     * Writes the report. The recipe's facts come first; its sections come before the outline and the commands that
     * repeat the run.
     */
    private void writeReport(Measurement measurement, RunPage page, Parity parity) throws IOException {
        Report report = Report.titled(card.title()).summary(card.summary());
        measurement.page(report, page);
        report.fact(
                        "Training",
                        Numerals.decimal(history.seconds(), 1) + " s",
                        run.engine().title())
                .fact("Parity", Numerals.significant(parity.maxError()), "ONNX Runtime against the engine");
        Table data = Table.captioned("Data sets, with the SHA-256 of their content.")
                .text("data")
                .text("SHA-256")
                .text("note");
        card.data().forEach(part -> data.row(part.name(), part.sha256().hex(), part.note()));
        report.trained(outline)
                .section("How it was made")
                .verbatim(card.recipe().command())
                .table(data);
        run.folder().writeReport(report);
    }
}
