package dev.jzoo.training.transfer;

import dev.jzoo.datasets.LabelledPictures;
import dev.jzoo.datasets.LabelledPictures.Item;
import dev.jzoo.datasets.PictureFolder;
import dev.jzoo.export.Parity;
import dev.jzoo.export.onnx.Dim;
import dev.jzoo.export.onnx.OnnxFile;
import dev.jzoo.export.onnx.ValueInfo;
import dev.jzoo.inference.Framing;
import dev.jzoo.inference.SessionSettings.Optimisation;
import dev.jzoo.inference.Tensor;
import dev.jzoo.training.ClassifierScores;
import dev.jzoo.training.ModelFolder;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.training.pictures.Finding;
import dev.jzoo.training.pictures.PictureCheck;
import dev.jzoo.training.pictures.PictureReport;
import dev.jzoo.zoo.JZooException;
import dev.jzoo.zoo.JZooException.Code;
import dev.jzoo.zoo.Json;
import dev.jzoo.zoo.ModelCard;
import dev.jzoo.zoo.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Makes a classifier of one's own pictures out of a network that somebody trained on others. The network stays as it is: its
 * features of the training pictures are computed once, through ONNX Runtime, and kept; a softmax regression learns from them and
 * takes the place of the network's last layer. What comes out is one ONNX file that takes a picture's bytes, verified and measured.
 *
 * <pre>{@code
 * TrainingResult result = Finetune.run(settings, Path.of("runs/flowers"), cache, TransferListener.NONE);
 * }</pre>
 */
public final class Finetune {

    /** What the card of a fine-tuned model has in place of a recipe's name. */
    public static final String RECIPE = "finetune";

    /** Pictures on which the finished file is held against the head. */
    private static final int COMPARED = 16;

    /** From this size on, networks are trained and measured on the middle of a picture, as is usual with ImageNet. */
    private static final int IMAGENET_SIZE = 128;

    private final FinetuneSettings settings;
    private final Path cache;
    private final TransferListener listener;
    private final Stopwatch watch = new Stopwatch();

    private Finetune(FinetuneSettings settings, Path cache, TransferListener listener) {
        this.settings = settings;
        this.cache = cache;
        this.listener = listener;
    }

    /**
     * Makes a classifier. The folder of the run appears whole, at the end, or not at all; what was computed meanwhile is in the
     * cache, so that the same call goes on where a broken one ended.
     *
     * @param run folder that does not exist yet
     * @param cache folder for features, which may be shared by all runs
     * @throws JZooException BAD_INPUT where the base is no network for pictures, or the pictures are none to learn from;
     *     NOT_FOUND where one of them is not there; INTEGRITY where the finished file does not compute what was learnt
     * @throws dev.jzoo.zoo.DataFormatException where the base is no ONNX file
     */
    public static TrainingResult run(FinetuneSettings settings, Path run, Path cache, TransferListener listener)
            throws IOException {
        return new Finetune(settings, cache, listener).run(run);
    }

