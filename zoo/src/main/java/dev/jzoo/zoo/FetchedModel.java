package dev.jzoo.zoo;

import dev.jzoo.zoo.catalogue.PublishedModel;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.hub.ModelReference;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A model on this disk, from any source. Its files were read and matched their digests when it was fetched.
 *
 * @param reference the reference that it was fetched by
 * @param model the {@code .onnx} file; its external weight files are in the same folder
 * @param sha256 digest of the {@code .onnx} file
 * @param bytes size of the {@code .onnx} file
 * @param published the card and the folder with recipe and test data; empty unless JZoo published the model
 */
public record FetchedModel(
        ModelReference reference, Path model, Sha256 sha256, long bytes, Optional<PublishedModel> published) {

    public FetchedModel {
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(published, "published");
    }

    static FetchedModel of(ModelReference reference, PublishedModel model) {
        return new FetchedModel(reference, model.model(), model.sha256(), model.bytes(), Optional.of(model));
    }
}
