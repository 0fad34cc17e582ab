package dev.jzoo.zoo.card;

/** The form of an id of a model or a data set: lower-case letters and digits, joined by hyphens, as in "mnist-logistic". */
public final class Identifier {

    /** The form as a regular expression without groups that capture. */
    public static final String PATTERN = "[a-z0-9]++(?:-[a-z0-9]++)*+";

    /** Number of characters that one may have. */
    public static final int LONGEST = 100;

    private Identifier() {}

    /**
     * Refuses a text that does not have this form.
     *
     * @param what it is, at the beginning of a sentence: "A model's id"
     */
    public static void require(String what, String id) {
        TextLimit.require(what, id, LONGEST);
        if (!id.matches(PATTERN)) {
            throw new IllegalArgumentException(
                    what + " has lower-case letters and digits, joined by hyphens; '" + id + "' does not.");
        }
    }
}
