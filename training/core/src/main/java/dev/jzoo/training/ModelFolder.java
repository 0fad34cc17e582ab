package dev.jzoo.training;

import dev.jzoo.export.TensorBridge;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.SessionSettings;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorFile;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.CardMetadata;
import dev.jzoo.zoo.card.CardPage;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.file.AtomicFile;
import dev.jzoo.zoo.file.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A model's folder, ready to publish.
 *
 * <pre>{@code
 * model.onnx                          the complete file, with card and labels in its metadata
 * README.md                           the card as a page
 * recipe.json                         a copy of the run's
 * metrics.json                        the metrics of the card
 * test_data_set_0..2/input_<n>.pb     the inputs of the file, three times
 * test_data_set_0..2/output_<n>.pb    the outputs of ONNX Runtime for them, with its optimisations off
 * }</pre>
 */
public final class ModelFolder {

    private ModelFolder() {}

    /**
     * Writes the folder.
     *
     * @param run the run that made the model; its recipe has been written
     * @param file the exported network; the card's metadata are added to its own
     * @param card the card, with metrics
     * @param examples three maps with a value of batch size 1 for each input of the file, by its name
     */
    public static void write(RunFolder run, OnnxFile file, ModelCard card, List<Map<String, Tensor>> examples)
            throws IOException {
        OnnxFile described = described(file, card);
        Path folder = run.model();
        AtomicFile.write(folder.resolve("model.onnx"), described::write);
        writeCard(folder, card);
        AtomicFile.write(
                folder.resolve("recipe.json"), Files.readString(run.path().resolve("recipe.json")));
        SessionSettings exact = SessionSettings.standard()
                .withOptimisation(SessionSettings.Optimisation.NONE)
                .withThreads(1);
        try (OnnxModel model = OnnxModel.open(folder.resolve("model.onnx"), Device.cpu(), exact)) {
            for (int i = 0; i < examples.size(); i++) {
                Path set = Files.createDirectories(folder.resolve("test_data_set_" + i));
                write(set, "input", file.graph().inputs(), examples.get(i));
                write(set, "output", file.graph().outputs(), model.run(examples.get(i)));
            }
        }
    }

    private static void write(Path set, String kind, List<ValueInfo> ports, Map<String, Tensor> values)
            throws IOException {
        for (int i = 0; i < ports.size(); i++) {
            String name = ports.get(i).name();
            new TensorFile(name, TensorBridge.data(values.get(name))).write(set.resolve(kind + "_" + i + ".pb"));
        }
    }

    /** Replaces the card of a model in the folder. Weights and graph stay unchanged. */
    public static void describe(Path folder, ModelCard card) throws IOException {
        OnnxFile described = described(OnnxFile.read(folder.resolve("model.onnx")), card);
        AtomicFile.write(folder.resolve("model.onnx"), described::write);
        writeCard(folder, card);
    }

    private static OnnxFile described(OnnxFile file, ModelCard card) {
        Map<String, String> metadata = new HashMap<>(file.metadata());
        metadata.putAll(CardMetadata.of(card));
        return file.withMetadata(metadata);
    }

    private static void writeCard(Path folder, ModelCard card) throws IOException {
        AtomicFile.write(folder.resolve("README.md"), CardPage.markdown(card));
        AtomicFile.write(folder.resolve("metrics.json"), Json.pretty(card.metrics()));
    }
}
