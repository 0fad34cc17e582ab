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
 * The origin of data, so that a model's card can name the data it was trained on.
 *
 * @param dataset name of the data set: "mnist"
 * @param part name of the part: "train"
 * @param sha256 digest of the content after decompression; for several files, of their contents one after another
 * @param note differences of this copy from the original, a sentence; empty if there are none
 */
public record Provenance(String dataset, String part, Sha256 sha256, String note) {

    public Provenance {
        if (dataset.isBlank() || part.isBlank()) {
            throw new IllegalArgumentException(
                    "A provenance must name the data set and the part, not '" + dataset + "' and '" + part + "'.");
        }
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(note, "note");
    }

    /** Returns the data set and the part as one name: "mnist train". */
    public String name() {
        return dataset + " " + part;
    }

    /** Returns the digest of files read one after another, the same as {@code cat first second | sha256sum}. */
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
