package dev.jzoo.labs;

/**
 * A claim with its measured value.
 *
 * @param text claim, a whole sentence
 * @param source origin of the claim
 * @param measured measured value, such as "0.38032"
 * @param expected condition, such as "0.38032 ± 0.00001" or "at most 1"
 * @param outcome outcome of the comparison
 */
public record ClaimResult(String text, ClaimSource source, String measured, String expected, ClaimOutcome outcome) {

    /** The origin of a claim. */
    public enum ClaimSource {
        /** The lab makes the claim; it fails if the claim does not hold. */
        LAB,
        /** A course or a paper published the claim. The page says whether it was reproduced. */
        PUBLISHED
    }

    /** The outcome of the comparison with the measured value. */
    public enum ClaimOutcome {
        HOLDS,
        DIFFERS
    }

    /** Returns whether the lab fails because of this claim. */
    public boolean fails() {
        return source == ClaimSource.LAB && outcome == ClaimOutcome.DIFFERS;
    }
}
