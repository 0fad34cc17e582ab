package dev.jzoo.zoo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that is becoming a mirror, with the layout of the home; a file appears in it whole, what lists it last. */
record Mirror(Path root, Disk disk) {

    static Mirror at(Path root) {
        return new Mirror(
                root.toAbsolutePath().normalize(),
                new Disk("Free some space, make the folder writable, or name another one."));
    }

    /** Copies a model of the catalogue, whose files are in a home, and lists it. */
    void add(Manifest.Entry entry, Home home) throws IOException {
        for (Manifest.FileDigest file : entry.published().orElseThrow().files()) {
            copy(file, Home.MODELS + file.path(), home);
        }
        Path models = root.resolve(Home.MODELS);
        ModelsFolder folder = ModelsFolder.at(models, disk);
        folder.locked(() -> {
            folder.list(entry);
            return models;
        });
    }

    /** Copies what a reference means, and writes down what that is. */
    void add(ModelReference reference, References.Meaning meaning, Home home) throws IOException {
        for (Manifest.FileDigest file : meaning.files()) {
            copy(file, file.path(), home);
        }
        Path record = root.resolve(References.path(reference));
        disk.createFolders(record.getParent());
        disk.writeText(record, Json.pretty(meaning));
    }

    private void copy(Manifest.FileDigest digest, String path, Home home) throws IOException {
        Path file = root.resolve(path);
        if (Files.isRegularFile(file) && Sha256.of(file).equals(digest.sha256())) {
            return;
        }
        try (InputStream in = Files.newInputStream(home.file(path))) {
            AtomicFile.write(file, in::transferTo);
        }
    }
}
