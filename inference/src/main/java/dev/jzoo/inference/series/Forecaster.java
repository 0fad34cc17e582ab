package dev.jzoo.inference.series;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.ElementType;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Port;
import dev.jzoo.inference.TaskLoader;
import dev.jzoo.inference.TaskModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A model that continues a series of numbers. It predicts the next value from the last ones, appends it to them, and
 * repeats. Holds native memory until it is closed. Like an {@link OnnxModel}, it can be shared by threads.
 *
 * <p>The graph takes the last values, float [batch, lookBack], and returns the next value, float [batch, 1]. Both are in
 * the unit of the series: scaling is in the graph.
 */
public final class Forecaster extends TaskModel {

    private static final TaskLoader<Forecaster> LOADER = new TaskLoader<>(Forecaster::new);

    private final String input;
    private final String output;
    private final int lookBack;
    private final Optional<ModelCard.SeriesEnd> series;
    private final Optional<TimeAxis> axis;

    private Forecaster(OnnxModel model) throws DataFormatException {
        super(model);
        if (!forecasts(model)) {
            throw new JZooException(
                    JZooException.Code.BAD_INPUT,
                    model.name()
                            + " is not a forecaster: expected one input float [batch, look-back] and one output float"
                            + " [batch, 1], found " + model.inputs() + " -> " + model.outputs() + ".",
                    "Run it with tensors, with OnnxModel.");
        }
        this.input = model.inputs().get(0).name();
        this.output = model.outputs().get(0).name();
        this.lookBack = lookBack(model.inputs().get(0));
        this.series = model.card().flatMap(c -> c.series().stream().findFirst());
        this.axis = series.isPresent() ? axis(model, series.get(), lookBack) : Optional.empty();
    }

    private static boolean forecasts(OnnxModel model) {
        if (model.inputs().size() != 1 || model.outputs().size() != 1) {
            return false;
        }
        Port input = model.inputs().get(0);
        Port output = model.outputs().get(0);
        return input.type() == ElementType.FLOAT
                && input.shape().size() == 2
                && input.shape().get(0).accepts(1)
                && lookBack(input) > 0
                && output.type() == ElementType.FLOAT
                && output.shape().size() == 2
                && output.shape().get(1).accepts(1);
    }

    private static int lookBack(Port input) {
        return input.size(1);
    }

    /** Returns the times of the series; empty if it has none. */
    private static Optional<TimeAxis> axis(OnnxModel model, ModelCard.SeriesEnd series, int lookBack)
            throws DataFormatException {
        if (series.history().size() < lookBack) {
            throw new DataFormatException(
                    model.name(),
                    "expected at least " + lookBack
                            + " last values of the series in its card, as many as it looks back on," + " found "
                            + series.history().size());
        }
        if (series.last().isEmpty() && series.step().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(TimeAxis.parse(series.last(), series.step()));
        } catch (DateTimeException e) {
            throw new DataFormatException(
                    model.name(),
                    "expected ISO 8601 times in its card, such as 1960-12 and P1M, found the last time '"
                            + series.last() + "' and the step '" + series.step() + "'");
        }
    }

    /** Opens a model on the CPU; see {@link #load(String, Device)}. */
    public static Forecaster load(String idOrPath) throws IOException {
        return load(idOrPath, Device.cpu());
    }

    /**
     * Opens a model of the zoo, downloading it if needed, or a file.
     *
     * @param idOrPath "airline-lstm", "airline-lstm@1.0.0", "series.onnx", or a folder with a model.onnx
     * @throws JZooException NOT_FOUND if the model does not exist, naming the most similar one; BAD_INPUT if it is not a
     *     forecaster; DEVICE if the device cannot be used
     * @throws DataFormatException if the file is not an ONNX model, or the series in its card cannot be continued
     */
    public static Forecaster load(String idOrPath, Device device) throws IOException {
        return LOADER.load(idOrPath, device);
    }

    /** Opens a file. Fails like {@link #load(String, Device)}. */
    public static Forecaster open(Path file, Device device) throws IOException {
        return LOADER.open(file, device);
    }

    /** Wraps an open model, which is closed with this forecaster, or at once if it is not a forecaster. */
    public static Forecaster of(OnnxModel model) throws DataFormatException {
        return LOADER.of(model);
    }

    /**
     * Continues the series that the model was trained on, from its end.
     *
     * @param steps number of values, at least 1
     * @throws IllegalArgumentException on fewer steps, or if the file has no series in its card
     */
    public Forecast forecast(int steps) {
        ModelCard.SeriesEnd known = series.orElseThrow(() -> new IllegalArgumentException(model().name()
                + " does not contain the series that it was trained on; pass the last values to"
                + " forecast(history, steps)."));
        double[] history =
                known.history().stream().mapToDouble(Double::doubleValue).toArray();
        List<Double> values = values(history, steps);
        return new Forecast(
                values, known.unit(), axis.map(times -> times.next(steps)).orElse(List.of()));
    }

    /**
     * Continues your own series. The result has no times.
     *
     * @param history at least {@link #lookBack()} finite values in the unit of the model's series, oldest first
     * @param steps number of values, at least 1
     * @throws IllegalArgumentException on fewer values or steps, or a value that is not finite
     */
    public Forecast forecast(double[] history, int steps) {
        return new Forecast(
                values(history, steps), series.map(ModelCard.SeriesEnd::unit).orElse(""), List.of());
    }

    private List<Double> values(double[] history, int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("A forecast has at least 1 step, not " + steps + ".");
        }
        if (history.length < lookBack) {
            throw new IllegalArgumentException(model().name() + " looks back on " + lookBack
                    + " values; the history has only " + history.length + ".");
        }
        float[] window = new float[lookBack];
        for (int i = 0; i < lookBack; i++) {
            int at = history.length - lookBack + i;
            if (!Double.isFinite(history[at])) {
                throw new IllegalArgumentException(
                        "Value " + at + " of the history is " + history[at] + "; expected a finite number.");
            }
            window[i] = (float) history[at];
        }
        List<Double> values = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            float next = next(window);
            values.add((double) next);
            System.arraycopy(window, 1, window, 0, lookBack - 1);
            window[lookBack - 1] = next;
        }
        return values;
    }

    private float next(float[] window) {
        Tensor result =
                Objects.requireNonNull(model().run(Map.of(input, Tensor.of(window, 1, lookBack)), Set.of(output))
                        .get(output));
        float[] next = (float[]) result.elements();
        if (next.length != 1 || !Float.isFinite(next[0])) {
            throw new JZooException(
                    JZooException.Code.BAD_INPUT,
                    model().name() + " returned " + result + "; expected one finite number.",
                    "Check that the history, here ending in " + Arrays.toString(window)
                            + ", has the unit of the model's series.");
        }
        return next[0];
    }

    /** Returns the number of values that the next one is predicted from. */
    public int lookBack() {
        return lookBack;
    }
}
