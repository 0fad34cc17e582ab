package dev.jzoo.finetune;

import dev.jzoo.datasets.LabelledPictures;
import dev.jzoo.datasets.pictures.PictureFolder;
import dev.jzoo.export.Parity;
import dev.jzoo.finetune.base.BaseNetwork;
import dev.jzoo.finetune.base.FeatureShape;
import dev.jzoo.finetune.base.Normalization;
import dev.jzoo.finetune.head.HeadTraining;
import dev.jzoo.inference.Tensor;
import dev.jzoo.inference.pictures.Framing;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.training.ModelFolder;
import dev.jzoo.training.Recipes;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.card.ModelCard;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A classifier that was made, measured and found to compute what was learnt, before anything of it is written.
 *
 * @param settings that it was made with
 * @param split the pictures
 * @param base what it began with
 * @param read what the head reads
 * @param framing what of a picture is seen
 * @param normalization what the base takes for a pixel; empty where it takes bytes
 * @param found how that was known
 * @param learnt the head
 * @param tried what came of all layers learning on
 * @param isTuned whether that was taken, and the file is of it
 * @param file the classifier
 * @param parts that it was measured on
 * @param faults what is wrong with pictures that were left out
 * @param parity of the file in ONNX Runtime with what was learnt
 * @param watch how long everything took
 */
record FinetuneOutcome(
        FinetuneSettings settings,
        PictureFolder.PictureSplit split,
        BaseNetwork base,
        FeatureShape read,
        Framing framing,
        Optional<Normalization> normalization,
        NormalizationChoice.NormalizationRanking found,
        HeadTraining learnt,
        Optional<TunedClassifier> tried,
        boolean isTuned,
        OnnxFile file,
        List<SplitResult> parts,
        List<String> faults,
        Parity parity,
        Stopwatch watch) {

    /**
     * Writes all of a run but its {@code recipe.json}, which is there.
     *
     * @param target the run's folder
     * @param card what the model says of itself, with the metrics
     * @param run where the folder is going to be
     */
    TrainingResult write(RunFolder target, ModelCard card, RunFolder run) throws IOException {
        target.writeMetrics(metrics());
        if (tried.isPresent()) {
            target.writeHistory(tried.get().history());
        }
        ModelFolder.write(target, file, card, drawn());
        target.writeReport(new FinetuneReport(this, card, recipe()).page());
        return new TrainingResult(run.path(), card, parity, watch.seconds());
    }

    /** What came of all layers learning on, where that was taken. */
    Optional<TunedClassifier> tuned() {
        return tried.filter(all -> isTuned);
    }

    /** What the card says of it. */
    SortedMap<String, Double> metrics() {
        SortedMap<String, Double> metrics = new TreeMap<>();
        metrics.put("cv.accuracy", learnt.search().chosen().accuracy());
        parts.forEach(part -> metrics.putAll(part.metrics()));
        return metrics;
    }

    /** Everything that decided the weights. */
    FinetuneRecipe recipe() {
        List<Double> weights = Arrays.stream(learnt.classWeights()).boxed().toList();
        return new FinetuneRecipe(
                Recipes.FINETUNE,
                settings.mode().toString(),
                new FinetuneRecipe.BaseRecord(
                        settings.baseName(),
                        base.sha256(),
                        base.tap().tensor(),
                        base.tap().reason(),
                        read.pooling(),
                        read.dimension()),
                new FinetuneRecipe.PictureRecord(
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
                        learnt.words(), learnt.decay(), weights, learnt.search().folds()),
                tuning(),
                List.of(split.train(), split.validation(), split.test()).stream()
                        .filter(part -> part.size() > 0)
                        .map(LabelledPictures::provenance)
                        .toList());
    }

    private String tuning() {
        return tuned().map(TunedClassifier::words)
                .orElse(
                        tried.isPresent()
                                ? "tried, and no better: the base is as it was. "
                                        + tried.get().words()
                                : "");
    }

    /** Three test vectors: drawn, since the pictures are the user's. */
    private List<Map<String, Tensor>> drawn() {
        ValueInfo input = file.graph().inputs().get(0);
        List<Dimension> shape = input.shape();
        long[] sizes = new long[shape.size()];
        int values = 1;
        for (int axis = 0; axis < sizes.length; axis++) {
            sizes[axis] = axis == 0 ? 1 : ((Dimension.FixedDimension) shape.get(axis)).size();
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
