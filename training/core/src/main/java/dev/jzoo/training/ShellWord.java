package dev.jzoo.training;

/** A word of a command line, for the command on a model's card. */
public final class ShellWord {

    private ShellWord() {}

    /** Returns the word as a user types it: in single quotes if a shell would change it. */
    public static String quoted(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
