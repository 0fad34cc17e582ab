package dev.jzoo.zoo.card;

import dev.jzoo.zoo.annotation.Internal;

/** The form of a model's or data set's id: lower-case letters and digits, joined by hyphens, as in "mnist-logistic". */
@Internal
public final class Identifier {

    /** The form as a regular expression without capturing groups. */
    public static final String PATTERN = "[a-z0-9]++(?:-[a-z0-9]++)*+";

    /** The maximum length in characters. */
    public static final int LONGEST = 100;

    private Identifier() {}

    /**
     * Rejects a text that does not have this form.
     *
     * @param what the subject of the message: "A model's id"
     */
    public static void require(String what, String id) {
        TextLimit.require(what, id, LONGEST);
        if (!id.matches(PATTERN)) {
            throw new IllegalArgumentException(
                    what + " has lower-case letters and digits, joined by hyphens; '" + id + "' does not.");
        }
    }
}
