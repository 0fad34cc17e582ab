package dev.jzoo.cli;

import dev.jzoo.cli.console.ExitGate;
import dev.jzoo.cli.console.FinetuneProgress;
import dev.jzoo.cli.console.UsageException;
import dev.jzoo.cli.options.LearningOptions;
import dev.jzoo.cli.options.Recorded;
import dev.jzoo.cli.options.RecordedCommand;
import dev.jzoo.cli.options.RunsOption;
import dev.jzoo.cli.options.SeedOption;
import dev.jzoo.datasets.pictures.PictureFolder;
import dev.jzoo.finetune.Finetune;
import dev.jzoo.finetune.FinetuneSettings;
import dev.jzoo.finetune.Mode;
import dev.jzoo.finetune.ModelNames;
import dev.jzoo.finetune.base.Normalization;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.zoo.download.PublicAddress;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.hub.ModelReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jzoo finetune}. */
@Command(
        name = "finetune",
        description = {
            "Train a classifier for your own pictures on top of a pretrained network.",
            "Put the pictures of each class in a folder named after the class. The result is one ONNX file and a report. If DIR"
                    + " has folders train, val or test, their pictures are used for training, validation or test. Otherwise"
                    + " pictures for validation and test are drawn at random."
        },
        footer = {
            "  jzoo finetune --base mnist-lenet --data docs/pictures/shapes --name shapes",
            "  jzoo run shapes docs/pictures/shapes/cross/1.png"
        })
final class FinetuneCommand implements Callable<Integer> {

