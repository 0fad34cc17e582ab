package dev.jzoo.labs.text;

import java.util.List;
import java.util.Objects;

/**
 * Prose in a small subset of Markdown, with formulas in the notation of {@link dev.jzoo.labs.math.Formula}.
 *
 * <ul>
 *   <li>An empty line ends a paragraph.
 *   <li>Lines that start with {@code ##}, {@code ###} or {@code ####} are headings.
 *   <li>Lines that start with {@code -} or with a number and a full stop are items of a list. An indented line continues an item.
 *   <li>A line {@code $$formula$$} is a formula of its own, {@code $formula$} one within a line.
 *   <li>{@code `code`}, {@code *emphasis*}, {@code **strong**} and {@code [text](target)} are as in Markdown.
 *   <li>A backslash before a punctuation mark makes it plain text.
 * </ul>
 *
 * <p>There is no raw HTML: {@code <} and {@code &} are plain text.
 */
public final class Markdown {

    private final List<MarkdownBlock> blocks;

    private Markdown(List<MarkdownBlock> blocks) {
        this.blocks = blocks;
    }

    /**
     * Reads a text.
     *
     * @throws IllegalArgumentException naming the line, if a mark has no end, a formula cannot be read or a link has an
     *     unsafe target
     */
    public static Markdown of(String source) {
        Objects.requireNonNull(source, "source");
        return new Markdown(MarkdownBlocks.read(source));
    }

    /** Returns the text as HTML elements that are also well-formed XML, with formulas as MathML. */
    public String html() {
        return HtmlProse.write(blocks);
    }

    /** Returns the text as the Markdown of a notebook, with formulas as TeX between dollar signs. */
    public String notebook() {
        return NotebookProse.write(blocks);
    }
}