    private TrainingResult run(Path run) throws IOException {
        listener.stage("Reading " + settings.data());
        List<String> faults = new ArrayList<>();
        PictureFolder folder = lookedThrough(PictureFolder.read(settings.data()), faults);
        PictureFolder.Split split = folder.split(settings.seed());
        List<String> labels = folder.labels();
        tell(split);
        Base opened = Base.read(settings.baseName(), settings.base(), settings.features(), settings.side());
        if (!opened.notice().isEmpty()) {
            listener.note(opened.notice());
        }
        Backbone.Probed probed = Backbone.probe(opened);
        Base base = probed.base();
        FeatureShape shape = probed.shape();
        listener.note("Features: " + shape.means() + " numbers, " + base.tap().reason() + ".");
        watch.lap("Reading folder and base");

        Framing framing = framing(base);
        NormalizationChoice.Found found = found(base, shape, framing, split.train());
        Optional<Normalization> normalization = settings.normalization()
                .filter(given -> base.layout().isPresent())
                .or(() -> found.trials().stream().findFirst().map(NormalizationChoice.Trial::normalization));
        tell(base, normalization, found);
        watch.lap("Choosing what a pixel is");

        Assembly assembly = new Assembly(base, normalization, shape);
        listener.stage("Features of " + split.train().size() + " pictures for training");
        Extractor.Extracted train;
        Extractor.Extracted held;
        try (Extractor extractor = extractor(assembly, framing)) {
            train = extractor.extract(split.train().items(), settings.views(), settings.seed(), listener);
            List<Item> needed =
                    settings.mode() instanceof Mode.Full ? split.validation().items() : List.of();
            held = extractor.extract(needed, 1, 0, listener);
        }
        faults.addAll(train.faults());
        requireAll(train, labels);
        watch.lap("Features of the training pictures");

        listener.stage("Learning");
        HeadTraining learnt = HeadTraining.of(train.examples(), shape.means(), labels.size(), settings.seed());
        watch.lap("Learning");
        tell(learnt, shape);

        FeatureShape read = shape.reading(learnt.search().dimension());
        OnnxFile classifier = new Assembly(base, normalization, read)
                .classifier(learnt.head())
                .withMetadata(Map.of(Framing.METADATA, framing.id()));
        int[] shown = spread(train.items().size());
        List<Item> compared = IntStream.of(shown).mapToObj(train.items()::get).toList();
        Optional<FullTuning.Tuned> tuned = Optional.empty();
        Optional<Path> checkpoints = Optional.empty();
        if (settings.mode() instanceof Mode.Full full) {
            FullTuning.Pictures pictures =
                    new FullTuning.Pictures(train.items(), held.items(), compared, base.size(), framing);
            Sha256 data = split.train().provenance().sha256();
            FullTuning tuning = new FullTuning(full, pictures, settings.seed());
            checkpoints = Optional.of(checkpoints(classifier, tuning, data));
            FullTuning.Tuned all = tuning.of(classifier, RunFolder.at(checkpoints.get()), listener);
            tuned = Optional.of(all).filter(it -> full.start() == Mode.Start.RANDOM || isBetter(it, learnt, held));
            watch.lap("Learning, all layers");
        }
        OnnxFile file = tuned.map(FullTuning.Tuned::file).orElse(classifier);
        List<Part> parts = new ArrayList<>();
        Parity parity;
        try (Extractor finished = finished(file, base, framing, labels.size())) {
            listener.stage("Comparing the finished file with what was learnt");
            double[][] expected =
                    tuned.map(FullTuning.Tuned::expected).orElseGet(() -> expected(train.rows(), learnt.head(), shown));
            parity = parity(finished, compared, expected);
            for (Map.Entry<String, LabelledPictures> part : Map.of(
                            "validation", split.validation(), "test", split.test())
                    .entrySet()) {
                if (part.getValue().size() > 0) {
                    listener.stage("Measuring on " + part.getValue().size() + " pictures for " + part.getKey());
                    Extractor.Extracted scored =
                            finished.extract(part.getValue().items(), 1, 0, listener);
                    faults.addAll(scored.faults());
                    parts.add(part(part.getKey(), scored, labels.size()));
                }
            }
        }
        parts.sort(Comparator.comparing(Part::name).reversed());
        watch.lap("Measuring through ONNX Runtime");

        listener.stage("Writing");
        try (StagedFolder staged = StagedFolder.of(run)) {
            RunFolder target = RunFolder.at(staged.path());
            String tuning = tuned.map(FullTuning.Tuned::words)
                    .orElse(settings.mode() instanceof Mode.Head ? "" : "tried, and no better: the base is as it was");
            FinetuneRecipe recipe = recipe(base, read, framing, normalization, found, learnt, tuning, split);
            Sha256 digest = target.writeRecipe(Json.pretty(recipe));
            SortedMap<String, Double> metrics = metrics(learnt, parts);
            ModelCard card = FinetuneCard.of(settings, recipe, digest, base, labels, metrics);
            target.writeMetrics(metrics);
            if (tuned.isPresent()) {
                target.writeHistory(tuned.get().history());
            }
            ModelFolder.write(target, file, card, drawn(file));
            new FinetuneReport(
                            card,
                            recipe,
                            split,
                            base,
                            learnt,
                            tuned.map(FullTuning.Tuned::history),
                            found,
                            parts,
                            faults,
                            parity,
                            watch)
                    .write(target.report());
            staged.commit();
            if (checkpoints.isPresent()) {
                StagedFolder.delete(checkpoints.get());
            }
            return new TrainingResult(run, card, parity, watch.seconds());
        }
    }

    /**
     * The folder without what cannot be read. The user hears what may spoil the result.
     *
     * @param faults takes what is wrong with each picture that is left out
     */
    private PictureFolder lookedThrough(PictureFolder folder, List<String> faults) {
        PictureReport report = PictureCheck.run(folder, (task, done, total) -> listener.progress(done, total));
        for (Finding finding : report.findings()) {
            if (finding.kind() == Finding.Kind.UNREADABLE) {
                faults.add(finding.message());
                listener.note("Left out: " + finding.message());
            } else if (finding.kind().isWarning()) {
                listener.note("Mind: " + finding.message());
            }
        }
        return report.unreadable().isEmpty() ? folder : folder.without(report.unreadable());
    }

    private void tell(PictureFolder.Split split) {
        listener.note(split.train().size() + " pictures for training, "
                + split.validation().size() + " for validation, " + split.test().size() + " for test, in "
                + split.train().labels().size() + " classes.");
    }

