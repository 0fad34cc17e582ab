package dev.jzoo.inference.tables;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.TaskLoader;
import dev.jzoo.inference.TaskModel;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A model that predicts a number from the columns of a table. Holds native memory until it is closed. Like an {@link
 * OnnxModel}, it can be shared by threads.
 *
 * <p>The graph takes rows, float [batch, features], and returns a number for each row, float [batch, 1]. Both have their
 * own units: scaling is in the graph. The names of the columns are in the card; without a card, columns are numbered from
 * 0.
 */
public final class Regressor extends TaskModel {

    private static final TaskLoader<Regressor> LOADER = new TaskLoader<>(Regressor::new);

    private final RowPorts ports;
    private final Optional<ModelCard.Columns> columns;
    private final List<String> features;

    private Regressor(OnnxModel model) throws DataFormatException {
        super(model);
        ports = RowPorts.of(model, "regressor", "[batch, 1]");
        columns = model.card().flatMap(known -> known.columns().stream().findFirst());
        features = columns.map(ModelCard.Columns::features).orElseGet(() -> IntStream.range(0, ports.values())
                .mapToObj(Integer::toString)
                .toList());
        if (!ports.outputs().accepts(1)) {
            throw RowPorts.refused(model, "regressor", "[batch, 1]");
        }
        if (features.size() != ports.values()) {
            throw new DataFormatException(
                    model.name(),
                    "expected a name in its card for each of the " + ports.values()
                            + " columns that its graph reads, found " + features);
        }
    }

    /** Opens a model on the CPU; see {@link #load(String, Device)}. */
    public static Regressor load(String idOrPath) throws IOException {
        return load(idOrPath, Device.cpu());
    }

    /**
     * Opens a model of the zoo, downloading it if needed, or a file.
     *
     * @param idOrPath "admissions-mlp", "admissions-mlp@1.0.0", "prices.onnx", or a folder with a model.onnx
     * @throws JZooException NOT_FOUND if the model does not exist, naming the most similar one; BAD_INPUT if it is not a
     *     regressor; DEVICE if the device cannot be used
     * @throws DataFormatException if the file is not an ONNX model, or its card names another number of columns
     */
    public static Regressor load(String idOrPath, Device device) throws IOException {
        return LOADER.load(idOrPath, device);
    }

    /** Opens a file. Fails like {@link #load(String, Device)}. */
    public static Regressor open(Path file, Device device) throws IOException {
        return LOADER.open(file, device);
    }

    /** Wraps an open model, which is closed with this regressor, or at once if it is not a regressor. */
    public static Regressor of(OnnxModel model) throws DataFormatException {
        return LOADER.of(model);
    }

    /**
     * Predicts for one row.
     *
     * @param row a finite number for each of {@link #features()}, in their order
     * @return the prediction, in {@link #unit()}
     * @throws IllegalArgumentException on another number of values, naming the columns, or on a value that is not finite
     */
    public double predict(double... row) {
        return predict(List.of(row)).get(0);
    }

    /**
     * Predicts for rows, in batches.
     *
     * @return one prediction for each row, in their order
     * @throws IllegalArgumentException like {@link #predict(double...)}, naming the first wrong row; then no row is
     *     predicted
     */
    public List<Double> predict(List<double[]> rows) {
        float[] results = ports.run(model(), rows, features);
        return IntStream.range(0, rows.size()).mapToObj(i -> finite(results[i])).toList();
    }

    private double finite(float value) {
        if (!Float.isFinite(value)) {
            throw new JZooException(
                    JZooException.Code.BAD_INPUT,
                    model().name() + " returned " + value + "; expected a finite number.",
                    "Check that the values have the units of the model's columns: " + features + ".");
        }
        return value;
    }

    /** Returns the names of the columns, in the order of the model's input. */
    public List<String> features() {
        return features;
    }

    /** Returns the name of the predicted column: "Chance of Admit"; empty if unknown. */
    public String target() {
        return columns.map(ModelCard.Columns::target).orElse("");
    }

    /** Returns the unit of a prediction; empty if it has none or it is unknown. */
    public String unit() {
        return columns.map(ModelCard.Columns::unit).orElse("");
    }
}
