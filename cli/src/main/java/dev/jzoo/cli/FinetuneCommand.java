package dev.jzoo.cli;

import dev.jzoo.cli.console.FinetuneProgress;
import dev.jzoo.cli.console.ReadableNumbers;
import dev.jzoo.datasets.pictures.PictureFolder;
import dev.jzoo.export.Parity;
import dev.jzoo.finetune.Finetune;
import dev.jzoo.finetune.FinetuneSettings;
import dev.jzoo.finetune.Mode;
import dev.jzoo.finetune.base.Normalization;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.hub.ModelReference;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
    private String data = "";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Of the new model, for 'jzoo run NAME'; that of DIR if not said.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "head",
            description =
                    "head: the base stays as it is and a new last layer learns, in seconds. full: then all layers learn on,"
                            + " in minutes or hours. scratch: as full, but from random weights, to see what the base is worth (head).")
    private String mode = "";

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Epochs of the modes full (10) and scratch (40), at most: it ends when it gets no better.")
    private Optional<Integer> epochs = Optional.empty();

    @Option(names = "--batch", paramLabel = "N", description = "Pictures of a step of these modes (16).")
    private Optional<Integer> batch = Optional.empty();

    @Option(
            names = "--lr",
            paramLabel = "X",
            description = "Learning rate of the last layers in these modes, at its highest (0.0005; scratch 0.002).")
    private Optional<Double> learningRate = Optional.empty();

    @Option(
            names = "--normalize",
            paramLabel = "KIND",
            description =
                    "What the base takes for a pixel: imagenet, signed (-1 to 1), unit (0 to 1) or bytes (0 to 255), red"
                            + " first, or with -bgr behind it blue first. Found by itself if not said.")
    private Optional<String> normalize = Optional.empty();

    @Option(
            names = "--features",
            paramLabel = "TENSOR",
            description = "Where the base's features are; the input of its last layer if not said.")
    private Optional<String> features = Optional.empty();

    @Option(
            names = "--size",
            paramLabel = "N",
            description = "Height and width of the pictures, for a base that takes any (224).")
    private Optional<Integer> size = Optional.empty();

    @Option(
            names = "--views",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "How often to look at each training picture: as it is, then in random crops, half of them mirrored"
                            + " (1).")
    private int views;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of all that is drawn: the parts of the pictures, their crops (1).")
    private long seed;

    @Option(
            names = "--min-accuracy",
            paramLabel = "X",
            description = "Exit with 8 where the accuracy on the pictures for validation is below X, 0 to 1.")
    private Optional<Double> minAccuracy = Optional.empty();

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "runs", description = "Where runs are kept (runs).")
    private String out = "";

    FinetuneCommand(JzooCommand jzoo) {
        this.jzoo = jzoo;
    }

    /** What {@code --json} prints. */
    private record FinetuneDocument(
            String run,
            String model,
            SortedMap<String, Double> metrics,
            Parity parity,
            double seconds,
            String report,
            List<String> labels) {}

    @Override
    public Integer call() throws IOException {
        if (minAccuracy.filter(wanted -> !(wanted >= 0 && wanted <= 1)).isPresent()) {
            throw new IllegalArgumentException("--min-accuracy is a share from 0 to 1, not " + minAccuracy.get() + ".");
        }
        Path folder = jzoo.host().path(data);
        String id = name.orElseGet(() -> unused(slug(folder)));
        Path run = jzoo.host().path(out).resolve(id);
        requireUnused(id, run);
        Path model = new ModelLookup(jzoo).file(base);
        FinetuneSettings settings = new FinetuneSettings(
                id,
                model,
                ModelReference.isReference(base)
                        ? base
                        : Path.of(base).getFileName().toString(),
                PictureFolder.read(folder),
                mode(),
                features.or(() -> published()),
                size.isPresent() ? OptionalInt.of(size.get()) : OptionalInt.empty(),
                normalize.map(Normalization::of),
                views,
                seed,
                typed());
        TrainingResult result;
        try (FinetuneProgress progress = new FinetuneProgress(jzoo.output())) {
            result = Finetune.run(settings, run, jzoo.store().computed("features"), progress);
        }
        FinetuneDocument document = new FinetuneDocument(
                result.run().toString(),
                result.model().toString(),
                result.card().metrics(),
                result.parity(),
                result.seconds(),
                result.run().resolve("report/index.html").toString(),
                result.card().labels());
        jzoo.output().print(document, text -> print(id, document, text));
        return verdict(document.metrics);
    }

    private Mode mode() {
        if (mode.equals("head")) {
            if (epochs.isPresent() || batch.isPresent() || learningRate.isPresent()) {
                throw new IllegalArgumentException(
                        "--epochs, --batch and --lr belong to --mode full; a head has none.");
            }
            return new Mode.HeadOnly();
        }
        boolean scratch = mode.equals("scratch");
        if (!scratch && !mode.equals("full")) {
            throw new IllegalArgumentException("--mode is head, full or scratch, not '" + mode + "'.");
        }
        return new Mode.Full(
                scratch ? Mode.Start.RANDOM : Mode.Start.BASE,
                epochs.orElse(scratch ? 40 : 10),
                batch.orElse(16),
                learningRate.orElse(scratch ? 2e-3 : 5e-4));
    }

    /** The command that does the same again. */
    private String typed() {
        List<String> words = new ArrayList<>(List.of("finetune", "--base", base, "--data", data));
        Map<String, Optional<String>> options = new LinkedHashMap<>();
        options.put("--mode", Optional.of(mode).filter(given -> !given.equals("head")));
        options.put("--epochs", epochs.map(String::valueOf));
        options.put("--batch", batch.map(String::valueOf));
        options.put("--lr", learningRate.map(String::valueOf));
        options.put("--normalize", normalize);
        options.put("--features", features);
        options.put("--size", size.map(String::valueOf));
        options.forEach((option, value) -> value.ifPresent(given -> words.addAll(List.of(option, given))));
        if (views != 1) {
            words.addAll(List.of("--views", Integer.toString(views)));
        }
        words.addAll(List.of("--seed", Long.toString(seed)));
        return JzooCommand.typed(words.toArray(String[]::new));
    }

    /** What the zoo's manifest calls the base's features. */
    private Optional<String> published() {
        if (!ModelReference.isName(base)) {
            return Optional.empty();
        }
        try {
            return jzoo.zoo().show(base).entry().features().stream()
                    .map(Manifest.ManifestTensor::name)
                    .findFirst();
        } catch (JZooException e) {
            return Optional.empty(); // a file of that name
        }
    }

    /** The name of a folder as that of a model. */
    private static String slug(Path folder) {
        String slug = folder.toAbsolutePath()
                .normalize()
                .getFileName()
                .toString()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        return slug.isEmpty() ? "pictures" : slug;
    }

    private String unused(String slug) {
        String id = slug;
        for (int i = 2; Files.exists(jzoo.host().path(out).resolve(id)) || isPublished(id); i++) {
            id = slug + "-" + i;
        }
        return id;
    }

    private void requireUnused(String id, Path run) {
        if (Files.exists(run)) {
            throw new IllegalArgumentException(run + " is there already; give the model another --name.");
        }
        if (isPublished(id)) {
            throw new IllegalArgumentException("The zoo has a model " + id + ", which 'jzoo run " + id
                    + "' would run; give yours another --name.");
        }
    }

    private boolean isPublished(String id) {
        return jzoo.zoo().list().stream().anyMatch(listing -> listing.id().equals(id));
    }

    private int verdict(SortedMap<String, Double> metrics) {
        String metric = metrics.containsKey("validation.accuracy") ? "validation.accuracy" : "cv.accuracy";
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

    private void print(String id, FinetuneDocument done, PrintWriter text) {
        SortedMap<String, Double> metrics = done.metrics;
        for (String part : List.of("validation", "test")) {
            if (metrics.containsKey(part + ".accuracy")) {
                text.printf(
                        Locale.ROOT,
                        "%-12s %.1f %% right (95 %% sure: %.1f to %.1f %%); balanced %.1f %%%n",
                        part,
                        100 * metrics.get(part + ".accuracy"),
                        100 * metrics.get(part + ".accuracy_low"),
                        100 * metrics.get(part + ".accuracy_high"),
                        100 * metrics.get(part + ".balanced_accuracy"));
            }
        }
        text.printf(Locale.ROOT, "%-12s %.1f %% right%n", "cross-valid.", 100 * metrics.get("cv.accuracy"));
        text.printf(
                Locale.ROOT,
                "ONNX Runtime agrees: largest difference %s over %,d values; %s%n",
                ReadableNumbers.number(done.parity.maxError()),
                done.parity.values(),
                ReadableNumbers.seconds(done.seconds));
        text.println("Model   " + done.model + "/" + ModelLookup.FILE);
        text.println("Report  " + done.report);
        text.println();
        text.println("Use it:");
        text.println("  " + JzooCommand.typed("run", out.equals("runs") ? id : done.run, "PICTURE.jpg"));
        text.println();
        text.println("or in Java, with dev.jzoo:jzoo-inference:");
        text.println("  try (ImageClassifier classifier = ImageClassifier.load(\"" + done.model + "\")) {");
        text.println("      System.out.println(classifier.classify(Path.of(\"PICTURE.jpg\")).best());");
        text.println("  }");
    }
}
