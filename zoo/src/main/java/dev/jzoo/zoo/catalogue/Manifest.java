package dev.jzoo.zoo.catalogue;

import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.card.TextLimit;
import dev.jzoo.zoo.download.HttpDownloader;
import dev.jzoo.zoo.download.Location;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.file.PlainText;
import dev.jzoo.zoo.file.RelativePath;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A list of published models in the format of the ONNX Hub, {@code ONNX_HUB_MANIFEST.json}: a JSON array with an object for each
 * model. JZoo adds the key {@code jzoo} to the object's {@code metadata}, which other readers ignore; see {@link PublishedFiles}.
 * Paths are relative to the folder of the manifest.
 *
 * @param entries the models, in the order of the file
 * @see <a href="https://github.com/onnx/onnx/blob/v1.19.0/docs/Hub.md">ONNX Hub, "Hosting a model"</a>
 */
public record Manifest(List<Entry> entries) {

    /** The name of the file. */
    public static final String FILE_NAME = "ONNX_HUB_MANIFEST.json";

    /** The maximum size of a manifest in bytes. */
    static final int LONGEST = 16 << 20;

    private static final int MOST_MODELS = 20_000;
    private static final int MOST_FILES = 1_000;
    private static final int MOST_PORTS = 1_000;

    /**
     * A model in the list.
     *
     * @param model its name; models of several versions or opsets share it
     * @param onnxVersion the ONNX release that it was made with: "1.19"
     * @param opset the version of the default operator set, 1 or more
     * @param file the {@code .onnx} file
     * @param tags search keywords
     * @param inputs the inputs, in the order of the graph
     * @param outputs the outputs, in the order of the graph
     * @param features other useful tensors of the graph, such as the input of the last layer
     * @param archive the model with its test data as {@code .tar.gz}; empty if there is no archive
     * @param published JZoo's additions; empty unless JZoo published the model
     */
    public record Entry(
            String model,
            String onnxVersion,
            int opset,
            FileDigest file,
            List<String> tags,
            List<ManifestTensor> inputs,
            List<ManifestTensor> outputs,
            List<ManifestTensor> features,
            Optional<FileDigest> archive,
            Optional<PublishedFiles> published) {
        public Entry {
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(onnxVersion, "onnxVersion");
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(archive, "archive");
            Objects.requireNonNull(published, "published");
            if (opset < 1) {
                throw new IllegalArgumentException("An opset must be 1 or more, not " + opset + ".");
            }
            TextLimit.require("The name of a model", model, 200);
            TextLimit.require("An ONNX version", onnxVersion, 30);
            TextLimit.require("A model", tags, "tags", 1_000);
            tags.forEach(tag -> TextLimit.require("A tag", tag, 200));
            TextLimit.require("A model", inputs, "inputs", MOST_PORTS);
            TextLimit.require("A model", outputs, "outputs", MOST_PORTS);
            TextLimit.require("A model", features, "features", MOST_PORTS);
            tags = List.copyOf(tags);
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
            features = List.copyOf(features);
            published.ifPresent(p -> p.requireOwnFolder(file));
        }

        /** Returns this entry without its archive, for a copy of the model that leaves the archive out. */
        public Entry withoutArchive() {
            return new Entry(
                    model, onnxVersion, opset, file, tags, inputs, outputs, features, Optional.empty(), published);
        }
    }

    /**
     * A file with its size and digest.
     *
     * @param path relative to the folder of the manifest, joined by '/'
     */
    public record FileDigest(String path, long bytes, Sha256 sha256) {
        public FileDigest {
            RelativePath.require(path);
            Objects.requireNonNull(sha256, "sha256");
            if (bytes < 0) {
                throw new IllegalArgumentException(
                        "The size of " + path + " must be 0 bytes or more, not" + " " + bytes + ".");
            }
        }
    }

