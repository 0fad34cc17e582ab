package dev.jzoo.zoo.publishing;

import dev.jzoo.zoo.annotation.Internal;
import dev.jzoo.zoo.cache.CacheDirectory;
import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.catalogue.ModelsFolder;
import dev.jzoo.zoo.catalogue.StoredModel;
import dev.jzoo.zoo.file.AtomicFile;
import dev.jzoo.zoo.file.Disk;
import dev.jzoo.zoo.file.Json;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.hub.ModelReference;
import dev.jzoo.zoo.hub.PinnedReferences;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that becomes a mirror, with the layout of the cache. Files appear complete, and lists of files appear last. */
@Internal
public record Mirror(Path root, Disk disk) {

    public static Mirror at(Path root) {
        return new Mirror(
                root.toAbsolutePath().normalize(),
                new Disk("Free some space, make the folder writable, or name another one."));
    }

    /** Copies a model of the catalogue from a cache, and lists it. */
    public void add(Manifest.Entry entry, CacheDirectory home) throws IOException {
        copy(StoredModel.of(home, entry));
        Path models = root.resolve(CacheDirectory.MODELS);
        ModelsFolder folder = ModelsFolder.at(models, disk);
        folder.locked(() -> {
            folder.list(entry);
            return models;
        });
    }

    /** Copies the files that a reference stands for, and records them under the reference. */
    public void add(ModelReference reference, PinnedReferences.PinnedFiles meaning, CacheDirectory home)
            throws IOException {
        copy(meaning.stored(home));
        Path record = root.resolve(PinnedReferences.path(reference));
        disk.createFolderOf(record);
        disk.writeText(record, Json.pretty(meaning));
    }

    private void copy(StoredModel model) throws IOException {
        for (Manifest.FileDigest digest : model.files()) {
            Path file = root.resolve(digest.path());
            if (!Files.isRegularFile(file) || !Sha256.of(file).equals(digest.sha256())) {
                try (InputStream in = Files.newInputStream(model.file(digest.path()))) {
                    AtomicFile.write(file, in::transferTo);
                }
            }
        }
    }
}
