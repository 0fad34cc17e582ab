package dev.jzoo.datasets;

import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Where data comes from, so that a model can say what it has seen.
 *
 * @param dataset name of the data set: "mnist"
 * @param part which part of it: "train"
 * @param sha256 digest of the content after decompression: of the one file, or of the files one after another
 * @param note what is special about this copy, a sentence; empty if nothing is
 */
public record Provenance(String dataset, String part, Sha256 sha256, String note) {

    public Provenance {
        if (dataset.isBlank() || part.isBlank()) {
            throw new IllegalArgumentException(
                    "Provenance names the data set and the part; got '" + dataset + "' and '" + part + "'.");
        }
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(note, "note");
    }

    /** The data set and the part as one name: "mnist train". */
    public String name() {
        return dataset + " " + part;
    }

    /** The digest of files read one after another, as {@code cat first second | sha256sum} gives it. */
    public static Sha256 digest(Path... files) throws IOException {
        List<InputStream> streams = new ArrayList<>();
        try {
            for (Path file : files) {
                streams.add(Files.newInputStream(file));
            }
            return Sha256.of(new SequenceInputStream(Collections.enumeration(streams)));
        } finally {
            for (InputStream stream : streams) {
                stream.close();
            }
        }
    }
}
