package dev.jzoo.zoo.card;

import java.util.Collection;

/** How long the fields of cards and manifests may be, which come from outside and are compared, wrapped and printed. */
public final class TextLimit {

    private TextLimit() {}

    /**
     * Refuses a text that is too long.
     *
     * @param what it is, at the beginning of a sentence: "A title"
     * @param longest number of characters that it may have
     */
    public static void require(String what, String text, int longest) {
        if (text.length() > longest) {
            throw new IllegalArgumentException(
                    what + " has at most " + longest + " characters, not " + text.length() + ".");
        }
    }

    /**
     * Refuses a list that is too long.
     *
     * @param what it is, at the beginning of a sentence: "A card"
     * @param of its elements: "labels"
     */
    public static void require(String what, Collection<?> list, String of, int most) {
        if (list.size() > most) {
            throw new IllegalArgumentException(what + " has at most " + most + " " + of + ", not " + list.size() + ".");
        }
    }
}
