package dev.jzoo.labs.text;

import dev.jzoo.labs.math.Formula;
import java.util.List;

/** A part of a line of prose. */
sealed interface MarkdownSpan {

    /** Plain text, without mark-up. */
    record Literal(String text) implements MarkdownSpan {}

    /** Code within a line. */
    record InlineCode(String code) implements MarkdownSpan {}

    /** Emphasised text. */
    record Emphasis(List<MarkdownSpan> spans) implements MarkdownSpan {}

    /** Strongly emphasised text. */
    record Strong(List<MarkdownSpan> spans) implements MarkdownSpan {}

    /** A link. */
    record Hyperlink(List<MarkdownSpan> spans, String target) implements MarkdownSpan {}

    /** A formula within a line. */
    record InlineFormula(Formula formula) implements MarkdownSpan {}
}
