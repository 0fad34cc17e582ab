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
 * A finished classifier that was measured and compared with the trained network, before anything is written.
 *
 * @param settings the settings of the run
 * @param split the pictures
 * @param base the base network
 * @param read the shape of the features that the head reads
 * @param framing the part of a picture that the network sees
 * @param normalization the base's pixel convention; empty if the base takes bytes
 * @param found the search for this convention
 * @param trained the trained head
 * @param tried the result of training all layers
 * @param isTuned whether this result was kept, so that the file contains it
 * @param file the classifier
 * @param parts the results on the pictures for validation and test
 * @param faults one message per picture that was left out
 * @param parity the parity of the file in ONNX Runtime with the trained network
 * @param watch the duration of each step
 */
record FinetuneOutcome(
        FinetuneSettings settings,
        PictureFolder.PictureSplit split,
        BaseNetwork base,
        FeatureShape read,
        Framing framing,
        Optional<Normalization> normalization,
        NormalizationChoice.NormalizationRanking found,
        HeadTraining trained,
        Optional<TunedClassifier> tried,
        boolean isTuned,
        OnnxFile file,
        List<SplitResult> parts,
        List<String> faults,
        Parity parity,
        Stopwatch watch) {

    /**
     * Writes the whole run except its {@code recipe.json}, which already exists.
     *
     * @param target the folder to write to
     * @param card the model's card, with the metrics
     * @param run the run's final folder
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

    /** Returns the result of training all layers, if it was kept. */
    Optional<TunedClassifier> tuned() {
        return tried.filter(all -> isTuned);
    }

    /** Returns the metrics for the card. */
    SortedMap<String, Double> metrics() {
        SortedMap<String, Double> metrics = new TreeMap<>();
        metrics.put("cv.accuracy", trained.search().chosen().accuracy());
        parts.forEach(part -> metrics.putAll(part.metrics()));
        return metrics;
    }

    /** Returns everything that determined the weights. */
    FinetuneRecipe recipe() {
        List<Double> weights = Arrays.stream(trained.classWeights()).boxed().toList();
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
                new FinetuneRecipe.TrainedHead(
                        trained.words(),
                        trained.decay(),
                        weights,
                        trained.search().folds()),
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
                                ? "tried, but no better, so the base keeps its weights. "
                                        + tried.get().words()
                                : "");
    }

    /** Returns three test vectors with random pixels, because the pictures belong to the user. */
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
