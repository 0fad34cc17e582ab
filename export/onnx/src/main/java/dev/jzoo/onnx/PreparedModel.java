package dev.jzoo.onnx;

import dev.jzoo.zoo.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A model that is whole on the disk, but not yet under its name: so that a file can be written while it is still being
 * verified. Closing it without {@link #commit()} deletes it.
 */
public final class PreparedModel implements AutoCloseable {

    private final Path path;
    private final AtomicFile model;
    private final List<AtomicFile> beside;
    private final Fingerprint fingerprint;

    PreparedModel(Path path, AtomicFile model, List<AtomicFile> beside, Fingerprint fingerprint) {
        this.path = path;
        this.model = model;
        this.beside = beside;
        this.fingerprint = fingerprint;
    }

    /** Gives the model its name, in place of one that is there; the {@code .onnx} appears last. */
    public Fingerprint commit() throws IOException {
        if (!beside.isEmpty()) {
            // The old model must not be met beside the new weights, not even for the moment between the two files.
            Files.deleteIfExists(path);
        }
        beside.forEach(AtomicFile::commit);
        model.commit();
        return fingerprint;
    }

    /** Deletes what was not committed. */
    @Override
    public void close() throws IOException {
        for (AtomicFile file : beside) {
            file.close();
        }
        model.close();
    }
}
