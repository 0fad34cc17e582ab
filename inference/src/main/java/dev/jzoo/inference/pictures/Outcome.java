package dev.jzoo.inference.pictures;

import dev.jzoo.inference.Classification;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** The outcome for one of many pictures. An unreadable picture does not stop the others. */
public sealed interface Outcome {

    /** Returns the file. */
    Path picture();

    /** Returns the classifier's result; empty if the file could not be read. */
    Optional<Classification> classification();

    /** A picture that was classified. */
    record Classified(Path picture, Classification result) implements Outcome {
        public Classified {
            Objects.requireNonNull(picture, "picture");
            Objects.requireNonNull(result, "result");
        }

        @Override
        public Optional<Classification> classification() {
            return Optional.of(result);
        }
    }

    /**
     * A picture that could not be read.
     *
     * @param failure the exception of {@link PictureReader#read}: an {@link IOException}, or a {@link JZooException} if the
     *     file does not exist
     */
    record Unreadable(Path picture, Exception failure) implements Outcome {
        public Unreadable {
            Objects.requireNonNull(picture, "picture");
            Objects.requireNonNull(failure, "failure");
        }

        @Override
        public Optional<Classification> classification() {
            return Optional.empty();
        }
    }
}
