package dev.jzoo.recipes.pictures;

import dev.jzoo.datasets.LabelledPictures;
import dev.jzoo.datasets.pictures.PictureFolder;
import dev.jzoo.finetune.Finetune;
import dev.jzoo.finetune.FinetuneSettings;
import dev.jzoo.finetune.Mode;
import dev.jzoo.finetune.TransferListener;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Recipe;
import dev.jzoo.training.RecipeFile;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.TrainedNetwork;
import dev.jzoo.training.TrainingListener;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.UnsupportedSettingException;
import dev.jzoo.training.djl.DjlEngine;
import dev.jzoo.training.recipe.ModelText;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.card.Task;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.error.JZooException.Code;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The recipe of a classifier that {@link Finetune} makes from another network. */
abstract class TransferredClassifier implements Recipe {

    /**
     * The base of a recipe.
     *
     * @param name name of the base: a model of the zoo, or a file
     * @param file the .onnx file
     */
    record RecipeBase(String name, Path file) {}

    /** Finds the base. */
    abstract RecipeBase base(Store store, ProgressListener listener) throws IOException;

    /** Returns the pictures, split for training and validation. */
    abstract PictureFolder pictures(Store store, ProgressListener listener) throws IOException;

    /** Returns the layers to train and their settings. */
    abstract Mode mode(Hyperparameters settings);

    abstract ModelText words();

    @Override
    public final Headline headline() {
        return new Headline("validation.accuracy", Better.HIGHER);
    }

    @Override
    public final TrainingResult train(TrainingRun run) throws IOException {
        requireKnown(run);
        run.engine().start(run.compute(), Runtime.getRuntime().availableProcessors());
        TrainingListener listener = run.listener();
        RecipeBase base = base(run.store(), listener.downloads());
        PictureFolder pictures = pictures(run.store(), listener.downloads());
        Mode mode = mode(run.hyperparameters());
        long seed = run.hyperparameters().seed();
        PictureFolder.PictureSplit split = pictures.split(seed);
        RecipeFile recipe = new RecipeFile(
                id(),
                run.engine().id(),
                run.engine().version(),
                base.name() + " (SHA-256 " + Sha256.of(base.file()) + "), its last layer replaced",
                "the base's weights",
                mode.describe(seed),
                "cross-entropy",
                run.hyperparameters(),
                "pictures as the base's own pre-processing takes them; a head learns from them as they are, all layers from a new"
                        + " crop of each in each epoch, half of them mirrored",
                Stream.of(split.train(), split.validation())
                        .map(LabelledPictures::provenance)
                        .toList());
        Sha256 digest = run.folder().writeRecipe(recipe);
        ModelCard card = words().forTask(Task.IMAGE_CLASSIFICATION)
                .withLabels(pictures.labels())
                .card(this, recipe, digest);
        FinetuneSettings settings = new FinetuneSettings(
                id(),
                base.file(),
                base.name(),
                pictures,
                mode,
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                1,
                seed,
                card.recipe().command());
        return Finetune.run(settings, run.folder(), card, run.store().computed("features"), heard(listener));
    }

    /** Rejects options that fine-tuning does not use. */
    private void requireKnown(TrainingRun run) {
        Hyperparameters asked = run.hyperparameters();
        if (!run.engine().id().equals(DjlEngine.ID)) {
            throw new JZooException(
                    Code.BAD_INPUT,
                    id() + " cannot be trained by " + run.engine().title() + ": it starts from an ONNX file.",
                    "Train it with --engine djl.");
        }
        if (asked.limit() != 0) {
            throw new JZooException(Code.BAD_INPUT, id() + " always trains on all of its pictures.", "Omit --limit.");
        }
        if (!asked.overrides().isEmpty()) {
            throw new UnsupportedSettingException(
                    "The recipe " + id() + " has no settings to override. Omit " + asked.overrides() + ".");
        }
        if (mode(asked) instanceof Mode.HeadOnly && !asked.equals(defaults().withSeed(asked.seed()))) {
            throw new JZooException(
                    Code.BAD_INPUT,
                    "The new last layer of " + id()
                            + " is trained without epochs, batches and learning rate, and its base is not trained.",
                    "Omit --epochs, --batch and --lr.");
        }
    }

    private static TransferListener heard(TrainingListener listener) {
        return new TransferListener() {
            @Override
            public void stage(String what) {
                listener.stage(what);
            }

            @Override
            public void note(String sentence) {
                listener.note(sentence);
            }
        };
    }

    @Override
    public final SortedMap<String, Double> measure(OnnxModel model, Store store, ProgressListener listener)
            throws IOException {
        PictureFolder pictures = pictures(store, listener);
        return new TreeMap<>(
                Finetune.measure(model, pictures.split(defaults().seed()).validation(), "validation"));
    }

    @Override
    public final TrainedNetwork restore(RunFolder run, Store store, ProgressListener listener) {
        throw new JZooException(
                Code.NOT_FOUND,
                "A run of " + id()
                        + " stores no network apart from its ONNX file, which is the trained network itself.",
                "Verify the file with its test vectors: jzoo verify " + run.path() + ".");
    }
}
