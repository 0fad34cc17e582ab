package dev.jzoo.labs.page;

import dev.jzoo.labs.math.Formula;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Java source as HTML: keywords, strings, numbers and comments have a class each, and a comment {@code // $formula$} is a formula. */
final class JavaCode {

    private static final Set<String> KEYWORDS = Set.of(
            "boolean",
            "break",
            "case",
            "class",
            "continue",
            "default",
            "do",
            "double",
            "else",
            "enum",
            "extends",
            "final",
            "float",
            "for",
            "if",
            "implements",
            "import",
            "instanceof",
            "int",
            "interface",
            "long",
            "new",
            "null",
            "private",
            "public",
            "record",
            "return",
            "static",
            "switch",
            "this",
            "throw",
            "throws",
            "true",
            "false",
            "try",
            "catch",
            "var",
            "void",
            "while",
            "yield",
            "byte",
            "short",
            "char");

    private static final Pattern TOKEN = Pattern.compile(
            "(?<comment>//[^\\n]*|/\\*.*?\\*/)|(?<string>\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\])+')"
                    + "|(?<number>\\b\\d[\\w.]*)|(?<word>\\b[A-Za-z_]\\w*\\b)",
            Pattern.DOTALL);

    private JavaCode() {}

    /** Returns the content of a {@code pre} element. */
    static String html(String code) {
        StringBuilder html = new StringBuilder();
        Matcher token = TOKEN.matcher(code);
        int end = 0;
        while (token.find()) {
            html.append(HtmlText.escape(code.substring(end, token.start())));
            html.append(html(token));
            end = token.end();
        }
        return html.append(HtmlText.escape(code.substring(end))).toString();
    }

    private static String html(Matcher token) {
        String text = HtmlText.escape(token.group());
        if (token.group("comment") != null) {
            String comment = token.group();
            boolean formulaAlone = comment.matches("// \\$[^$]+\\$");
            return "<span class=\"" + (formulaAlone ? "f" : "c") + "\">"
                    + comment(formulaAlone ? comment.substring(3) : comment) + "</span>";
        }
        if (token.group("string") != null) {
            return "<span class=\"s\">" + text + "</span>";
        }
        if (token.group("number") != null) {
            return "<span class=\"n\">" + text + "</span>";
        }
        return KEYWORDS.contains(token.group()) ? "<span class=\"k\">" + text + "</span>" : text;
    }

    /** Formulas between dollar signs are set as formulas, the rest as it is. */
    private static String comment(String comment) {
        StringBuilder html = new StringBuilder();
        String[] parts = comment.split("\\$", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean formula = i % 2 == 1 && i < parts.length - 1;
            html.append(formula ? Formula.of(parts[i]).inlineMathMl() : HtmlText.escape(parts[i]));
        }
        return html.toString();
    }
}
