package dev.jzoo.cli;

import dev.jzoo.cli.console.Host;
import dev.jzoo.cli.console.Output;
import dev.jzoo.cli.console.UsageException;
import dev.jzoo.cli.options.DeviceOption;
import dev.jzoo.cli.run.ClassifierRun;
import dev.jzoo.cli.run.ForecastRun;
import dev.jzoo.cli.run.HistoryInput;
import dev.jzoo.cli.run.RegressorRun;
import dev.jzoo.cli.run.RowsInput;
import dev.jzoo.cli.run.SignalsInput;
import dev.jzoo.cli.run.TextRun;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.SessionSettings;
import dev.jzoo.inference.TaskGuess;
import dev.jzoo.inference.pictures.ImageClassifier;
import dev.jzoo.inference.series.Forecaster;
import dev.jzoo.inference.series.SignalClassifier;
import dev.jzoo.inference.tables.Regressor;
import dev.jzoo.inference.text.Sampling;
import dev.jzoo.inference.text.TextGenerator;
import dev.jzoo.zoo.card.Task;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.hub.ModelReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jzoo run}: opens a model and runs it according to its task. */
@Command(
        name = "run",
        description = {
            "Run a model and print its result.",
            "A model classifies pictures or signals, forecasts a series, predicts a number from rows of a table,"
                    + " or continues a text."
        },
        footer = {
            "  jzoo run mnist-logistic docs/pictures/seven.png",
            "  jzoo run mnist-logistic docs/pictures/one.png docs/pictures/two.png --top 1 --json",
            "  jzoo run airline-lstm --steps 6",
            "  jzoo run airline-lstm 461 390 432 --steps 3",
            "  jzoo run airline-lstm-12 --steps 24",
            "  jzoo run mnist1d-cnn docs/tables/signals.csv --top 1",
            "  jzoo run admissions-mlp 337 118 4 4.5 4.5 9.65 1",
            "  jzoo run admissions-mlp docs/tables/applicants.csv --json",
            "  jzoo run shakespeare-lstm ROMEO: --length 200 --temperature 0.8 --top-k 10 --seed 1"
        })
final class RunCommand implements Callable<Integer> {

    private static final int DEFAULT_STEPS = 12;

    /** A limit that keeps the forecast's values from filling the memory. */
    private static final int MOST_STEPS = 1_000_000;

