package dev.jzoo.inference.pictures;

import dev.jzoo.inference.Classification;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** What became of one picture of many: one that cannot be read does not end the others. */
public sealed interface Outcome {

    /** The file. */
    Path picture();

    /** What the classifier says; empty where the file could not be read. */
    Optional<Classification> classification();

    /** It was read and classified. */
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
     * It could not be read.
     *
     * @param failure as {@link PictureReader#read} throws it: an {@link IOException}, or a {@link JZooException} where
     *     there is no such file
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
