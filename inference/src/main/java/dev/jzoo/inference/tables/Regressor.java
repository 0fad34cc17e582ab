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
 * Predicts a number from the columns of a table. Holds native memory until it is closed; threads may share it, as they may
 * an {@link OnnxModel}.
 *
 * <p>The graph takes rows, float [batch, features], and gives a number for each, float [batch, 1], both in their own units:
 * scaling is in the graph. The names of the columns are in its card; a file without them has its columns numbered from 0.
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
                    "expected a name for each of the " + ports.values()
                            + " columns that its graph reads, found in its card " + features);
        }
    }

    /** Opens a model on the processor; see {@link #load(String, Device)}. */
    public static Regressor load(String idOrPath) throws IOException {
        return load(idOrPath, Device.cpu());
    }

    /**
     * Opens a model of the zoo, downloaded if need be, or a file.
     *
     * @param idOrPath "admissions-mlp", "admissions-mlp@1.0.0", "prices.onnx", or a folder that has a model.onnx
     * @throws JZooException NOT_FOUND where there is none, naming the nearest; BAD_INPUT where it is no regressor, saying
     *     what it needs; DEVICE where the device cannot be used
     * @throws DataFormatException where the file is no ONNX model, or its card names another number of columns
     */
    public static Regressor load(String idOrPath, Device device) throws IOException {
        return LOADER.load(idOrPath, device);
    }

    /** Opens a file. Fails as {@link #load(String, Device)}. */
    public static Regressor open(Path file, Device device) throws IOException {
        return LOADER.open(file, device);
    }

    /** Takes over an open model, which is closed with this regressor, or at once where it is no regressor. */
    public static Regressor of(OnnxModel model) throws DataFormatException {
        return LOADER.of(model);
    }

    /**
     * Predicts for one row.
     *
     * @param row a finite number for each of {@link #features()}, in their order
     * @return the prediction, in {@link #unit()}
     * @throws IllegalArgumentException on another number of values, naming the columns, or one that is not finite
     */
    public double predict(double... row) {
        return predict(List.of(row)).get(0);
    }

    /**
     * Predicts for rows, in batches.
     *
     * @return as many predictions as rows, in their order
     * @throws IllegalArgumentException as {@link #predict(double...)}, naming the first row that is wrong; then nothing is
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
                    model().name() + " gave " + value + "; expected a finite number.",
                    "Check that the values have the units of its columns: " + features + ".");
        }
        return value;
    }

    /** Names of the columns that it reads, in the order of its input. */
    public List<String> features() {
        return features;
    }

    /** Name of what it predicts: "Chance of Admit"; empty if the model does not say. */
    public String target() {
        return columns.map(ModelCard.Columns::target).orElse("");
    }

    /** What one unit of a prediction is; empty if it has none, or the model does not say. */
    public String unit() {
        return columns.map(ModelCard.Columns::unit).orElse("");
    }
}
