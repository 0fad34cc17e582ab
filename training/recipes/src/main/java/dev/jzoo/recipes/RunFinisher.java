package dev.jzoo.recipes;

import dev.jzoo.export.OnnxExporter;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.training.ModelFolder;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.zoo.card.ModelCard;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * How every recipe ends: the network is exported and compared with ONNX Runtime, its file is measured there, and the model's
 * folder and the report are written.
 *
 * @param run that is ending
 * @param begun {@link System#nanoTime()} at its beginning
 * @param card without metrics
 */
public record RunFinisher(TrainingRun run, long begun, ModelCard card) {

    /**
     * What a file was found to do.
     *
     * @param metrics by name
     * @param vectors three times a value of batch size 1 for each input, by its name
     * @param page that shows it
     */
    public record Measured(SortedMap<String, Double> metrics, List<Map<String, Tensor>> vectors, Page page) {

        /** Of a file with one input. */
        public static Measured of(OnnxModel model, SortedMap<String, Double> metrics, List<Tensor> vectors, Page page) {
            String input = model.inputs().get(0).name();
            return new Measured(
                    metrics,
                    vectors.stream().map(vector -> Map.of(input, vector)).toList(),
                    page);
        }
    }

    /** Measures a file. */
    public interface Measuring {
        Measured measure(OnnxModel model) throws IOException;
    }

    /** Writes the report of a run. */
    public interface Page {
        void write(ModelCard card, OnnxExporter.Exported exported) throws IOException;
    }

    public TrainingResult of(OnnxExporter exporter, Measuring measuring) throws IOException {
        run.listener().stage("Exporting to ONNX and comparing with ONNX Runtime");
        OnnxExporter.Exported exported = exporter.card(card).export();
        run.listener().stage("Measuring through ONNX Runtime");
        try (OnnxModel model = OnnxModel.open(exported.file().toBytes(), card.id(), Device.cpu())) {
            Measured measured = measuring.measure(model);
            ModelCard whole = card.withMetrics(measured.metrics());
            run.folder().writeMetrics(measured.metrics());
            ModelFolder.write(run.folder(), exported.file(), whole, measured.vectors());
            measured.page().write(whole, exported);
            double seconds = (System.nanoTime() - begun) / 1e9;
            return new TrainingResult(
                    run.folder().path(), whole, exported.report().parity(), seconds);
        }
    }
}
