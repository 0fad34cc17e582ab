package dev.jzoo.recipes.pictures;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.Provenance;
import dev.jzoo.datasets.preparation.Augmentation;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.training.ClassifierScores;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Learner;
import dev.jzoo.training.Plan;
import dev.jzoo.training.Selection;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.examples.Examples;
import dev.jzoo.training.network.Initialisation;
import dev.jzoo.training.recipe.LayeredNetwork;
import dev.jzoo.training.recipe.Measurement;
import dev.jzoo.training.recipe.ModelDescription;
import dev.jzoo.training.recipe.NetworkDesign;
import dev.jzoo.training.recipe.TrainingTask;
import dev.jzoo.zoo.card.Task;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The training of a {@link PictureClassifier} on its pictures. */
record PictureTraining(PictureClassifier recipe, RecipePictures pictures, PictureInputs inputs)
        implements TrainingTask {

    @Override
    public List<Provenance> data() {
        return pictures.provenances();
    }

    @Override
    public String preparation(Engine engine) {
        return inputs.words();
    }

    @Override
    public NetworkDesign network() {
        return new LayeredNetwork(
                inputs.network(),
                "softmax" + recipe.weights().note(),
                Initialisation.STANDARD,
                "by the seed, the same in every engine: He normal in front of a ReLU, Glorot uniform elsewhere, biases 0");
    }

    @Override
    public Plan plan(Hyperparameters settings) {
        return recipe.plan(settings);
    }

    @Override
    public int threads(Engine engine) {
        return recipe.threads();
    }

    @Override
    public Selection selection() {
        return recipe.selection();
    }

    @Override
    public String augmentation() {
        return inputs.augmentation().toString();
    }

    @Override
    public Optional<TrainingTask> withAugmentation(Augmentation other) {
        // Rejects a border that is too large before anything is written.
        other.apply(pictures.train(), 0, 0, 0, new byte[pictures.train().valuesPerImage()], 0);
        return Optional.of(new PictureTraining(recipe, pictures, inputs.withAugmentation(other)));
    }

    @Override
    public Examples examples(TrainingRun run) {
        return inputs.examples(pictures.train(), run.hyperparameters());
    }

    /** Measures accuracy on the first pictures of each part, without augmentation. */
    @Override
    public Supplier<Map<String, Double>> watch(TrainingRun run, Learner learner) {
        SortedMap<String, LabelledImages> watched = pictures.first(recipe.watched());
        Map<String, Examples> examples = new TreeMap<>();
        watched.forEach((name, images) -> examples.put(name, inputs.unchanged(images)));
        return () -> {
            Map<String, Double> metrics = new TreeMap<>();
            watched.forEach((name, images) -> metrics.put(
                    name + ".accuracy",
                    ClassifierScores.accuracy(learner.predict(examples.get(name)), images.labels())));
            return metrics;
        };
    }

    @Override
    public OnnxExporter exporter(Engine engine, Object network) {
        return export().exporter(engine, network, pictures.train());
    }

    private PictureExport export() {
        return new PictureExport(inputs, recipe.weights());
    }

    @Override
    public ModelDescription description() {
        return recipe.words()
                .forTask(Task.IMAGE_CLASSIFICATION)
                .withLabels(pictures.train().labelNames());
    }

    @Override
    public Measurement measure(OnnxModel model) throws IOException {
        return PictureMeasurement.of(model, pictures);
    }

    @Override
    public List<Map<String, Tensor>> testVectors() {
        return export().vectors(recipe.testVectors());
    }
}
