package dev.jzoo.zoo.card;

import dev.jzoo.zoo.annotation.Internal;
import java.util.Collection;

/** Length limits for the fields of cards and manifests. They are untrusted, and get compared, wrapped and printed. */
@Internal
public final class TextLimit {

    private TextLimit() {}

    /**
     * Rejects a text that is too long.
     *
     * @param what the subject of the message: "A title"
     * @param longest the maximum length in characters
     */
    public static void require(String what, String text, int longest) {
        if (text.length() > longest) {
            throw new IllegalArgumentException(
                    what + " has at most " + longest + " characters, not " + text.length() + ".");
        }
    }

    /**
     * Rejects a list that is too long.
     *
     * @param what the subject of the message: "A card"
     * @param of the elements' name: "labels"
     */
    public static void require(String what, Collection<?> list, String of, int most) {
        if (list.size() > most) {
            throw new IllegalArgumentException(what + " has at most " + most + " " + of + ", not " + list.size() + ".");
        }
    }
}
