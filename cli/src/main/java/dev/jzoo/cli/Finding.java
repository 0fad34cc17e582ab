package dev.jzoo.cli;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What {@code doctor} found about one thing.
 *
 * @param name of the thing
 * @param state that it is in
 * @param detail what was found
 * @param hint what to do; empty if there is nothing to do
 */
record Finding(String name, State state, String detail, String hint) {

    /** How well it is. */
    enum State {
        /** It works. */
        OK("ok"),
        /** It is not there, and JZoo works without it. */
        ABSENT("absent"),
        /** JZoo does not work without it. */
        BROKEN("BROKEN");

        private final String word;

        State(String word) {
            this.word = word;
        }

        @JsonValue
        String word() {
            return word;
        }
    }

    static Finding ok(String name, String detail) {
        return new Finding(name, State.OK, detail, "");
    }

    static Finding absent(String name, String detail, String hint) {
        return new Finding(name, State.ABSENT, detail, hint);
    }

    static Finding broken(String name, String detail, String hint) {
        return new Finding(name, State.BROKEN, detail, hint);
    }
}
