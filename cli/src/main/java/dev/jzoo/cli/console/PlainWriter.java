package dev.jzoo.cli.console;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * A writer that keeps text from controlling the terminal. It prints control characters (except tabs and line ends) and
 * characters that change the text's direction as Java escapes. Class names, metadata and messages of servers come from
 * strangers. The command's own control sequences go to {@link #terminal}.
 */
public final class PlainWriter extends PrintWriter {

    private final PrintWriter terminal;

    private PlainWriter(PrintWriter terminal) {
        super(new EscapingWriter(terminal));
        this.terminal = terminal;
    }

    /** Wraps a writer, unless it is a PlainWriter already. */
    static PlainWriter over(PrintWriter terminal) {
        return terminal instanceof PlainWriter plain ? plain : new PlainWriter(terminal);
    }

    /** Returns the writer that prints control sequences: colours and cursor movements. */
    PrintWriter terminal() {
        return terminal;
    }

    @Override
    public boolean checkError() {
        boolean failed = super.checkError();
        return terminal.checkError() || failed;
    }

    /** Escapes a text for one line or the cell of a table. Tabs and line ends are escaped too. */
    public static String line(String text) {
        return escaped(text, LineEnds.ESCAPED);
    }

    /** Escapes a text, keeping tabs and line ends. */
    static String text(String text) {
        return escaped(text, LineEnds.KEPT);
    }

    /** The treatment of tabs and line ends. */
    private enum LineEnds {
        ESCAPED,
        KEPT
    }

    private static String escaped(String text, LineEnds layout) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean end = i + 1 < text.length() && text.charAt(i + 1) == '\n';
            // A carriage return alone would overwrite the line. Before a line feed it is a Windows line end.
            boolean kept = layout == LineEnds.KEPT && (c == '\n' || c == '\t' || c == '\r' && end);
            escaped.append(kept || !isCommand(c) ? c : String.format("\\u%04x", (int) c));
        }
        return escaped.toString();
    }

    private static boolean isCommand(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            // U+202A to U+202E and U+2066 to U+2069: embeddings, overrides and isolates of a direction
            case Character.FORMAT -> c >= '\u202A' && c <= '\u202E' || c >= '\u2066' && c <= '\u2069';
            default -> false;
        };
    }

    private static final class EscapingWriter extends FilterWriter {

        EscapingWriter(Writer out) {
            super(out);
        }

        @Override
        public void write(int c) throws IOException {
            out.write(text(String.valueOf((char) c)));
        }

        @Override
        public void write(char[] text, int from, int length) throws IOException {
            out.write(text(String.valueOf(text, from, length)));
        }

        @Override
        public void write(String text, int from, int length) throws IOException {
            out.write(text(text.substring(from, from + length)));
        }
    }
}
