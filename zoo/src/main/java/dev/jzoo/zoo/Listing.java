package dev.jzoo.zoo;

import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.card.Task;
import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.file.Sha256;
import java.util.Objects;
import java.util.SortedMap;

/**
 * A model that the zoo lists.
 *
 * @param card the model's card
 * @param entry the model's entry in the manifest: opset, inputs, outputs, files
 * @param origin the source of the manifest, for people: "the jar", or a mirror's address
 */
public record Listing(ModelCard card, Manifest.Entry entry, String origin) {

    public Listing {
        Objects.requireNonNull(card, "card");
        Objects.requireNonNull(entry, "entry");
        Objects.requireNonNull(origin, "origin");
    }

    /** Returns the model's name. */
    public String id() {
        return card.id();
    }

    /** Returns the model's version: "1.0.0". */
    public String version() {
        return card.version();
    }

    /** Returns the task that the model solves. */
    public Task task() {
        return card.task();
    }

    /** Returns the size of the {@code .onnx} file in bytes. */
    public long bytes() {
        return entry.file().bytes();
    }

    /** Returns the digest of the {@code .onnx} file. */
    public Sha256 sha256() {
        return entry.file().sha256();
    }

    /** Returns the measured metrics by name. */
    public SortedMap<String, Double> metrics() {
        return card.metrics();
    }

    /** Returns the SPDX identifier of the licence. */
    public String licence() {
        return card.licence();
    }
}
