package dev.jzoo.cli.checks;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A finding of {@code doctor} about one part of the environment.
 *
 * @param name of the part
 * @param state of the part
 * @param detail what was found
 * @param hint what to do; empty if there is nothing to do
 */
public record CheckFinding(String name, FindingState state, String detail, String hint) {

    /** The state of a part. */
    public enum FindingState {
        /** The part works. */
        OK("ok"),
        /** The part is missing, and JZoo works without it. */
        ABSENT("absent"),
        /** The part is missing or broken, and JZoo does not work without it. */
        BROKEN("BROKEN");

        private final String word;

        FindingState(String word) {
            this.word = word;
        }

        @JsonValue
        public String word() {
            return word;
        }
    }

    static CheckFinding ok(String name, String detail) {
        return new CheckFinding(name, FindingState.OK, detail, "");
    }

    static CheckFinding absent(String name, String detail, String hint) {
        return new CheckFinding(name, FindingState.ABSENT, detail, hint);
    }

    static CheckFinding broken(String name, String detail, String hint) {
        return new CheckFinding(name, FindingState.BROKEN, detail, hint);
    }
}
