package dev.jzoo.zoo.catalogue;

import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.file.Sha256;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A model on this disk. Its files were read and matched the published digests when it was pulled.
 *
 * @param card the model's card
 * @param folder the folder with {@code README.md}, {@code recipe.json}, {@code metrics.json} and the test data
 * @param model the {@code .onnx} file in it
 * @param sha256 digest of the {@code .onnx} file
 * @param bytes size of the {@code .onnx} file
 */
public record PublishedModel(ModelCard card, Path folder, Path model, Sha256 sha256, long bytes) {

    public PublishedModel {
        Objects.requireNonNull(card, "card");
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(sha256, "sha256");
    }

    /** Returns the model's name. */
    public String id() {
        return card.id();
    }

    /** Returns the model's version: "1.0.0". */
    public String version() {
        return card.version();
    }
}
