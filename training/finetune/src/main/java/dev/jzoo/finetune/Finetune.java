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
 * The entry point of fine-tuning: makes a classifier of your own pictures from a network that was trained on others. By
 * default the network's weights stay as they are. JZoo computes the features of the training pictures once, in ONNX
 * Runtime, and caches them; then it trains a linear head on them, which replaces the network's last layer. The result
 * is one ONNX file that takes a picture's bytes, verified and measured.
 *
 * <pre>{@code
 * TrainingResult result = Finetune.run(settings, Path.of("runs/flowers"), cache, TransferListener.NONE);
 * }</pre>
 */
public final class Finetune {

    /**
     * Largest number of times a base runs while its pixel convention is searched; only bases without batch
     * normalisation need this.
     */
    public static final int TRIAL_PASSES = NormalizationTrials.MOST_PASSES;

    private Finetune() {}

    /**
     * Makes a classifier. The run's folder appears complete, at the end, or not at all. Intermediate results are kept
     * in the cache, so repeating an interrupted call continues where it stopped.
     *
     * @param run the run's folder, which must not exist yet
     * @param cache folder for features; several runs may share it
     * @throws JZooException FAILED if the run's folder cannot be created, before anything is computed; BAD_INPUT if the
     *     base is not an image network, or if the pictures cannot be used for training; NOT_FOUND if a file or folder
     *     does not exist; INTEGRITY if the finished file does not compute the same as the trained network
     * @throws dev.jzoo.zoo.error.DataFormatException if the base is not an ONNX file
     */
    public static TrainingResult run(FinetuneSettings settings, Path run, Path cache, TransferListener listener)
            throws IOException {
        StagedFolder.requirePlace(run);
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
     * Makes the classifier of a recipe, in the folder of its run. Fails like {@link #run(FinetuneSettings, Path, Path,
     * TransferListener)}.
     *
     * @param run the run's folder, with its {@code recipe.json}
     * @param card the model's card, without metrics
     * @param cache folder for features; several runs may share it
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
     * Returns the name of the main metric: the validation accuracy, or the cross-validated accuracy if there are no
     * pictures for validation.
     *
     * @param metrics metrics of a classifier that this class made
     */
    public static String headline(Map<String, Double> metrics) {
        return metrics.containsKey("validation.accuracy") ? "validation.accuracy" : "cv.accuracy";
    }

    /**
     * Measures a finished classifier in ONNX Runtime.
     *
     * @param model the classifier; it stays open
     * @param part pictures of the model's classes, with labels in the model's order
     * @param name prefix of the metrics, such as "validation"
     * @return the metrics that {@link #run} reports for such a part
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
