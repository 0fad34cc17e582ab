package dev.jzoo.finetune.pictures;

import java.nio.file.Path;
import java.util.List;

/**
 * Something about a folder of pictures that whoever trains on it should know.
 *
 * @param kind what it is
 * @param message of these files or classes, a clause without a point at its end
 * @param files that it is about; none where it is about a class
 */
public record Finding(FindingKind kind, String message, List<Path> files) {

    /** What a finding is, the worst first. */
    public enum FindingKind {
        /** The same picture is in two parts. */
        LEAK(true, "the same picture in two parts, so that accuracy will look better than it is"),
        /** The same picture is in two classes. */
        TWO_LABELS(true, "the same picture in two classes, one of which is wrong"),
        /** Cannot be decoded, and is left out. */
        UNREADABLE(true, "cannot be read and is left out"),
        /** A picture by its content, passed over for its name. */
        NOT_NAMED_AS_PICTURE(true, "a picture, but not named as one and so left out"),
        /** A class has fewer than ten pictures to train on. */
        TINY_CLASS(true, "a class with few pictures, which is hardly learned and measured less"),
        /** Validation or test have no picture of a class. */
        UNMEASURED(true, "a class that is not measured"),
        /** The largest class has at least five times the pictures of the smallest. */
        IMBALANCE(true, "classes of very different size, for which balanced accuracy tells more"),
        /** The same picture more than once in a class. */
        COPIES(false, "the same picture more than once in its class, where it counts as often"),
        /** Very small, or very long and thin. */
        ODD_SIZE(false, "a picture of a size that shows little"),
        /** A PNG picture named .jpg, for instance; used all the same. */
        WRONG_ENDING(false, "a name that promises another format; used all the same"),
        /** No picture. */
        OTHER_FILE(false, "no picture, and passed over");

        private final boolean loud;
        private final String words;

        FindingKind(boolean loud, String words) {
            this.loud = loud;
            this.words = words;
        }

        /** Whether it may spoil the training or what is measured. */
        public boolean isWarning() {
            return loud;
        }

        String words() {
            return words;
        }
    }

    public Finding {
        files = List.copyOf(files);
    }

    /** What was found and why it matters, for a reader who sees this finding alone. */
    public String sentence() {
        return message + ": " + kind.words() + ".";
    }
}
