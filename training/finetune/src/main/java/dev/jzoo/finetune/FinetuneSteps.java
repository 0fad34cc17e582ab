package dev.jzoo.finetune;

import dev.jzoo.datasets.LabelledPictures;
import dev.jzoo.datasets.LabelledPictures.Item;
import dev.jzoo.datasets.pictures.PictureFolder;
import dev.jzoo.export.Parity;
import dev.jzoo.finetune.base.BaseNetwork;
import dev.jzoo.finetune.base.BaseProbe;
import dev.jzoo.finetune.base.BatchStatistics;
import dev.jzoo.finetune.base.ClassifierAssembly;
import dev.jzoo.finetune.base.ComputingPrecision;
import dev.jzoo.finetune.base.FeatureShape;
import dev.jzoo.finetune.base.Normalization;
import dev.jzoo.finetune.base.PictureIndependence;
import dev.jzoo.finetune.head.CrossValidation;
import dev.jzoo.finetune.head.HeadTraining;
import dev.jzoo.inference.pictures.Embedder;
import dev.jzoo.inference.pictures.Framing;
import dev.jzoo.onnx.FeatureTap;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.training.ClassifierScores;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.error.JZooException.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The steps from a base and a folder of pictures to a measured classifier. They write only to the cache. */
final class FinetuneSteps {

    /** Size from which on networks see only the middle of a picture, as is usual with ImageNet. */
    private static final int IMAGENET_SIZE = 128;

    /** The features of the pictures for training, and of those for validation if they are needed. */
    private record Extracts(Extractor.Extracted train, Extractor.Extracted validation) {}

    private final FinetuneSettings settings;
    private final Path cache;
    private final TransferListener listener;
    private final Stopwatch watch = new Stopwatch();
    private final TuningStep tuning;

    /**
     * Creates the steps.
     *
     * @param cache folder for intermediate results, see {@link Finetune#run}
     */
    FinetuneSteps(FinetuneSettings settings, Path cache, TransferListener listener) {
        this.settings = settings;
        this.cache = cache;
        this.listener = listener;
        this.tuning = new TuningStep(settings, cache, listener);
    }

    /**
     * Runs all steps except writing.
     *
     * @throws dev.jzoo.zoo.error.JZooException for the reasons that {@link Finetune#run} lists
     */
    FinetuneOutcome made() throws IOException {
        tuning.requireLibraries();
        List<String> faults = new ArrayList<>();
        PictureFolder.PictureSplit split = new FolderInspection(settings, listener).split(faults);
        List<String> labels = split.train().labels();
        BaseProbe.Probed probed = probed();
        watch.lap("Reading folder and base");

        Framing framing = framing(probed.base());
        FeatureExtraction extraction = new FeatureExtraction(cache, framing, settings.seed(), listener);
        NormalizationChoice.NormalizationRanking found = found(probed, extraction, split.train());
        Optional<Normalization> normalization = settings.normalization()
                .filter(given -> probed.base().layout().isPresent())
                .or(() -> found.trials().stream().findFirst().map(NormalizationChoice.Trial::normalization));
        tell(probed.base(), normalization, found);
        watch.lap("Choosing the pixel convention");

        BaseProbe.Probed chosen = extraction.better(probed, normalization, split.train());
        BaseNetwork base = chosen.base();
        FeatureShape shape = chosen.shape();
        Extracts features = features(new ClassifierAssembly(base, normalization, shape), extraction, split);
        faults.addAll(features.train().faults());
        requireAll(features.train(), labels);
        requireFinite(features.train(), base);
        watch.lap("Features of the training pictures");

        listener.stage("Training the last layer");
        HeadTraining trained =
                HeadTraining.of(features.train().examples(), shape.means(), labels.size(), settings.seed());
        watch.lap("Training the last layer");
        tell(trained, shape);

        FeatureShape read = shape.reading(trained.search().dimension());
        OnnxFile classifier = new ClassifierAssembly(base, normalization, read).classifier(trained.head());
        classifier = classifier.withMetadata(Map.of(
                Framing.METADATA,
                framing.id(),
                Embedder.METADATA,
                FeatureTap.of(classifier.graph()).tensor()));
        ScoreParity sample = ScoreParity.among(features.train(), trained.head());
        Mode mode = tuning.fitting(base);
        Optional<TunedClassifier> tried = Optional.empty();
        if (mode instanceof Mode.Full full) {
            FullTuning.TuningPictures pictures = new FullTuning.TuningPictures(
                    features.train().items(), features.validation().items(), sample.items(), base.size(), framing);
            tried = Optional.of(tuning.of(
                    new TuningPlan(full, settings.seed()),
                    pictures,
                    classifier,
                    split.train().provenance().sha256()));
            watch.lap("Training all layers");
        }
        Optional<TunedClassifier> tuned =
                tried.filter(all -> tuning.isKept(all, trained.head(), features.validation()));
        OnnxFile file = tuned.map(TunedClassifier::file).orElse(classifier);
        List<SplitResult> parts = new ArrayList<>();
        Parity parity;
        try (Extractor finished = extraction.of(file, base, labels.size())) {
            listener.stage("Comparing the finished file with the trained network");
            parity = tuned.map(all -> sample.expecting(all.expected()))
                    .orElse(sample)
                    .of(finished, ComputingPrecision.of(file.graph()), listener);
            if (base.takesMany()) {
                new PictureIndependence(file, base.name(), base.size()).require(ClassifierAssembly.PROBABILITIES);
            }
            if (split.validation().size() > 0) {
                parts.add(measured("validation", split.validation(), finished, faults));
            }
            if (split.test().size() > 0) {
                parts.add(measured("test", split.test(), finished, faults));
            }
        }
        watch.lap("Measuring through ONNX Runtime");

        return new FinetuneOutcome(
                settings.withMode(mode),
                split,
                base,
                read,
                framing,
                normalization,
                found,
                trained,
                tried,
                tuned.isPresent(),
                file,
                parts,
                faults,
                parity,
                watch);
    }

