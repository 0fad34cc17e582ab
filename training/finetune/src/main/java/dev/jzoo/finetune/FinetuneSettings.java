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
 * What a classifier is to be made of.
 *
 * @param name of the new model: lower-case letters, digits and hyphens
 * @param base the .onnx file to begin with
 * @param baseName what the user calls it
 * @param data the pictures
 * @param mode which layers learn
 * @param features name of the tensor with the features; empty to find it
 * @param side height and width of the pictures for a base that takes any; empty for 224
 * @param normalization what the base takes for a pixel; empty to find it
 * @param views how often a training picture is looked at: as it is, and in crops
 * @param seed of all that is random
 * @param command that does the same again, for the card
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

    /** Which layers learn by default: a new last one. */
    public static final Mode MODE = new Mode.HeadOnly();

    /** Default number of views of each training picture: as it is. */
    public static final int VIEWS = 1;

    /** Default seed. */
    public static final long SEED = 1;

    public FinetuneSettings {
        Identifier.require("A model's name", name);
        if (views < 1 || side.isPresent() && side.getAsInt() < 1) {
            throw new IllegalArgumentException("Views and size are 1 or more.");
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

    /** Returns the default settings for a model of the zoo, those of {@code jzoo finetune} without further options. */
    public static FinetuneSettings of(String name, PublishedModel base, PictureFolder data) {
        return of(name, base.model(), base.id(), base.id(), data);
    }

    /** Returns the default settings for an .onnx file, those of {@code jzoo finetune} without further options. */
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
