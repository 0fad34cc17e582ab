package dev.jzoo.labs.text;

import dev.jzoo.labs.math.Formula;
import java.util.List;

/** A part of a text that has lines of its own. */
sealed interface MarkdownBlock {

    /** A heading; level 2 is written as {@code ##}. */
    record Heading(int level, List<MarkdownSpan> spans) implements MarkdownBlock {}

    /** A paragraph. */
    record Paragraph(List<MarkdownSpan> spans) implements MarkdownBlock {}

    /** A list with bullets. */
    record BulletList(List<List<MarkdownSpan>> items) implements MarkdownBlock {}

    /** A list with numbers from 1. */
    record NumberedList(List<List<MarkdownSpan>> items) implements MarkdownBlock {}

    /** A formula on a line of its own. */
    record DisplayFormula(Formula formula) implements MarkdownBlock {}
}
