package dev.jzoo.labs.text;

import dev.jzoo.labs.math.Formula;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Splits a line of prose into spans. */
final class MarkdownSpans {

    /** Targets that a page may link to: web and mail addresses, and paths and anchors without a scheme. */
    private static final Pattern SAFE_TARGET = Pattern.compile("(https?://|mailto:)[^\\s\"<>]+|[^\\s\"<>:]+");

    private final String text;
    private int at;

    private MarkdownSpans(String text) {
        this.text = text;
    }

    static List<MarkdownSpan> read(String text) {
        return new MarkdownSpans(text).until("");
    }

    /** Reads up to a closing mark, and skips it; the empty mark stands for the end. */
    private List<MarkdownSpan> until(String close) {
        int start = at;
        List<MarkdownSpan> spans = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        while (at < text.length()) {
            if (!close.isEmpty() && closes(close)) {
                at += close.length();
                flush(literal, spans);
                return List.copyOf(spans);
            }
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length() && isPunctuation(text.charAt(at + 1))) {
                literal.append(text.charAt(at + 1));
                at += 2;
            } else if (c == '`' || c == '$' || c == '[' || c == '*' && opensEmphasis()) {
                flush(literal, spans);
                spans.add(marked(c));
            } else {
                literal.append(c);
                at++;
            }
        }
        if (!close.isEmpty()) {
            throw unclosed(close, start);
        }
        flush(literal, spans);
        return List.copyOf(spans);
    }

    private MarkdownSpan marked(char mark) {
        return switch (mark) {
            case '`' -> new MarkdownSpan.InlineCode(raw("`"));
            case '$' -> new MarkdownSpan.InlineFormula(Formula.of(raw("$").strip()));
            case '[' -> link();
            default -> emphasis();
        };
    }

    private MarkdownSpan emphasis() {
        if (text.startsWith("**", at)) {
            at += 2;
            return new MarkdownSpan.Strong(until("**"));
        }
        at++;
        return new MarkdownSpan.Emphasis(until("*"));
    }

    private MarkdownSpan link() {
        at++;
        List<MarkdownSpan> spans = until("]");
        if (at >= text.length() || text.charAt(at) != '(') {
            throw new IllegalArgumentException(
                    "A link '[text](target)' lacks its target in '" + text + "'. Add one, or write \\[ for a bracket.");
        }
        at++;
        int end = text.indexOf(')', at);
        if (end < 0) {
            throw unclosed(")", at);
        }
        String target = text.substring(at, end);
        if (!SAFE_TARGET.matcher(target).matches()) {
            throw new IllegalArgumentException("The target '" + target + "' of a link is neither a path nor an address"
                    + " that starts with https://, http:// or mailto:.");
        }
        at = end + 1;
        return new MarkdownSpan.Hyperlink(spans, target);
    }

    /** Reads text in which nothing is a mark but the one around it. */
    private String raw(String mark) {
        int end = text.indexOf(mark, at + 1);
        if (end < 0) {
            throw unclosed(mark, at + 1);
        }
        String inside = text.substring(at + 1, end);
        at = end + 1;
        return inside;
    }

    /** Returns whether an asterisk opens emphasis: a space after it makes it plain text. */
    private boolean opensEmphasis() {
        int next = text.startsWith("**", at) ? at + 2 : at + 1;
        return next < text.length() && !Character.isWhitespace(text.charAt(next));
    }

    private boolean closes(String close) {
        boolean strongInside = close.equals("*") && text.startsWith("**", at) && !text.startsWith("***", at);
        boolean afterSpace = close.startsWith("*") && Character.isWhitespace(text.charAt(at - 1));
        return text.startsWith(close, at) && !strongInside && !afterSpace;
    }

    private IllegalArgumentException unclosed(String close, int start) {
        return new IllegalArgumentException("'" + close + "' is missing after '" + text.substring(start) + "' in '"
                + text + "'. Add it, or write a backslash before the opening mark.");
    }

    private static void flush(StringBuilder literal, List<MarkdownSpan> spans) {
        if (literal.length() > 0) {
            spans.add(new MarkdownSpan.Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private static boolean isPunctuation(char c) {
        return c > ' ' && c < 127 && !Character.isLetterOrDigit(c);
    }
}
