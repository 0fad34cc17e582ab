package dev.jzoo.zoo.publishing;

import dev.jzoo.zoo.card.CardPage;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.catalogue.Manifest.FileDigest;
import dev.jzoo.zoo.catalogue.ModelsFolder;
import dev.jzoo.zoo.catalogue.PublishableFolder;
import dev.jzoo.zoo.catalogue.PublishedModel;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.AtomicFile;
import dev.jzoo.zoo.file.Disk;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.file.TarGz;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A publisher of models into a folder, such as {@code zoo/models}. A model appears in the folder's manifest only after all its
 * files are there, and a listed version never changes. Several processes may use it at the same time.
 */
public final class Publisher {

    private static final String STAGING = ".staging-";

    private final ModelsFolder models;

    private Publisher(ModelsFolder models) {
        this.models = models;
    }

    /**
     * The content of an {@code .onnx} file as the manifest describes it. The caller has read the file; this module cannot.
     *
     * @param onnxVersion the ONNX release whose operators it uses: "1.19"
     * @param opset the version of the default operator set, 1 or more
     * @param inputs the inputs, in the order of the graph
     * @param outputs the outputs, in the order of the graph
     * @param features other useful tensors, such as the input of the last layer; may be empty
     */
    public record ModelSignature(
            String onnxVersion,
            int opset,
            List<Manifest.ManifestTensor> inputs,
            List<Manifest.ManifestTensor> outputs,
            List<Manifest.ManifestTensor> features) {
        public ModelSignature {
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
            features = List.copyOf(features);
        }
    }

    /** Returns a publisher into a folder, which is created at the first write. */
    public static Publisher into(Path models) {
        Path root = models.toAbsolutePath().normalize();
        return new Publisher(ModelsFolder.at(
                root, new Disk("Free some space, make the folder writable, or publish into another one.")));
    }

    /**
     * Publishes a copy of a model's folder as {@code ID/VERSION}, with the id and version in its {@code README.md} (see
     * {@link CardPage}), and adds an archive of it. Publishing the same files under the same version again changes nothing.
     *
     * @param folder has {@code model.onnx}, {@code README.md}, {@code recipe.json} with the digest in the card,
     *     {@code metrics.json} and {@code test_data_set_0}, and possibly more files; no links
     * @throws JZooException BAD_INPUT with all faults if the folder is not ready to publish; FAILED if the version is already
     *     published with other files, or the folder of models cannot be written
     */
    public PublishedModel publish(Path folder, ModelSignature contents) throws IOException {
        PublishableFolder source = PublishableFolder.read(folder);
        return models.locked(() -> {
            deleteStaging();
            ModelCard card = source.card();
            Optional<Manifest.Entry> listed = models.manifest().find(card.id(), card.version());
            Path target = models.root().resolve(card.id()).resolve(card.version());
            Path staged = models.root().resolve(STAGING + card.id() + "-" + card.version());
            try {
                List<FileDigest> files = stage(source, staged, card);
                Manifest.Entry entry = entry(card, contents, files, archive(card, files, staged));
                if (listed.isPresent()) {
                    refuseChanges(listed.get(), entry);
                }
                if (listed.isEmpty() || !intact(listed.get())) {
                    replace(target, staged);
                    models.list(entry);
                }
                return published(card, target, listed.orElse(entry));
            } finally {
                deleteStaging();
            }
        });
    }

    /** Deletes the folders that a killed publisher left. The caller holds the lock, so no other publisher is at work. */
    private void deleteStaging() throws IOException {
        AtomicFile.sweep(models.root());
        try (Stream<Path> entries = Files.list(models.root())) {
            entries.filter(entry -> entry.getFileName().toString().startsWith(STAGING))
                    .forEach(models.disk()::delete);
        }
    }

    /** Copies the files and computes their digests. The returned paths are those in the manifest. */
    private List<FileDigest> stage(PublishableFolder source, Path staged, ModelCard card) throws IOException {
        List<FileDigest> digests = new ArrayList<>();
        for (String name : source.files()) {
            Path copy = staged.resolve(name);
            models.disk().createFolderOf(copy);
            try (InputStream in = Files.newInputStream(source.folder().resolve(name));
                    OutputStream out = models.disk().create(copy, Disk.Durability.ON_DISK)) {
                in.transferTo(out);
            }
            digests.add(new FileDigest(path(card, name), Files.size(copy), Sha256.of(copy)));
        }
        return digests;
    }

    private FileDigest archive(ModelCard card, List<FileDigest> files, Path staged) throws IOException {
        String name = card.id() + "-" + card.version();
        Path archive = staged.resolve(name + ".tar.gz");
        SortedMap<String, Path> contents = new TreeMap<>();
        int prefix = path(card, "").length();
        for (FileDigest file : files) {
            String inside = file.path().substring(prefix);
            contents.put(name + "/" + inside, staged.resolve(inside));
        }
        TarGz.write(contents, models.disk().create(archive, Disk.Durability.ON_DISK));
        return new FileDigest(path(card, name + ".tar.gz"), Files.size(archive), Sha256.of(archive));
    }

    private static Manifest.Entry entry(
            ModelCard card, ModelSignature contents, List<FileDigest> files, FileDigest archive) {
        FileDigest model = files.stream()
                .filter(file -> file.path().equals(path(card, PublishableFolder.MODEL)))
                .findFirst()
                .orElseThrow();
        return new Manifest.Entry(
                card.id(),
                contents.onnxVersion(),
                contents.opset(),
                model,
                card.tags(),
                contents.inputs(),
                contents.outputs(),
                contents.features(),
                Optional.of(archive),
                Optional.of(new Manifest.PublishedFiles(card, files)));
    }

    private void refuseChanges(Manifest.Entry listed, Manifest.Entry entry) {
        Manifest.PublishedFiles before = listed.published().orElseThrow();
        Manifest.PublishedFiles now = entry.published().orElseThrow();
        List<String> differing = Stream.concat(before.files().stream(), now.files().stream())
                .filter(file -> !before.files().contains(file) || !now.files().contains(file))
                .map(FileDigest::path)
                .distinct()
                .toList();
        if (!differing.isEmpty()) {
            throw new JZooException(
                    JZooException.Code.FAILED,
                    entry.model() + " " + now.card().version() + " is already published in '" + models.root()
                            + "' with other bytes in " + String.join(", ", differing) + ".",
                    "Publish it under a higher version: a published version never changes.");
        }
    }

    private boolean intact(Manifest.Entry listed) throws IOException {
        List<FileDigest> files =
                new ArrayList<>(listed.published().orElseThrow().files());
        listed.archive().ifPresent(files::add);
        for (FileDigest file : files) {
            Path path = models.root().resolve(file.path());
            if (!Files.isRegularFile(path) || !Sha256.of(path).equals(file.sha256())) {
                return false;
            }
        }
        return true;
    }

    /** Moves a folder into place. Moves a damaged or unlisted folder of that name away first, because it cannot be overwritten. */
    private void replace(Path target, Path staged) {
        models.disk().createFolderOf(target);
        if (Files.exists(target)) {
            models.disk().move(target, models.root().resolve(STAGING + "replaced"));
        }
        models.disk().move(staged, target);
    }

    private static PublishedModel published(ModelCard card, Path target, Manifest.Entry entry) {
        return new PublishedModel(
                card,
                target,
                target.resolve(PublishableFolder.MODEL),
                entry.file().sha256(),
                entry.file().bytes());
    }

    private static String path(ModelCard card, String name) {
        return card.id() + "/" + card.version() + "/" + name;
    }
}
