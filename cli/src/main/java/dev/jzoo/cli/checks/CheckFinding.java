package dev.jzoo.cli.checks;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What {@code doctor} found about one thing.
 *
 * @param name of the thing
 * @param state that it is in
 * @param detail what was found
 * @param hint what to do; empty if there is nothing to do
 */
public record CheckFinding(String name, FindingState state, String detail, String hint) {

    /** How well it is. */
    public enum FindingState {
        /** It works. */
        OK("ok"),
        /** It is not there, and JZoo works without it. */
        ABSENT("absent"),
        /** JZoo does not work without it. */
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
