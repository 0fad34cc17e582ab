package dev.jzoo.cli.console;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Prints texts so that a terminal takes nothing in them for a command: control characters other than tabs and line ends, and
 * characters that turn the direction of what follows, come out as escapes of Java. Names of classes, metadata and messages of
 * servers are other people's. What the command itself wants to say to a terminal goes to {@link #terminal}.
 */
public final class PlainWriter extends PrintWriter {

    private final PrintWriter terminal;

    private PlainWriter(PrintWriter terminal) {
        super(new EscapingWriter(terminal));
        this.terminal = terminal;
    }

    /** The same writer where it is one of these already. */
    static PlainWriter over(PrintWriter terminal) {
        return terminal instanceof PlainWriter plain ? plain : new PlainWriter(terminal);
    }

    /** Prints as it is: colours, and moves of the cursor. */
    PrintWriter terminal() {
        return terminal;
    }

    @Override
    public boolean checkError() {
        boolean failed = super.checkError();
        return terminal.checkError() || failed;
    }

    /** A text as it is printed in the cell of a table, or on a line: without tabs and line ends either. */
    public static String line(String text) {
        return escaped(text, LineEnds.ESCAPED);
    }

    /** A text as it is printed. */
    static String text(String text) {
        return escaped(text, LineEnds.KEPT);
    }

    /** Whether tabs and line ends are kept. */
    private enum LineEnds {
        ESCAPED,
        KEPT
    }

    private static String escaped(String text, LineEnds layout) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean end = i + 1 < text.length() && text.charAt(i + 1) == '\n';
            // A carriage return alone goes back over the line; in front of a line feed it is an end of Windows.
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
