package dev.jzoo.onnx;

import dev.jzoo.zoo.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A model that is complete on the disk but not yet under its name, so that a file can be written while it is still being
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

    /** Moves the model to its name, replacing an existing file. The {@code .onnx} file appears last. */
    public Fingerprint commit() throws IOException {
        if (!beside.isEmpty()) {
            // The old model must never appear together with the new weights, not even between the two moves.
            Files.deleteIfExists(path);
        }
        beside.forEach(AtomicFile::commit);
        model.commit();
        return fingerprint;
    }

    /** Deletes the files unless they were committed. */
    @Override
    public void close() throws IOException {
        for (AtomicFile file : beside) {
            file.close();
        }
        model.close();
    }
}