    private void tell(Base base, Optional<Normalization> normalization, NormalizationChoice.Found found) {
        if (base.layout().isEmpty()) {
            listener.note("Pixels: bytes; " + base.name() + " has its pre-processing inside.");
            return;
        }
        listener.note("Pixels: " + normalization.orElseThrow().words()
                + (found.trials().isEmpty()
                        ? ", as --normalize says."
                        : ", which " + found.method().reason() + " (--normalize "
                                + normalization.get().id() + ")."));
    }

    private void tell(HeadTraining learnt, FeatureShape shape) {
        CrossValidation.Point best = learnt.search().best();
        listener.note(String.format(
                Locale.ROOT,
                "Learnt from %,d features%s; weight decay %s, cross-validated accuracy %.1f %%.",
                learnt.search().dimension(),
                learnt.search().dimension() > shape.means() ? ", the largest value of each map among them" : "",
                best.decay(),
                100 * best.accuracy()));
    }

    private static Framing framing(Base base) {
        String stated = base.file().metadata().get(Framing.METADATA);
        for (Framing framing : Framing.values()) {
            if (framing.id().equals(stated)) {
                return framing;
            }
        }
        boolean large = Math.min(base.size().height(), base.size().width()) >= IMAGENET_SIZE;
        return large && base.layout().isPresent() ? Framing.IMAGENET : Framing.CENTRED;
    }

    private NormalizationChoice.Found found(Base base, FeatureShape shape, Framing framing, LabelledPictures train)
            throws IOException {
        if (base.layout().isEmpty() || settings.normalization().isPresent()) {
            return new NormalizationChoice.Found(NormalizationChoice.Method.NONE, List.of());
        }
        int classes = train.labels().size();
        if (BatchStatistics.exist(base)) {
            return NormalizationChoice.byStatistics(base, framing, train.items(), classes, settings.seed(), listener);
        }
        return NormalizationChoice.byCrossValidation(
                Normalization.of(base.size().channels()),
                train.items(),
                classes,
                shape.means(),
                settings.seed(),
                candidate -> extractor(new Assembly(base, Optional.of(candidate), shape), framing),
                listener);
    }

    private Extractor extractor(Assembly assembly, Framing framing) throws IOException {
        Base base = assembly.base();
        String what = String.join(
                " ",
                "features of",
                base.sha256().hex(),
                base.tap().tensor(),
                assembly.shape().largest().toString(),
                assembly.normalization().map(Normalization::id).orElse("inside"));
        return Extractor.open(cache, what, assembly.shape().dimension(), assembly::features, base.size(), framing);
    }

    private Extractor finished(OnnxFile file, Base base, Framing framing, int classes) throws IOException {
        String what = "scores of " + file.fingerprint().sha256();
        return Extractor.open(cache, what, classes, () -> file, base.size(), framing);
    }

    private static void requireAll(Extractor.Extracted train, List<String> labels) {
        for (int label = 0; label < labels.size(); label++) {
            int wanted = label;
            if (train.items().stream().noneMatch(item -> item.label() == wanted)) {
                throw new JZooException(
                        Code.BAD_INPUT,
                        "None of the training pictures of " + labels.get(label) + " can be read: "
                                + String.join("; ", train.faults()),
                        "Put pictures there that can be (JPEG, PNG, GIF, BMP), or delete the folder.");
            }
        }
    }

    /** Where checkpoints lie until the run is written: the same call finds them, another one has others. */
    private Path checkpoints(OnnxFile classifier, FullTuning tuning, Sha256 data) throws IOException {
        String what = tuning.words() + " of " + classifier.fingerprint().sha256() + " on " + data;
        return cache.resolve(Sha256.of(what.getBytes(StandardCharsets.UTF_8)) + ".tuning");
    }

    /** Whether the pictures for validation are told apart no worse than by the head alone; the user hears where they are not. */
    private boolean isBetter(FullTuning.Tuned tuned, HeadTraining learnt, Extractor.Extracted held) {
        if (held.items().isEmpty()) {
            return true;
        }
        int[] all = IntStream.range(0, held.items().size()).toArray();
        double[][] scores = expected(held.rows(), learnt.head(), all);
        long right = IntStream.range(0, scores.length)
                .filter(i -> Head.best(scores[i]) == held.items().get(i).label())
                .count();
        double head = (double) right / scores.length;
        if (tuned.accuracy() >= head) {
            return true;
        }
        listener.note(String.format(
                Locale.ROOT,
                "All layers together tell %.1f %% of the pictures for validation apart, the new last layer alone %.1f %%:"
                        + " the base is kept as it was.",
                100 * tuned.accuracy(),
                100 * head));
        return false;
    }