    private final JzooCommand jzoo;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--base",
            required = true,
            paramLabel = "MODEL",
            description = "The pretrained network: a model of the zoo, or any .onnx file whose input is a picture.")
    private String base = "";

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Your pictures: DIR/cat/1.jpg, DIR/dog/1.jpg; or DIR/train/cat/1.jpg, DIR/val/cat/2.jpg.")
    private Path data = Path.of("");

    @Recorded(Recorded.When.NEVER)
    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the new model, for 'jzoo run NAME' (default: the name of DIR).")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = {
                "Layers to train (default: ${DEFAULT-VALUE}).",
                "head: a new last layer; the base stays unchanged. Takes seconds.",
                "full: the last layer, then every layer. Takes minutes or hours. The result is kept unless the last layer"
                        + " alone has a better validation accuracy. Defaults: --epochs 10 (at most), --batch 16, --lr"
                        + " 0.0005.",
                "scratch: like full, but from random weights, to measure what the base contributes. Defaults: --epochs 40"
                        + " (at most), --lr 0.002."
            })
    private String mode = "";

    @Mixin
    private LearningOptions learning = new LearningOptions();

    @Option(
            names = "--normalize",
            paramLabel = "KIND",
            description =
                    "Pixel values that the base expects: imagenet, signed (-1 to 1), unit (0 to 1) or bytes (0 to 255), in"
                            + " the order red, green, blue; append -bgr for blue, green, red. By default JZoo determines it,"
                            + " which takes up to " + Finetune.TRIAL_PASSES
                            + " runs of a base that has no batch normalisation.")
    private Optional<Normalization> normalize = Optional.empty();

    @Option(
            names = "--features",
            paramLabel = "TENSOR",
            description =
                    "Name of the tensor that holds the base's features (default: the input of its last layer, or the"
                            + " deepest"
                            + " feature maps of a segmenter or detector). An unknown name lists the candidates.")
    private Optional<String> features = Optional.empty();

    @Option(
            names = "--size",
            paramLabel = "N",
            description =
                    "Height and width of the pictures in pixels, for a base that accepts any size (default: 224).")
    private Optional<Integer> size = Optional.empty();

    @Option(
            names = "--views",
            paramLabel = "N",
            description =
                    "Number of views of each training picture: the picture itself, then random crops, half of them"
                            + " mirrored (default: ${DEFAULT-VALUE}).")
    private int views;

    @Mixin
    private SeedOption seed = new SeedOption();

    @Recorded(Recorded.When.NEVER)
    @Option(
            names = "--min-accuracy",
            paramLabel = "X",
            description = "Exit with 8 if the validation accuracy is below X, 0 to 1.")
    private Optional<Double> minAccuracy = Optional.empty();

    @Mixin
    private RunsOption runs = new RunsOption();

    FinetuneCommand(JzooCommand jzoo) {
        this.jzoo = jzoo;
    }

    @Override
    public Integer call() throws IOException {
        if (minAccuracy.filter(wanted -> !(wanted >= 0 && wanted <= 1)).isPresent()) {
            throw new UsageException("--min-accuracy expects a number from 0 to 1, not " + minAccuracy.get() + ".");
        }
        if (size.filter(side -> side < 1).isPresent()) {
            throw new UsageException("--size is at least 1, not " + size.get() + ".");
        }
        if (views < 1) {
            throw new UsageException("--views is at least 1, not " + views + ".");
        }
        ModelNames names = new ModelNames(jzoo.host().path(runs.typed()), jzoo.zoo());
        String id = name.orElseGet(() -> names.unused(data));
        runs.named(names.runs(), id);
        requireUnused(id, names);
        Path file = jzoo.model(base);
        PictureFolder pictures = PictureFolder.read(data);
        Mode mode = mode();
        FinetuneSettings settings = UsageException.unlessRefused(() -> new FinetuneSettings(
                id,
                file,
                ModelReference.isReference(base)
                        ? PublicAddress.of(base)
                        : Path.of(base).getFileName().toString(),
                pictures,
                mode,
                features.or(() -> jzoo.models().features(base)),
                size.map(OptionalInt::of).orElse(OptionalInt.empty()),
                normalize,
                views,
                seed.seed().orElseThrow(),
                RecordedCommand.of(spec.commandLine().getParseResult())));
        TrainingResult result;
        try (ExitGate gate = ExitGate.open();
                FinetuneProgress progress = new FinetuneProgress(jzoo.output(), gate)) {
            result = Finetune.run(
                    settings, names.runs().resolve(id), jzoo.store().computed("features"), progress);
        }
        FinetuneDocument document = FinetuneDocument.of(result);
        jzoo.output().print(document, text -> document.print(runs.isDefault() ? id : document.run(), text));
        return verdict(document.metrics());
    }

    private Mode mode() throws IOException {
        return switch (mode) {
            case "head" -> {
                if (learning.given()) {
                    throw new UsageException(
                            "--epochs, --batch and --lr apply to --mode full and scratch only, not to head.");
                }
                yield new Mode.HeadOnly();
            }
            case "full" -> UsageException.unlessRefused(() -> learning.over(Mode.Full.of(Mode.Start.BASE)));
            case "scratch" -> UsageException.unlessRefused(() -> learning.over(Mode.Full.of(Mode.Start.RANDOM)));
            default -> throw new UsageException("--mode expects head, full or scratch, not '" + mode + "'.");
        };
    }

    private static void requireUnused(String id, ModelNames names) {
        if (names.isRun(id)) {
            throw new UsageException(names.runs().resolve(id) + " already exists; choose another --name.");
        }
        if (names.isPublished(id)) {
            throw new UsageException("'" + id + "' is the name of a model of the zoo, which 'jzoo run " + id
                    + "' would run; choose another --name.");
        }
    }

    private int verdict(Map<String, Double> metrics) {
        String metric = Finetune.headline(metrics);
        double reached = metrics.get(metric);
        if (minAccuracy.isEmpty() || reached >= minAccuracy.get()) {
            return 0;
        }
        jzoo.output()
                .note(String.format(
                        Locale.ROOT, "%s is %.4f, below --min-accuracy %s.", metric, reached, minAccuracy.get()));
        return JZooException.Code.METRIC.exitCode();
    }
}
