package dev.jzoo.labs.text;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes blocks as the Markdown of a notebook, which knows more marks than the subset: plain text is escaped again. */
final class NotebookProse {

    private NotebookProse() {}

    static String write(List<MarkdownBlock> blocks) {
        return blocks.stream().map(NotebookProse::block).collect(Collectors.joining("\n\n"));
    }

    private static String block(MarkdownBlock block) {
        if (block instanceof MarkdownBlock.Heading h) {
            return "#".repeat(h.level()) + " " + spans(h.spans());
        }
        if (block instanceof MarkdownBlock.Paragraph p) {
            return spans(p.spans());
        }
        if (block instanceof MarkdownBlock.BulletList l) {
            return l.items().stream().map(item -> "- " + spans(item)).collect(Collectors.joining("\n"));
        }
        if (block instanceof MarkdownBlock.NumberedList l) {
            return IntStream.range(0, l.items().size())
                    .mapToObj(i -> i + 1 + ". " + spans(l.items().get(i)))
                    .collect(Collectors.joining("\n"));
        }
        return "$$" + ((MarkdownBlock.DisplayFormula) block).formula().tex() + "$$";
    }

    private static String spans(List<MarkdownSpan> spans) {
        return spans.stream().map(NotebookProse::span).collect(Collectors.joining());
    }

    private static String span(MarkdownSpan span) {
        if (span instanceof MarkdownSpan.Literal l) {
            return l.text().replace("&", "&amp;").replace("<", "&lt;").replaceAll("[\\\\`*_\\[\\]$]", "\\\\$0");
        }
        if (span instanceof MarkdownSpan.InlineCode c) {
            return "`" + c.code() + "`";
        }
        if (span instanceof MarkdownSpan.Emphasis e) {
            return "*" + spans(e.spans()) + "*";
        }
        if (span instanceof MarkdownSpan.Strong s) {
            return "**" + spans(s.spans()) + "**";
        }
        if (span instanceof MarkdownSpan.Hyperlink h) {
            return "[" + spans(h.spans()) + "](" + h.target() + ")";
        }
        return "$" + ((MarkdownSpan.InlineFormula) span).formula().tex() + "$";
    }
}
