package dev.jzoo.labs.source;

/**
 * A piece of a lab's source.
 *
 * @param kind kind of the piece
 * @param content Markdown of a paragraph, or code without the indentation of its block
 * @param firstLine first line within the file, from 1
 * @param lastLine last line within the file, inclusive
 */
public record LabCell(CellKind kind, String content, int firstLine, int lastLine) {

    /** The kind of a piece. */
    public enum CellKind {
        /** Markdown with formulas. */
        TEXT,
        /** A method, record or constant that the lab defines above {@code run}. */
        DEFINITION,
        /** Statements of {@code run}. */
        CODE
    }

    /** Returns whether a line of the file belongs to the piece. */
    public boolean contains(int line) {
        return line >= firstLine && line <= lastLine;
    }
}
