package dev.jzoo.zoo;

import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.card.Task;
import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.file.Sha256;
import java.util.Objects;
import java.util.SortedMap;

/**
 * A model that the zoo knows.
 *
 * @param card what it says of itself
 * @param entry its entry in the manifest: opset, inputs, outputs, files
 * @param origin where the manifest is, for people: "the jar", or a mirror's address
 */
public record Listing(ModelCard card, Manifest.Entry entry, String origin) {

    public Listing {
        Objects.requireNonNull(card, "card");
        Objects.requireNonNull(entry, "entry");
        Objects.requireNonNull(origin, "origin");
    }

    /** The model's name. */
    public String id() {
        return card.id();
    }

    /** The model's version: "1.0.0". */
    public String version() {
        return card.version();
    }

    /** What it is for. */
    public Task task() {
        return card.task();
    }

    /** Size of the {@code .onnx} file. */
    public long bytes() {
        return entry.file().bytes();
    }

    /** Digest of the {@code .onnx} file. */
    public Sha256 sha256() {
        return entry.file().sha256();
    }

    /** Measured figures by name. */
    public SortedMap<String, Double> metrics() {
        return card.metrics();
    }

    /** SPDX identifier of the licence. */
    public String licence() {
        return card.licence();
    }
}