    /** Some of so many pictures, over all classes. */
    private static int[] spread(int pictures) {
        int step = Math.max(1, pictures / COMPARED);
        return IntStream.range(0, Math.min(COMPARED, pictures))
                .map(i -> i * step)
                .toArray();
    }

    /** What a head says to some rows, in double precision. */
    private static double[][] expected(Features rows, Head head, int[] numbers) {
        Features learnt = rows.first(head.dimension());
        float[] features = new float[head.dimension()];
        return IntStream.of(numbers)
                .mapToObj(number -> {
                    learnt.read(number, features);
                    return head.probabilities(features);
                })
                .toArray(double[][]::new);
    }

    private Parity parity(Extractor finished, List<Item> items, double[][] expected) throws IOException {
        Features scores = finished.extract(items, 1, 0, listener).rows();
        float[] actual = new float[expected[0].length];
        double largest = 0;
        for (int i = 0; i < items.size(); i++) {
            scores.read(i, actual);
            for (int c = 0; c < actual.length; c++) {
                double difference = Math.abs(actual[c] - expected[i][c]);
                largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
            }
        }
        double allowed = Parity.RELATIVE;
        Parity parity = new Parity(
                List.of(new Parity.Outcome(
                        "probabilities",
                        1,
                        Optimisation.ALL,
                        (long) items.size() * actual.length,
                        largest,
                        largest,
                        largest / allowed,
                        largest <= allowed ? "" : "a probability that is off by " + largest)),
                "");
        if (!parity.agrees()) {
            throw new JZooException(
                    Code.INTEGRITY,
                    "Nothing was written: the finished file does not compute what was learnt. Worst: "
                            + parity.disagreement() + ".",
                    "It is a fault of JZoo; report it with the base.");
        }
        return parity;
    }

    private static Part part(String name, Extractor.Extracted scored, int classes) {
        ClassifierScores scores = ClassifierScores.of(classes, scored.labels(), i -> {
            float[] row = new float[classes];
            scored.rows().read(i, row);
            return row;
        });
        return new Part(name, scored.items(), scores);
    }

    private static SortedMap<String, Double> metrics(HeadTraining learnt, List<Part> parts) {
        SortedMap<String, Double> metrics = new TreeMap<>();
        metrics.put("cv.accuracy", learnt.search().best().accuracy());
        for (Part part : parts) {
            metrics.put(part.name() + ".accuracy", part.accuracy());
            metrics.put(part.name() + ".balanced_accuracy", part.balancedAccuracy());
            metrics.put(part.name() + ".accuracy_low", part.interval().low());
            metrics.put(part.name() + ".accuracy_high", part.interval().high());
        }
        return metrics;
    }

    private FinetuneRecipe recipe(
            Base base,
            FeatureShape shape,
            Framing framing,
            Optional<Normalization> normalization,
            NormalizationChoice.Found found,
            HeadTraining learnt,
            String tuning,
            PictureFolder.Split split) {
        List<Double> weights = Arrays.stream(learnt.classWeights()).boxed().toList();
        return new FinetuneRecipe(
                RECIPE,
                settings.mode().toString(),
                new FinetuneRecipe.Network(
                        settings.baseName(),
                        base.sha256(),
                        base.tap().tensor(),
                        base.tap().reason(),
                        shape.pooling(),
                        shape.dimension()),
                new FinetuneRecipe.Pictures(
                        base.size().toString(),
                        framing.id(),
                        normalization.map(Normalization::id).orElse("inside"),
                        normalization.isEmpty()
                                ? "the base takes bytes"
                                : found.trials().isEmpty()
                                        ? "given"
                                        : found.method().reason()),
                settings.views(),
                settings.seed(),
                new FinetuneRecipe.Learnt(
                        "softmax regression on standardised features, L-BFGS, double precision",
                        learnt.decay(),
                        weights,
                        learnt.search().folds()),
                tuning,
                List.of(split.train(), split.validation(), split.test()).stream()
                        .filter(part -> part.size() > 0)
                        .map(LabelledPictures::provenance)
                        .toList());
    }

    /** Three test vectors: drawn, since the pictures are the user's. */
    private List<Map<String, Tensor>> drawn(OnnxFile file) {
        ValueInfo input = file.graph().inputs().get(0);
        List<Dim> shape = input.shape();
        long[] sizes = new long[shape.size()];
        int values = 1;
        for (int axis = 0; axis < sizes.length; axis++) {
            sizes[axis] = axis == 0 ? 1 : ((Dim.Fixed) shape.get(axis)).size();
            values = Math.toIntExact(values * sizes[axis]);
        }
        Random random = new Random(settings.seed());
        List<Map<String, Tensor>> drawn = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            byte[] pixels = new byte[values];
            random.nextBytes(pixels);
            drawn.add(Map.of(input.name(), Tensor.ofBytes(pixels, sizes)));
        }
        return drawn;
    }
}
