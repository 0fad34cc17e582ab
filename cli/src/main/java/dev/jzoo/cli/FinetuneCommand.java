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
        description =
                "Make a classifier of your own pictures out of a network that was trained on others: a folder for each class"
                        + " in, one ONNX file and a report out. Pictures for validation and test are taken from folders train, val"
                        + " and test where there are such, else drawn.",
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
            description =
                    "What to begin with: an .onnx file that takes a picture, of any maker, or a model of the zoo.")
    private String base = "";

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Your pictures: DIR/cat/1.jpg, DIR/dog/1.jpg; or such folders in DIR/train and DIR/val.")
    private Path data = Path.of("");

    @Recorded(Recorded.When.NEVER)
    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the new model, for 'jzoo run NAME' (default: that of DIR).")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description =
                    "head: the base stays as it is and a new last layer learns, in seconds. full: then all layers learn on,"
                            + " in minutes or hours, and are kept unless the last layer alone does better on the pictures for"
                            + " validation: at most --epochs 10, --batch 16, --lr 0.0005 if omitted. scratch: as full,"
                            + " but from random weights, to see what the base is worth: at most --epochs 40, --lr 0.002"
                            + " (default: ${DEFAULT-VALUE}).")
    private String mode = "";

    @Mixin
    private LearningOptions learning = new LearningOptions();

    @Option(
            names = "--normalize",
            paramLabel = "KIND",
            description =
                    "What the base takes for a pixel: imagenet, signed (-1 to 1), unit (0 to 1) or bytes (0 to 255), red"
                            + " first, or with -bgr behind it blue first (default: found by itself, which takes up to "
                            + Finetune.TRIAL_PASSES + " runs of a base without batch normalisations).")
    private Optional<Normalization> normalize = Optional.empty();

    @Option(
            names = "--features",
            paramLabel = "TENSOR",
            description =
                    "Where the base's features are (default: the input of its last layer; the deepest maps of a segmenter or"
                            + " detector). A name that the base does not have lists the candidates.")
    private Optional<String> features = Optional.empty();

    @Option(
            names = "--size",
            paramLabel = "N",
            description = "Height and width of the pictures, for a base that takes any (default: 224).")
    private Optional<Integer> size = Optional.empty();

    @Option(
            names = "--views",
            paramLabel = "N",
            description = "Views of each training picture: as it is, then random crops, half of them mirrored"
                    + " (default: ${DEFAULT-VALUE}).")
    private int views;

    @Mixin
    private SeedOption seed = new SeedOption();

    @Recorded(Recorded.When.NEVER)
    @Option(
            names = "--min-accuracy",
            paramLabel = "X",
            description = "Exit with 8 where the accuracy on the pictures for validation is below X, 0 to 1.")
    private Optional<Double> minAccuracy = Optional.empty();

    @Mixin
    private RunsOption runs = new RunsOption();

    FinetuneCommand(JzooCommand jzoo) {
        this.jzoo = jzoo;
    }

    @Override
    public Integer call() throws IOException {
        if (minAccuracy.filter(wanted -> !(wanted >= 0 && wanted <= 1)).isPresent()) {
            throw new UsageException("--min-accuracy is a share from 0 to 1, not " + minAccuracy.get() + ".");
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
        jzoo.output().print(document, text -> document.print(runs.isUsual() ? id : document.run(), text));
        return verdict(document.metrics());
    }

    private Mode mode() throws IOException {
        return switch (mode) {
            case "head" -> {
                if (learning.given()) {
                    throw new UsageException("--epochs, --batch and --lr belong to --mode full; a head has none.");
                }
                yield new Mode.HeadOnly();
            }
            case "full" -> UsageException.unlessRefused(() -> learning.over(Mode.Full.of(Mode.Start.BASE)));
            case "scratch" -> UsageException.unlessRefused(() -> learning.over(Mode.Full.of(Mode.Start.RANDOM)));
            default -> throw new UsageException("--mode is head, full or scratch, not '" + mode + "'.");
        };
    }

    private static void requireUnused(String id, ModelNames names) {
        if (names.isRun(id)) {
            throw new UsageException(names.runs().resolve(id) + " is there already; give the model another --name.");
        }
        if (names.isPublished(id)) {
            throw new UsageException("The zoo has a model " + id + ", which 'jzoo run " + id
                    + "' would run; give yours another --name.");
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
                        Locale.ROOT,
                        "%s is %.4f, below the %s that --min-accuracy asks for.",
                        metric,
                        reached,
                        minAccuracy.get()));
        return JZooException.Code.METRIC.exitCode();
    }
}
