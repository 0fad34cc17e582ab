package dev.jzoo.finetune;

import dev.jzoo.finetune.base.BaseNetwork;
import dev.jzoo.finetune.head.Head;
import dev.jzoo.numerics.ArgMax;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.training.RunFolder;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.error.JZooException.Code;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** The second step of mode full: trains all layers, and keeps the result unless the last layer alone is better. */
final class TuningStep {

    private final FinetuneSettings settings;
    private final Path cache;
    private final TransferListener listener;
    private Optional<Path> checkpoints = Optional.empty();

    TuningStep(FinetuneSettings settings, Path cache, TransferListener listener) {
        this.settings = settings;
        this.cache = cache;
        this.listener = listener;
    }

    /** Checks that the libraries are present, before the features are computed. */
    void requireLibraries() {
        if (!(settings.mode() instanceof Mode.Full)) {
            return;
        }
        try {
            FullTuning.libraries();
        } catch (NoClassDefFoundError e) {
            throw new JZooException(
                    Code.BAD_INPUT,
                    "Cannot run mode " + settings.mode()
                            + ": it trains all layers with DJL, and not all of DJL's jars are on the class path.",
                    "Add the artifacts jzoo-training-djl and jzoo-onnx-training, or use mode head, which needs neither of them.",
                    e);
        }
    }

    /**
     * Adapts the mode to a base. A base that takes a single picture trains with a batch of 1 and proportionally smaller
     * steps.
     */
    Mode fitting(BaseNetwork base) {
        if (base.takesMany() || !(settings.mode() instanceof Mode.Full full)) {
            return settings.mode();
        }
        Mode.Full single = new Mode.Full(full.start(), full.epochs(), 1, full.learningRate() / Math.sqrt(full.batch()));
        listener.note(String.format(
                Locale.ROOT,
                "%s takes one picture at a time, so all layers are trained with a batch of 1, at a learning rate of %.2g.",
                base.name(),
                single.learningRate()));
        return single;
    }

    /**
     * Trains all layers. Checkpoints stay in the cache until the run is written: repeating the same call finds them.
     */
    TunedClassifier of(TuningPlan plan, FullTuning.TuningPictures pictures, OnnxFile classifier, Sha256 data)
            throws IOException {
        String what = plan.words() + " of " + classifier.fingerprint().sha256() + " on " + data;
        Path folder = cache.resolve(Sha256.of(what.getBytes(StandardCharsets.UTF_8)) + ".tuning");
        checkpoints = Optional.of(folder);
        return new FullTuning(plan, pictures).of(classifier, RunFolder.at(folder), listener);
    }

    /**
     * Returns whether to keep the training of all layers: always if they began with random weights or if there are no
     * pictures for validation, otherwise if they classify at least as many of these as the head alone. Notes the
     * decision for the user.
     */
    boolean isKept(TunedClassifier tuned, Head trained, Extractor.Extracted validation) {
        if (settings.mode() instanceof Mode.Full full && full.start() == Mode.Start.RANDOM
                || validation.items().isEmpty()) {
            return true;
        }
        int[] all = IntStream.range(0, validation.items().size()).toArray();
        double[][] scores = trained.probabilities(validation.rows(), all);
        long right = IntStream.of(all)
                .filter(i -> ArgMax.of(scores[i]) == validation.items().get(i).label())
                .count();
        double head = (double) right / all.length;
        listener.note(String.format(
                Locale.ROOT,
                "Validation accuracy is %.1f %% with all layers trained, and %.1f %% with the new last layer alone: %s.",
                100 * tuned.accuracy(),
                100 * head,
                tuned.accuracy() < head
                        ? "the base keeps its weights"
                        : tuned.accuracy() > head
                                ? "all layers are trained"
                                : "all layers are trained, as mode full asks"));
        return tuned.accuracy() >= head;
    }

    /** Deletes the checkpoints after the run is written. */
    void forget() throws IOException {
        if (checkpoints.isPresent()) {
            StagedFolder.delete(checkpoints.get());
        }
    }
}
