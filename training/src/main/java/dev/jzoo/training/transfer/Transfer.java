package dev.jzoo.training.transfer;

import dev.jzoo.datasets.LabelledPictures;
import dev.jzoo.datasets.LabelledPictures.Item;
import dev.jzoo.datasets.PictureFolder;
import dev.jzoo.export.Parity;
import dev.jzoo.export.onnx.OnnxFile;
import dev.jzoo.inference.Framing;
import dev.jzoo.inference.SessionSettings.Optimisation;
import dev.jzoo.training.ClassifierScores;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.pictures.Finding;
import dev.jzoo.training.pictures.PictureCheck;
import dev.jzoo.training.pictures.PictureReport;
import dev.jzoo.zoo.JZooException;
import dev.jzoo.zoo.JZooException.Code;
import dev.jzoo.zoo.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The steps from a base and a folder of pictures to a classifier that was measured. Nothing but the cache is written. */
final class Transfer {

    /** Pictures on which the finished file is held against the head. */
    private static final int COMPARED = 16;

    /** From this size on, networks are trained and measured on the middle of a picture, as is usual with ImageNet. */
    private static final int IMAGENET_SIZE = 128;

    private final FinetuneSettings settings;
    private final Path cache;
    private final TransferListener listener;
    private final Stopwatch watch = new Stopwatch();
    private Optional<Path> checkpoints = Optional.empty();

    /**
     * Begins one.
     *
     * @param cache folder for what is computed, see {@link Finetune#run}
     */
    Transfer(FinetuneSettings settings, Path cache, TransferListener listener) {
        this.settings = settings;
        this.cache = cache;
        this.listener = listener;
    }

    /**
     * Goes through all steps but the writing.
     *
     * @throws dev.jzoo.zoo.JZooException as {@link Finetune#run}
     */
    Transferred made() throws IOException {
        listener.stage("Looking through " + settings.data().path());
        List<String> faults = new ArrayList<>();
        PictureFolder folder = lookedThrough(settings.data(), faults);
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

        return new Transferred(
                settings,
                split,
                base,
                read,
                framing,
                normalization,
                found,
                learnt,
                tuned,
                file,
                parts,
                faults,
                parity,
                watch);
    }

    /** Deletes the checkpoints, once everything is written. */
    void forget() throws IOException {
        if (checkpoints.isPresent()) {
            StagedFolder.delete(checkpoints.get());
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
        CrossValidation.Point chosen = learnt.search().chosen();
        listener.note(String.format(
                Locale.ROOT,
                "Learnt from %,d features%s; weight decay %s%s, cross-validated accuracy %.1f %%.",
                learnt.search().dimension(),
                learnt.search().dimension() > shape.means() ? ", the largest value of each map among them" : "",
                chosen.decay(),
                learnt.search().blend().isPresent() ? ", averaged with a linear discriminant" : "",
                100 * chosen.accuracy()));
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
}
