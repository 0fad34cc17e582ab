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
 * Continues a series of numbers: predicts the next value from the last ones, takes it for true, and goes on. Holds native
 * memory until it is closed; threads may share it, as they may an {@link OnnxModel}.
 *
 * <p>The graph takes the last values, float [batch, lookBack], and gives the next, float [batch, 1], both in the unit of the
 * series: scaling is in the graph.
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
                    model.name() + " is no forecaster: it needs one input float [batch, look-back] and one output float"
                            + " [batch, 1], but has " + model.inputs() + " -> " + model.outputs() + ".",
                    "Run it with tensors through OnnxModel.");
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

    /** The times of the series; empty where it has none. */
    private static Optional<TimeAxis> axis(OnnxModel model, ModelCard.SeriesEnd series, int lookBack)
            throws DataFormatException {
        if (series.history().size() < lookBack) {
            throw new DataFormatException(
                    model.name(),
                    "its card has " + series.history().size() + " last values of the series, expected at least the "
                            + lookBack + " that it looks back");
        }
        if (series.last().isEmpty() && series.step().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(TimeAxis.parse(series.last(), series.step()));
        } catch (DateTimeException e) {
            throw new DataFormatException(
                    model.name(),
                    "expected ISO 8601 in its card, such as 1960-12 and P1M, found the last time '" + series.last()
                            + "' and the step '" + series.step() + "'");
        }
    }

    /** Opens a model on the processor; see {@link #load(String, Device)}. */
    public static Forecaster load(String idOrPath) throws IOException {
        return load(idOrPath, Device.cpu());
    }

    /**
     * Opens a model of the zoo, downloaded if need be, or a file.
     *
     * @param idOrPath "airline-lstm", "airline-lstm@1.0.0", "series.onnx", or a folder that has a model.onnx
     * @throws JZooException NOT_FOUND where there is none, naming the nearest; BAD_INPUT where it is no forecaster, saying
     *     what it needs; DEVICE where the device cannot be used
     * @throws DataFormatException where the file is no ONNX model, or the series in its card cannot be continued
     */
    public static Forecaster load(String idOrPath, Device device) throws IOException {
        return LOADER.load(idOrPath, device);
    }

    /** Opens a file. Fails as {@link #load(String, Device)}. */
    public static Forecaster open(Path file, Device device) throws IOException {
        return LOADER.open(file, device);
    }

    /** Takes over an open model, which is closed with this forecaster, or at once where it is no forecaster. */
    public static Forecaster of(OnnxModel model) throws DataFormatException {
        return LOADER.of(model);
    }

    /**
     * Continues the series that the model was trained on, from its end.
     *
     * @param steps number of values, at least 1
     * @throws IllegalArgumentException on fewer steps, or where the file has no series in its card
     */
    public Forecast forecast(int steps) {
        ModelCard.SeriesEnd known = series.orElseThrow(
                () -> new IllegalArgumentException(
                        model().name()
                                + " does not carry the series that it was trained on; give the last values to forecast(history, steps)."));
        double[] history =
                known.history().stream().mapToDouble(Double::doubleValue).toArray();
        List<Double> values = values(history, steps);
        return new Forecast(
                values, known.unit(), axis.map(times -> times.next(steps)).orElse(List.of()));
    }

    /**
     * Continues a series of the caller's; the result has no times.
     *
     * @param history oldest first, at least {@link #lookBack()} finite values in the unit of the model's series
     * @param steps number of values, at least 1
     * @throws IllegalArgumentException on fewer
     */
    public Forecast forecast(double[] history, int steps) {
        return new Forecast(
                values(history, steps), series.map(ModelCard.SeriesEnd::unit).orElse(""), List.of());
    }

    private List<Double> values(double[] history, int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("A forecast has at least 1 step; " + steps + " were asked for.");
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
                    model().name() + " gave " + result + "; expected one finite number.",
                    "Check that the history, here ending in " + Arrays.toString(window)
                            + ", has the unit of its series.");
        }
        return next[0];
    }

    /** The number of values that the next one is predicted from. */
    public int lookBack() {
        return lookBack;
    }
}
