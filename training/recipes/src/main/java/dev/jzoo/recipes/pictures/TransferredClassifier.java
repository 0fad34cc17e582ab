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

/** The recipe of a classifier that is made out of another network, by {@link Finetune}. */
abstract class TransferredClassifier implements Recipe {

    /**
     * What a recipe begins with.
     *
     * @param name of a model of the zoo, or of a file
     * @param file the .onnx file
     */
    record Begin(String name, Path file) {}

    /** Finds what it begins with. */
    abstract Begin begin(Store store, ProgressListener listener) throws IOException;

    /** The pictures, in parts for training and validation. */
    abstract PictureFolder pictures(Store store, ProgressListener listener) throws IOException;

    /** Which layers learn, and how. */
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
        Begin begin = begin(run.store(), listener.downloads());
        PictureFolder pictures = pictures(run.store(), listener.downloads());
        Mode mode = mode(run.hyperparameters());
        long seed = run.hyperparameters().seed();
        PictureFolder.PictureSplit split = pictures.split(seed);
        RecipeFile recipe = new RecipeFile(
                id(),
                run.engine().id(),
                run.engine().version(),
                begin.name() + " (SHA-256 " + Sha256.of(begin.file()) + "), its last layer replaced",
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
                begin.file(),
                begin.name(),
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

    /** What the user asked for and no part of this listens to. */
    private void requireKnown(TrainingRun run) {
        Hyperparameters asked = run.hyperparameters();
        if (!run.engine().id().equals(DjlEngine.ID)) {
            throw new JZooException(
                    Code.BAD_INPUT,
                    id() + " begins with an ONNX file, which " + run.engine().title() + " cannot train.",
                    "Train it with --engine djl.");
        }
        if (asked.limit() != 0) {
            throw new JZooException(Code.BAD_INPUT, id() + " learns from all of its pictures.", "Leave --limit out.");
        }
        if (!asked.overrides().isEmpty()) {
            throw new UnsupportedSettingException("The recipe " + id()
                    + " has no settings that could be overridden. Leave " + asked.overrides() + " out.");
        }
        if (mode(asked) instanceof Mode.HeadOnly && !asked.equals(defaults().withSeed(asked.seed()))) {
            throw new JZooException(
                    Code.BAD_INPUT,
                    "The base of " + id()
                            + " stays as it is; its new last layer learns without epochs, batches and rate.",
                    "Leave --epochs, --batch and --lr out.");
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
                "A run of " + id() + " keeps no network beside its ONNX file: that is the network which learnt.",
                "Verify the file by its test vectors: jzoo verify " + run.path() + ".");
    }
}
