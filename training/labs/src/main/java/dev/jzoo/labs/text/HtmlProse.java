package dev.jzoo.labs.text;

import java.util.List;
import java.util.stream.Collectors;

/** Writes blocks as HTML. */
final class HtmlProse {

    private HtmlProse() {}

    static String write(List<MarkdownBlock> blocks) {
        return blocks.stream().map(HtmlProse::block).collect(Collectors.joining());
    }

    private static String block(MarkdownBlock block) {
        if (block instanceof MarkdownBlock.Heading h) {
            return "<h" + h.level() + ">" + spans(h.spans()) + "</h" + h.level() + ">\n";
        }
        if (block instanceof MarkdownBlock.Paragraph p) {
            return "<p>" + spans(p.spans()) + "</p>\n";
        }
        if (block instanceof MarkdownBlock.BulletList l) {
            return "<ul>\n" + items(l.items()) + "</ul>\n";
        }
        if (block instanceof MarkdownBlock.NumberedList l) {
            return "<ol>\n" + items(l.items()) + "</ol>\n";
        }
        // A wide formula scrolls in its own box, so that the page does not.
        return "<div class=\"formula\">"
                + ((MarkdownBlock.DisplayFormula) block).formula().displayMathMl() + "</div>\n";
    }

    private static String items(List<List<MarkdownSpan>> items) {
        return items.stream().map(item -> "<li>" + spans(item) + "</li>\n").collect(Collectors.joining());
    }

    private static String spans(List<MarkdownSpan> spans) {
        return spans.stream().map(HtmlProse::span).collect(Collectors.joining());
    }

    private static String span(MarkdownSpan span) {
        if (span instanceof MarkdownSpan.Literal l) {
            return escape(l.text());
        }
        if (span instanceof MarkdownSpan.InlineCode c) {
            return "<code>" + escape(c.code()) + "</code>";
        }
        if (span instanceof MarkdownSpan.Emphasis e) {
            return "<em>" + spans(e.spans()) + "</em>";
        }
        if (span instanceof MarkdownSpan.Strong s) {
            return "<strong>" + spans(s.spans()) + "</strong>";
        }
        if (span instanceof MarkdownSpan.Hyperlink h) {
            return "<a href=\"" + escape(h.target()) + "\">" + spans(h.spans()) + "</a>";
        }
        return ((MarkdownSpan.InlineFormula) span).formula().inlineMathMl();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
