package dev.jzoo.finetune.pictures;

import java.nio.file.Path;
import java.util.List;

/**
 * A fact about a folder of pictures that you should know before you train on it.
 *
 * @param kind the kind of finding
 * @param message a clause about these files or classes, without a full stop
 * @param files the files it concerns; empty if it concerns a class
 */
public record Finding(FindingKind kind, String message, List<Path> files) {

    /** Kind of a finding, the worst first. */
    public enum FindingKind {
        /** The same picture is in two parts. */
        LEAK(true, "the same picture in two parts, which makes accuracy look better than it is"),
        /** The same picture is in two classes. */
        TWO_LABELS(true, "the same picture in two classes, one of which is wrong"),
        /** The file cannot be decoded and is left out. */
        UNREADABLE(true, "a file that cannot be read, so it is left out"),
        /** The file is a picture by content, but is skipped because of its name. */
        NOT_NAMED_AS_PICTURE(true, "a picture without a picture's file extension, so it is left out"),
        /** A class has fewer than ten pictures to train on. */
        TINY_CLASS(true, "a class with too few pictures to train and measure well"),
        /** Validation or test has no picture of a class. */
        UNMEASURED(true, "a class that is not measured"),
        /** The largest class has at least five times the pictures of the smallest. */
        IMBALANCE(true, "classes of very different size, for which balanced accuracy is the better measure"),
        /** The same picture occurs more than once in a class. */
        COPIES(false, "the same picture more than once in its class, so it counts more than once"),
        /** The picture is very small, or very long and thin. */
        ODD_SIZE(false, "a picture of a size that shows little detail"),
        /** The extension does not match the format, for example a PNG picture named .jpg. The picture is used. */
        WRONG_ENDING(false, "a name with another format's extension; it is used nevertheless"),
        /** The file is not a picture. */
        OTHER_FILE(false, "not a picture, so it is skipped");

        private final boolean loud;
        private final String words;

        FindingKind(boolean loud, String words) {
            this.loud = loud;
            this.words = words;
        }

        /** Returns whether it may spoil the training or the measurements. */
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

    /** Returns a sentence with the finding and its consequence, for a reader who sees this finding alone. */
    public String sentence() {
        return message + ": " + kind.words() + ".";
    }
}
