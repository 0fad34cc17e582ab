package dev.jzoo.finetune;

import dev.jzoo.datasets.pictures.PictureFolder;
import dev.jzoo.finetune.base.Normalization;
import dev.jzoo.training.ShellWord;
import dev.jzoo.zoo.card.Identifier;
import dev.jzoo.zoo.catalogue.PublishedModel;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The settings of a fine-tuning.
 *
 * @param name name of the new model: lower-case letters, digits and hyphens
 * @param base the .onnx file to start from
 * @param baseName the user's name for the base
 * @param data the pictures
 * @param mode which layers are trained
 * @param features name of the tensor with the features; empty to find it automatically
 * @param side height and width of the pictures, for a base that takes any size; empty for 224
 * @param normalization the base's pixel convention; empty to find it automatically
 * @param views number of views of each training picture: 1 for the picture itself, more to add random crops
 * @param seed seed of all random choices
 * @param command the command that repeats this run, for the card
 */
public record FinetuneSettings(
        String name,
        Path base,
        String baseName,
        PictureFolder data,
        Mode mode,
        Optional<String> features,
        OptionalInt side,
        Optional<Normalization> normalization,
        int views,
        long seed,
        String command) {

    /** Default mode: trains a new last layer only. */
    public static final Mode MODE = new Mode.HeadOnly();

    /** Default number of views of each training picture: the picture itself. */
    public static final int VIEWS = 1;

    /** Default seed. */
    public static final long SEED = 1;

    public FinetuneSettings {
        Identifier.require("A model's name", name);
        if (views < 1 || side.isPresent() && side.getAsInt() < 1) {
            throw new IllegalArgumentException("Views and size must be 1 or more.");
        }
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(baseName, "baseName");
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(features, "features");
        Objects.requireNonNull(normalization, "normalization");
        Objects.requireNonNull(command, "command");
    }

    /** Returns the same settings with another mode. */
    FinetuneSettings withMode(Mode other) {
        return new FinetuneSettings(
                name, base, baseName, data, other, features, side, normalization, views, seed, command);
    }

    /** Returns the default settings for a model of the zoo, equal to {@code jzoo finetune} without further options. */
    public static FinetuneSettings of(String name, PublishedModel base, PictureFolder data) {
        return of(name, base.model(), base.id(), base.id(), data);
    }

    /** Returns the default settings for an .onnx file, equal to {@code jzoo finetune} without further options. */
    public static FinetuneSettings of(String name, Path base, PictureFolder data) {
        return of(name, base, base.getFileName().toString(), base.toString(), data);
    }

    private static FinetuneSettings of(String name, Path base, String baseName, String typed, PictureFolder data) {
        return new FinetuneSettings(
                name,
                base,
                baseName,
                data,
                MODE,
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                VIEWS,
                SEED,
                "jzoo finetune --base " + ShellWord.quoted(typed) + " --data "
                        + ShellWord.quoted(data.path().toString()) + " --seed " + SEED);
    }
}