    /** Deletes the files that are needed only until the run is written. */
    void forget() throws IOException {
        tuning.forget();
    }

    private BaseProbe.Probed probed() throws IOException {
        BaseNetwork opened =
                BaseNetwork.read(settings.baseName(), settings.base(), settings.features(), settings.side());
        if (!opened.notice().isEmpty()) {
            listener.note(opened.notice());
        }
        BaseProbe.Probed probed = BaseProbe.of(opened);
        probed.notices().forEach(listener::note);
        listener.note("Features: " + probed.shape().means() + " numbers, "
                + probed.base().tap().reason() + ".");
        return probed;
    }

    private void tell(
            BaseNetwork base, Optional<Normalization> normalization, NormalizationChoice.NormalizationRanking found) {
        if (base.layout().isEmpty()) {
            listener.note("Pixels: bytes, because " + base.name() + " contains its pre-processing.");
            return;
        }
        listener.note("Pixels: " + normalization.orElseThrow().words()
                + (found.trials().isEmpty()
                        ? ", as set with --normalize."
                        : ", because this convention " + found.method().reason() + " (--normalize "
                                + normalization.get().id() + ")."
                                + found.nearlyAsGood()
                                        .map(other -> " This is not certain: " + other.id() + " is nearly as good.")
                                        .orElse("")));
    }

    private void tell(HeadTraining trained, FeatureShape shape) {
        CrossValidation.Point chosen = trained.search().chosen();
        listener.note(String.format(
                Locale.ROOT,
                "Trained on %,d features%s; weight decay %s%s, cross-validated accuracy %.1f %%.",
                trained.search().dimension(),
                trained.search().dimension() > shape.means() ? ", including the largest value of each map" : "",
                chosen.decay(),
                trained.search().blend().isPresent() ? ", averaged with a linear discriminant" : "",
                100 * chosen.accuracy()));
        if (trained.constant() > 0) {
            listener.note(String.format(
                    Locale.ROOT,
                    "%,d of these features are left out, because they are the same for every picture except for rounding.",
                    trained.constant()));
        }
    }

    private static Framing framing(BaseNetwork base) {
        String stated = base.file().metadata().get(Framing.METADATA);
        for (Framing framing : Framing.values()) {
            if (framing.id().equals(stated)) {
                return framing;
            }
        }
        boolean large = Math.min(base.size().height(), base.size().width()) >= IMAGENET_SIZE;
        return large && base.layout().isPresent() ? Framing.IMAGENET : Framing.CENTRED;
    }

    private NormalizationChoice.NormalizationRanking found(
            BaseProbe.Probed probed, FeatureExtraction extraction, LabelledPictures train) throws IOException {
        BaseNetwork base = probed.base();
        if (base.layout().isEmpty() || settings.normalization().isPresent()) {
            return NormalizationChoice.NormalizationRanking.NONE;
        }
        int classes = train.labels().size();
        if (BatchStatistics.exist(base)) {
            return NormalizationChoice.byStatistics(
                    base, extraction.framing(), train.items(), classes, settings.seed(), listener);
        }
        return new NormalizationTrials(train.items(), classes, probed.shape().means(), settings.seed(), listener)
                .of(
                        base.size().channels(),
                        candidate ->
                                extraction.of(new ClassifierAssembly(base, Optional.of(candidate), probed.shape())));
    }

    private Extracts features(
            ClassifierAssembly assembly, FeatureExtraction extraction, PictureFolder.PictureSplit split)
            throws IOException {
        listener.stage("Features of " + split.train().size() + " pictures for training");
        List<Item> needed =
                settings.mode() instanceof Mode.Full ? split.validation().items() : List.of();
        try (Extractor extractor = extraction.of(assembly)) {
            return new Extracts(
                    extractor.extract(split.train().items(), settings.views(), settings.seed(), listener),
                    extractor.extract(needed, 1, 0, listener));
        }
    }

    private static void requireFinite(Extractor.Extracted train, BaseNetwork base) {
        if (!train.rows().isFinite()) {
            throw new JZooException(
                    Code.BAD_INPUT,
                    base.name() + " returns infinite or NaN values at '"
                            + base.tap().tensor() + "' for some pictures.",
                    "Set its pixel convention with --normalize: half precision cannot hold values above 65,504.");
        }
    }

    private static void requireAll(Extractor.Extracted train, List<String> labels) {
        for (int label = 0; label < labels.size(); label++) {
            int wanted = label;
            if (train.items().stream().noneMatch(item -> item.label() == wanted)) {
                throw new JZooException(
                        Code.BAD_INPUT,
                        "None of the training pictures of " + labels.get(label) + " can be read: "
                                + String.join("; ", train.faults()),
                        "Add readable pictures (JPEG, PNG, GIF, BMP or TIFF) to this class, or delete its folder.");
            }
        }
    }

    private SplitResult measured(String name, LabelledPictures pictures, Extractor finished, List<String> faults)
            throws IOException {
        listener.stage("Measuring on " + pictures.size() + " pictures for " + name);
        Extractor.Extracted scored = finished.extract(pictures.items(), 1, 0, listener);
        faults.addAll(scored.faults());
        int classes = pictures.labels().size();
        ClassifierScores scores = ClassifierScores.of(classes, scored.labels(), i -> {
            float[] row = new float[classes];
            scored.rows().read(i, row);
            return row;
        });
        return new SplitResult(name, scored.items(), scores);
    }
}
