package dev.jzoo.finetune;

import dev.jzoo.datasets.LabelledPictures;
import dev.jzoo.datasets.LabelledPictures.Item;
import dev.jzoo.finetune.base.BaseNetwork;
import dev.jzoo.finetune.base.BaseProbe;
import dev.jzoo.finetune.base.ClassifierAssembly;
import dev.jzoo.finetune.base.Normalization;
import dev.jzoo.finetune.head.FeatureRows;
import dev.jzoo.finetune.head.HeadTraining;
import dev.jzoo.inference.pictures.Framing;
import dev.jzoo.onnx.FeatureTap;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The extraction of features, and the choice of the layer to take them from.
 *
 * @param cache folder for computed rows
 * @param framing the part of a picture that the network sees
 * @param seed seed of all random choices
 */
record FeatureExtraction(Path cache, Framing framing, long seed, TransferListener listener) {

    /** Number of pictures on which two feature tensors are compared. */
    private static final int COMPARED = 64;

    private static final int FOLDS = 4;

    /** Returns the extractor of a base's features. */
    Extractor of(ClassifierAssembly assembly) throws IOException {
        BaseNetwork base = assembly.base();
        String what = String.join(
                " ",
                "features in inference mode of",
                base.sha256().hex(),
                base.tap().tensor(),
                assembly.shape().largest().toString(),
                assembly.normalization().map(Normalization::id).orElse("inside"));
        return Extractor.open(
                cache, what, assembly.shape().dimension(), assembly::features, base.name(), base.size(), framing);
    }

    /** Returns the extractor of a finished classifier's scores. */
    Extractor of(OnnxFile classifier, BaseNetwork base, int classes) throws IOException {
        String what = "scores of " + classifier.fingerprint().sha256();
        return Extractor.open(cache, what, classes, () -> classifier, "the finished classifier", base.size(), framing);
    }

    /**
     * Chooses between the output of a network that ends with the means of a convolution and the input of that
     * convolution. The one with the lower cross-validated loss on the training pictures wins. For other networks,
     * returns the argument.
     */
    BaseProbe.Probed better(BaseProbe.Probed probed, Optional<Normalization> normalization, LabelledPictures train)
            throws IOException {
        Optional<BaseProbe.Probed> other = other(probed);
        if (other.isEmpty()) {
            return probed;
        }
        List<Item> sample =
                NormalizationChoice.mixed(train.items(), train.labels().size(), seed);
        sample = sample.subList(0, Math.min(COMPARED, sample.size()));
        listener.stage("Comparing two feature tensors on " + sample.size() + " pictures");
        double loss = loss(probed, normalization, sample, train.labels().size());
        double otherLoss =
                loss(other.get(), normalization, sample, train.labels().size());
        BaseProbe.Probed chosen = otherLoss < loss ? other.get() : probed;
        BaseProbe.Probed left = chosen == probed ? other.get() : probed;
        listener.note(String.format(
                Locale.ROOT,
                "Features: %d numbers, %s. They classify the training pictures better than '%s' (cross-validated loss %.3f instead of"
                        + " %.3f nats). Use --features %s for the other tensor.",
                chosen.shape().means(),
                chosen.base().tap().reason(),
                left.base().tap().tensor(),
                Math.min(loss, otherLoss),
                Math.max(loss, otherLoss),
                left.base().tap().tensor()));
        return chosen;
    }

    private static Optional<BaseProbe.Probed> other(BaseProbe.Probed probed) throws IOException {
        BaseNetwork base = probed.base();
        boolean isOutput =
                base.tap().tensor().equals(FeatureTap.output(base.file().graph()));
        Optional<FeatureTap> tap = base.isTapGiven() || !isOutput
                ? Optional.empty()
                : FeatureTap.alternative(base.file().graph())
                        .filter(other -> !other.tensor().equals(base.picture().name()));
        if (tap.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(BaseProbe.at(base.withTap(tap.get())));
        } catch (JZooException e) {
            return Optional.empty(); // the input of the convolution cannot be used as features
        }
    }

    private double loss(BaseProbe.Probed probed, Optional<Normalization> normalization, List<Item> sample, int classes)
            throws IOException {
        try (Extractor extractor = of(new ClassifierAssembly(probed.base(), normalization, probed.shape()))) {
            FeatureRows examples = extractor.extract(sample, 1, seed, listener).examples();
            return examples.features().isFinite()
                    ? HeadTraining.search(
                                    examples, probed.shape().means(), NormalizationChoice.ones(classes), FOLDS, seed)
                            .chosen()
                            .loss()
                    : Double.POSITIVE_INFINITY;
        }
    }
}
