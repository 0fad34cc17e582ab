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

/** The step of the mode full: all layers learn on, and are taken unless the last layer alone is better. */
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

    /** Finds out that libraries are missing now, not after the features are computed. */
    void requireLibraries() {
        if (!(settings.mode() instanceof Mode.Full)) {
            return;
        }
        try {
            FullTuning.libraries();
        } catch (NoClassDefFoundError e) {
            throw new JZooException(
                    Code.BAD_INPUT,
                    "Mode " + settings.mode()
                            + " trains all layers with DJL, whose jars are not all on the class path.",
                    "Add the artifacts jzoo-training-djl and jzoo-onnx-training, or use mode head, which needs neither.",
                    e);
        }
    }

    /** The mode for a base: one that takes a single picture learns from one at a time, with as much smaller steps as usual. */
    Mode fitting(BaseNetwork base) {
        if (base.takesMany() || !(settings.mode() instanceof Mode.Full full)) {
            return settings.mode();
        }
        Mode.Full single = new Mode.Full(full.start(), full.epochs(), 1, full.learningRate() / Math.sqrt(full.batch()));
        listener.note(String.format(
                Locale.ROOT,
                "%s takes one picture at a time, so all layers learn with a batch of 1, at a learning rate of %.2g.",
                base.name(),
                single.learningRate()));
        return single;
    }

    /** All layers trained. Checkpoints lie in the cache until the run is written: the same call finds them, another has others. */
    TunedClassifier of(TuningPlan plan, FullTuning.TuningPictures pictures, OnnxFile classifier, Sha256 data)
            throws IOException {
        String what = plan.words() + " of " + classifier.fingerprint().sha256() + " on " + data;
        Path folder = cache.resolve(Sha256.of(what.getBytes(StandardCharsets.UTF_8)) + ".tuning");
        checkpoints = Optional.of(folder);
        return new FullTuning(plan, pictures).of(classifier, RunFolder.at(folder), listener);
    }

    /**
     * Whether all layers are taken: where they began at random, there are no pictures for validation, or they tell at least as many of
     * them apart as the head alone. The user hears which.
     */
    boolean isKept(TunedClassifier tuned, Head learnt, Extractor.Extracted validation) {
        if (settings.mode() instanceof Mode.Full full && full.start() == Mode.Start.RANDOM
                || validation.items().isEmpty()) {
            return true;
        }
        int[] all = IntStream.range(0, validation.items().size()).toArray();
        double[][] scores = learnt.probabilities(validation.rows(), all);
        long right = IntStream.of(all)
                .filter(i -> ArgMax.of(scores[i]) == validation.items().get(i).label())
                .count();
        double head = (double) right / all.length;
        listener.note(String.format(
                Locale.ROOT,
                "All layers together tell %.1f %% of the pictures for validation apart, the new last layer alone %.1f %%: %s.",
                100 * tuned.accuracy(),
                100 * head,
                tuned.accuracy() < head
                        ? "the base is kept as it was"
                        : tuned.accuracy() > head ? "they are taken" : "they are taken, as mode full asks"));
        return tuned.accuracy() >= head;
    }

    /** Deletes the checkpoints, once everything is written. */
    void forget() throws IOException {
        if (checkpoints.isPresent()) {
            StagedFolder.delete(checkpoints.get());
        }
    }
}
