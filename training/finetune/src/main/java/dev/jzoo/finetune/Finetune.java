package dev.jzoo.finetune;

import dev.jzoo.datasets.LabelledPictures;
import dev.jzoo.inference.Classification;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.pictures.ImageClassifier;
import dev.jzoo.training.ClassifierScores;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.Json;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes a classifier of one's own pictures out of a network that somebody trained on others. The network stays as it is: its
 * features of the training pictures are computed once, through ONNX Runtime, and kept; a linear head learns from them and
 * takes the place of the network's last layer. What comes out is one ONNX file that takes a picture's bytes, verified and measured.
 *
 * <pre>{@code
 * TrainingResult result = Finetune.run(settings, Path.of("runs/flowers"), cache, TransferListener.NONE);
 * }</pre>
 */
public final class Finetune {

    /** Runs of a base at most, in which its pixel convention is found where it has no batch normalisations to ask. */
    public static final int TRIAL_PASSES = NormalizationTrials.MOST_PASSES;

    private Finetune() {}

    /**
     * Makes a classifier. The folder of the run appears whole, at the end, or not at all; what was computed meanwhile is in the
     * cache, so that the same call goes on where a broken one ended.
     *
     * @param run folder that does not exist yet
     * @param cache folder for features, which may be shared by all runs
     * @throws JZooException BAD_INPUT where the base is no network for pictures, or the pictures are none to learn from;
     *     NOT_FOUND where one of them is not there; INTEGRITY where the finished file does not compute what was learnt
     * @throws dev.jzoo.zoo.error.DataFormatException where the base is no ONNX file
     */
    public static TrainingResult run(FinetuneSettings settings, Path run, Path cache, TransferListener listener)
            throws IOException {
        FinetuneSteps transfer = new FinetuneSteps(settings, cache, listener);
        FinetuneOutcome made = transfer.made();
        listener.stage("Writing");
        try (StagedFolder staged = StagedFolder.of(run)) {
            RunFolder target = RunFolder.at(staged.path());
            Sha256 digest = target.writeRecipe(Json.pretty(made.recipe()));
            TrainingResult result = made.write(target, FinetuneCard.of(made, digest), RunFolder.at(run));
            staged.commit();
            transfer.forget();
            return result;
        }
    }

    /**
     * Makes the classifier of a recipe, in the folder of its run.
     *
     * @param run whose {@code recipe.json} is written
     * @param card what the model says of itself, without metrics
     * @param cache as in {@link #run(FinetuneSettings, Path, Path, TransferListener)}, which fails as this does
     */
    public static TrainingResult run(
            FinetuneSettings settings, RunFolder run, ModelCard card, Path cache, TransferListener listener)
            throws IOException {
        FinetuneSteps transfer = new FinetuneSteps(settings, cache, listener);
        FinetuneOutcome made = transfer.made();
        listener.stage("Writing");
        TrainingResult result = made.write(run, card.withMetrics(made.metrics()), run);
        transfer.forget();
        return result;
    }

    /**
     * Chooses the metric that tells how good a classifier is: the accuracy on the pictures for validation, or that of
     * cross-validation where there are none.
     *
     * @param metrics of a classifier that this class made
     */
    public static String headline(Map<String, Double> metrics) {
        return metrics.containsKey("validation.accuracy") ? "validation.accuracy" : "cv.accuracy";
    }

    /**
     * Measures a finished classifier, through ONNX Runtime.
     *
     * @param model which stays open
     * @param part pictures of the model's classes, in its order
     * @param name what its metrics begin with: "validation"
     * @return the metrics that {@link #run} gives for such a part
     */
    public static Map<String, Double> measure(OnnxModel model, LabelledPictures part, String name) throws IOException {
        ImageClassifier classifier = ImageClassifier.of(model);
        List<Classification> said = new ArrayList<>();
        for (LabelledPictures.Item item : part.items()) {
            said.add(classifier.classify(item.file()));
        }
        int[] labels =
                part.items().stream().mapToInt(LabelledPictures.Item::label).toArray();
        int classes = part.labels().size();
        ClassifierScores scores = ClassifierScores.of(classes, labels, i -> {
            float[] row = new float[classes];
            said.get(i).labels().forEach(label -> row[part.labels().indexOf(label.name())] = label.score());
            return row;
        });
        return new SplitResult(name, part.items(), scores).metrics();
    }
}
