package dev.jzoo.training.compare;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Runs that version 0.1.0 made: two of airline-lstm, a sweep of it, one that was killed in its fourth epoch, two of finetune. */
final class StoredRuns {

    private StoredRuns() {}

    static Path of(String name) {
        try {
            return Path.of(StoredRuns.class.getResource("made-by-0.1.0").toURI())
                    .resolve(name);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