    private final JzooCommand jzoo;

    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description = "A model of the zoo, an .onnx file, or the folder of a run.")
    private String model = "";

    @Parameters(
            index = "1..*",
            paramLabel = "INPUT",
            description = {
                "The input, depending on the model:",
                "classifier of pictures: picture files",
                "classifier of signals: CSV files with one signal per line, or the values of one signal",
                "forecaster: the last values of a series, oldest first, or a CSV file with them; if omitted, the"
                        + " series that"
                        + " it was trained on",
                "regressor: the values of one row, or a CSV file with the model's columns",
                "generator: the beginning of a text; if omitted, it starts a new line"
            })
    private List<String> inputs = new ArrayList<>();

    @Option(
            names = "--top",
            paramLabel = "K",
            defaultValue = "5",
            description = "Number of labels to print for each input (default: ${DEFAULT-VALUE}).")
    private int top;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description =
                    "Number of values to forecast (default: 12). With this option, a model without a card that predicts"
                            + " a number from a row of numbers is run as a forecaster.")
    private Optional<Integer> steps = Optional.empty();

    @Option(names = "--column", paramLabel = "NAME", description = "Column of the CSV file (default: the last one).")
    private Optional<String> column = Optional.empty();

    @Option(
            names = "--length",
            paramLabel = "N",
            defaultValue = "400",
            description = "Number of characters to generate (default: ${DEFAULT-VALUE}).")
    private int length;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            defaultValue = "0.8",
            description =
                    "Sampling temperature of a generator: 0 always takes the most likely character; above 1 the text"
                            + " becomes erratic (default: ${DEFAULT-VALUE}).")
    private double temperature;

    @Option(
            names = "--top-k",
            paramLabel = "K",
            defaultValue = "0",
            description = "Choose among the K most likely characters; 0 for all (default: ${DEFAULT-VALUE}).")
    private int topK;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Seed of a generator's choices. The same seed gives the same text (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private DeviceOption device = new DeviceOption();

    RunCommand(JzooCommand jzoo) {
        this.jzoo = jzoo;
    }

    @Override
    public Integer call() throws IOException {
        if (steps.filter(count -> count > MOST_STEPS).isPresent()) {
            throw new UsageException("--steps is at most " + MOST_STEPS + ", not " + steps.get() + ".");
        }
        if (top < 1) {
            throw new UsageException("--top is at least 1, not " + top + ".");
        }
        try (OnnxModel opened =
                OnnxModel.open(jzoo.model(model), name(), device.device(), SessionSettings.standard())) {
            if (device.device() instanceof Device.Auto) {
                jzoo.output().note(model + " runs on " + opened.device() + ".");
            }
            run(opened);
        }
        return 0;
    }

    /**
     * Returns the task. A model without a card may take a series or a row; its graph does not say which, but the options
     * do.
     */
    private Task task(OnnxModel opened) throws IOException {
        Task guess = TaskGuess.of(opened);
        boolean series = guess == Task.TABULAR_REGRESSION
                && opened.card().isEmpty()
                && (steps.isPresent() || column.isPresent());
        return series ? Task.TIME_SERIES_FORECASTING : guess;
    }

    /** Returns the model's name for messages: the file, or the name that was typed; never a path in the cache. */
    private String name() {
        if (ModelReference.isReference(model)) {
            return model;
        }
        Path file = jzoo.host().path(model);
        return Files.exists(file) ? file.toString() : model;
    }

    private void run(OnnxModel opened) throws IOException {
        Output output = jzoo.output();
        Host host = jzoo.host();
        switch (task(opened)) {
            case IMAGE_CLASSIFICATION -> {
                try (ImageClassifier classifier = ImageClassifier.of(opened)) {
                    ClassifierRun.print(
                            output, classifier, inputs.stream().map(host::path).toList(), inputs, top);
                }
            }
            case TIME_SERIES_FORECASTING -> {
                try (Forecaster forecaster = Forecaster.of(opened)) {
                    ForecastRun.print(
                            output, forecaster, new HistoryInput(host, inputs, column), steps.orElse(DEFAULT_STEPS));
                }
            }
            case TEXT_GENERATION -> {
                try (TextGenerator generator = TextGenerator.of(opened)) {
                    Sampling sampling = UsageException.unlessRefused(() -> new Sampling(temperature, topK, seed));
                    TextRun.print(output, generator, inputs, length, sampling);
                }
            }
            case TABULAR_CLASSIFICATION -> {
                try (SignalClassifier classifier = SignalClassifier.of(opened)) {
                    ClassifierRun.print(output, classifier, new SignalsInput(host, inputs), top);
                }
            }
            case TABULAR_REGRESSION -> {
                try (Regressor regressor = Regressor.of(opened)) {
                    RegressorRun.print(output, regressor, new RowsInput(host, inputs));
                }
            }
            default -> throw unsupported(opened);
        }
    }

    private static JZooException unsupported(OnnxModel model) {
        return new JZooException(
                JZooException.Code.BAD_INPUT,
                model.name() + " cannot be run: its tensors are " + model.inputs() + " -> " + model.outputs()
                        + ", which fit no task. 'run' supports classifiers of pictures, uint8 [N, height, width,"
                        + " channels] ->"
                        + " float [N, classes]; forecasters, float [batch, look-back] -> float [batch, 1] with --steps;"
                        + " generators of text, int64 [batch, time] -> float [batch, time, characters]; regressors, float"
                        + " [batch, values] -> float [batch, 1]; and classifiers of signals, which have a card.",
                "Run it with tensors from Java, with OnnxModel. 'jzoo inspect' shows its contents.");
    }
}