    /**
     * An input or output tensor.
     *
     * @param type the type as ONNX Runtime writes it, "tensor(float)"; empty if the manifest does not name it
     */
    public record ManifestTensor(String name, List<Dimension> shape, String type) {
        public ManifestTensor {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(type, "type");
            shape = List.copyOf(shape);
            TextLimit.require("The name of a tensor", name, 2_000);
            TextLimit.require("The type of a tensor", type, 200);
            TextLimit.require("A tensor", shape, "axes", 64);
        }
    }

    /**
     * JZoo's additions to an entry. With them, a model can be listed without its files and pulled with all of them.
     *
     * @param files all files of the model's folder except the archive, including the {@code .onnx} file, sorted by path
     */
    public record PublishedFiles(ModelCard card, List<FileDigest> files) {
        public PublishedFiles {
            Objects.requireNonNull(card, "card");
            files = List.copyOf(files);
        }

        /** Checks that all files are in the model's own folder, because a manifest is untrusted and its paths become files. */
        private void requireOwnFolder(FileDigest model) {
            String folder = card.id() + "/" + card.version() + "/";
            TextLimit.require("A model", files, "files", MOST_FILES);
            Set<String> alike = new HashSet<>();
            for (FileDigest file : files) {
                // some file systems treat names that differ only in case as one
                if (!alike.add(file.path().toLowerCase(Locale.ROOT))) {
                    throw new IllegalArgumentException("jzoo.files: " + file.path() + " is listed twice.");
                }
            }
            files.stream()
                    .filter(file -> !file.path().startsWith(folder))
                    .findFirst()
                    .ifPresent(file -> {
                        throw new IllegalArgumentException(
                                file.path() + " is not in " + folder + ", the folder of its model.");
                    });
            for (String needed : List.of(model.path(), folder + PublishableFolder.README)) {
                if (files.stream().noneMatch(file -> file.path().equals(needed))) {
                    throw new IllegalArgumentException("jzoo.files: " + needed + " is missing.");
                }
            }
            if (!files.contains(model)) {
                throw new IllegalArgumentException(
                        "jzoo.files: " + model.path() + " is listed there with another digest or size.");
            }
        }
    }

    public Manifest {
        entries = List.copyOf(entries);
        TextLimit.require("A manifest", entries, "models", MOST_MODELS);
    }

    /** Reads a manifest. Fails with DataFormatException, which names the file, the entry and the field. */
    public static Manifest read(Path file) throws IOException {
        return parse(file.toString(), PlainText.read(file, LONGEST));
    }

    /** Reads the manifest at a location; empty if there is none, or if it needs a network while offline. */
    public static Optional<Manifest> read(Location place, HttpDownloader web, boolean offline) throws IOException {
        Optional<String> text = web.text(place, LONGEST, offline);
        return text.isEmpty() ? Optional.empty() : Optional.of(parse(place.toString(), text.get()));
    }

    /**
     * Reads a manifest from text.
     *
     * @param source the name of the text, for messages
     */
    public static Manifest parse(String source, String json) throws DataFormatException {
        return ManifestFormat.parse(source, json);
    }

    /** Returns the manifest as text in the format of Python's json module. Equal manifests give equal text. */
    public String text() {
        return ManifestFormat.text(this);
    }

    /** Returns the entry that JZoo published with this name and version. */
    public Optional<Entry> find(String id, String version) {
        return entries.stream()
                .filter(entry -> entry.published()
                        .filter(published -> published.card().id().equals(id)
                                && published.card().version().equals(version))
                        .isPresent())
                .findFirst();
    }

    /**
     * Returns this manifest with one more entry, sorted by model and version. It replaces an entry of the same model and version.
     */
    Manifest with(Entry added) {
        ModelCard card = added.published().orElseThrow().card();
        List<Entry> changed = new ArrayList<>(entries);
        find(card.id(), card.version()).ifPresent(changed::remove);
        changed.add(added);
        changed.sort(Comparator.comparing(Entry::model)
                .thenComparing(
                        entry -> entry.published().map(p -> p.card().version()).orElse("0.0.0"),
                        VersionOrder.ASCENDING));
        return new Manifest(changed);
    }
}
