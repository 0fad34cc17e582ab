package dev.jzoo.labs.notebook;

import dev.jzoo.labs.math.Formula;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The comments of Java code, with formulas as plain text. A cell of code cannot show them set. */
final class CodeComments {

    /** A comment (group 1), or a string or character, in which two slashes begin no comment. */
    private static final Pattern COMMENT = Pattern.compile(
            "(//[^\n]*|/\\*.*?\\*/)|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\"|'(?:\\\\.|[^'\\\\\n])+'",
            Pattern.DOTALL);

    private static final Pattern FORMULA = Pattern.compile("\\$([^$\n]+)\\$");

    private CodeComments() {}

    /** Returns the code with its formulas as text: {@code // $x^2$} becomes {@code // x^2}. */
    static String plain(String code) {
        return COMMENT.matcher(code)
                .replaceAll(found ->
                        Matcher.quoteReplacement(found.group(1) == null ? found.group() : text(found.group())));
    }

    private static String text(String comment) {
        return FORMULA.matcher(comment)
                .replaceAll(formula ->
                        Matcher.quoteReplacement(Formula.of(formula.group(1)).text()));
    }
}
