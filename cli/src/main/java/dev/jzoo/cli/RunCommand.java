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

/** {@code jzoo run}: opens a model and hands it to what its task asks for. */
@Command(
        name = "run",
        description =
                "Run a model: a classifier on pictures or signals, a forecaster on the end of a series, a regressor on"
                        + " rows of a table, a generator behind a text.",
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

    private static final int USUAL_STEPS = 12;

    /** More than anybody reads; the values of a billion steps would fill the memory. */
    private static final int MOST_STEPS = 1_000_000;

    private final JzooCommand jzoo;

    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description = "A model of the zoo, an .onnx file, or a folder of a run.")
    private String model = "";

    @Parameters(
            index = "1..*",
            paramLabel = "INPUT",
            description =
                    "Pictures for a classifier. For a forecaster the last values of a series, oldest first, or a CSV"
                            + " file with them; without, it continues the series that it was trained on. For a classifier of"
                            + " signals CSV files with one a line, for a regressor the values of a row or a CSV file that has"
                            + " its columns. For a generator the beginning of a text; without, it begins a line.")
    private List<String> inputs = new ArrayList<>();

    @Option(
            names = "--top",
            paramLabel = "K",
            defaultValue = "5",
            description = "Number of labels for each input (default: ${DEFAULT-VALUE}).")
    private int top;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description =
                    "Number of values to forecast (default: 12). Makes a forecaster of a model without a card that"
                            + " predicts a number from a row of numbers.")
    private Optional<Integer> steps = Optional.empty();

    @Option(names = "--column", paramLabel = "NAME", description = "Column of the CSV file (default: the last one).")
    private Optional<String> column = Optional.empty();

    @Option(
            names = "--length",
            paramLabel = "N",
            defaultValue = "400",
            description = "Number of characters to write (default: ${DEFAULT-VALUE}).")
    private int length;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            defaultValue = "0.8",
            description = "How freely a generator chooses: 0 takes the likeliest character, above 1 text becomes wild"
                    + " (default: ${DEFAULT-VALUE}).")
    private double temperature;

    @Option(
            names = "--top-k",
            paramLabel = "K",
            defaultValue = "0",
            description = "Choose among the K likeliest characters only; 0 for all (default: ${DEFAULT-VALUE}).")
    private int topK;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Seed of a generator's choices: the same seed gives the same text (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private DeviceOption device = new DeviceOption();

    RunCommand(JzooCommand jzoo) {
        this.jzoo = jzoo;
    }

    @Override
    public Integer call() throws IOException {
        if (steps.filter(count -> count > MOST_STEPS).isPresent()) {
            throw new UsageException("--steps is " + MOST_STEPS + " at most, not " + steps.get() + ".");
        }
        if (top < 1) {
            throw new UsageException("--top is 1 or more, not " + top + ".");
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

    /** Of a model without a card the options tell a series from a row, which its graph does not. */
    private Task task(OnnxModel opened) throws IOException {
        Task guess = TaskGuess.of(opened);
        boolean series = guess == Task.TABULAR_REGRESSION
                && opened.card().isEmpty()
                && (steps.isPresent() || column.isPresent());
        return series ? Task.TIME_SERIES_FORECASTING : guess;
    }

    /** What messages call the model: the file, or the name that was typed; never a path of the cache. */
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
                            output, forecaster, new HistoryInput(host, inputs, column), steps.orElse(USUAL_STEPS));
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
                model.name() + " is neither an image classifier nor a forecaster nor a generator of text: it has "
                        + model.inputs() + " -> "
                        + model.outputs() + ". 'run' takes classifiers of pictures, uint8 [N, height, width, channels]"
                        + " -> float [N, classes], forecasters, float [batch, look-back] -> float [batch, 1] with --steps, generators, int64"
                        + " [batch, time] -> float [batch, time, characters], and rows, float [batch, values] -> float [batch, 1], and what"
                        + " a card calls a classifier of signals.",
                "Run it with tensors from Java, through OnnxModel; 'jzoo inspect' shows what is in it.");
    }
}
