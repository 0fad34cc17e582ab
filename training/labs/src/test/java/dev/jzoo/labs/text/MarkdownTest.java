package dev.jzoo.labs.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTest {

    private static final String MATH = "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"";

    @Test
    void blocksBecomeElements() {
        String source = """
                ### Why zero fails

                All units of a layer
                stay equal.
                - first
                - second item,
                  continued
                $$x_i^2$$
                1. one
                2. two
                """;
        assertEquals(
                "<h3>Why zero fails</h3>\n<p>All units of a layer stay equal.</p>\n"
                        + "<ul>\n<li>first</li>\n<li>second item, continued</li>\n</ul>\n"
                        + "<div class=\"formula\">" + MATH
                        + " display=\"block\"><msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup></math></div>\n"
                        + "<ol>\n<li>one</li>\n<li>two</li>\n</ol>\n",
                Markdown.of(source).html());
        assertEquals(
                "### Why zero fails\n\nAll units of a layer stay equal.\n\n- first\n- second item, continued\n\n"
                        + "$$x_{i}^{2}$$\n\n1. one\n2. two",
                Markdown.of(source).notebook());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '~',
            value = {
                "a `x < y` b § a <code>x &lt; y</code> b § a `x < y` b",
                "*one* **two *three*** § <em>one</em> <strong>two <em>three</em></strong> § *one* **two *three***",
                "2 * 3 & 4 < 5 § 2 * 3 &amp; 4 &lt; 5 § 2 \\* 3 &amp; 4 &lt; 5",
                "[the `code`](a/b.html#c) § <a href=\"a/b.html#c\">the <code>code</code></a> § [the `code`](a/b.html#c)",
                "costs 5 \\$ and \\*x\\* § costs 5 $ and *x* § costs 5 \\$ and \\*x\\*",
                "snake_case § snake_case § snake\\_case",
                "<script>alert(1)</script> § &lt;script&gt;alert(1)&lt;/script&gt; § &lt;script>alert(1)&lt;/script>",
            })
    void spansAreWrittenForPagesAndNotebooks(String source, String html, String notebook) {
        assertEquals("<p>" + html + "</p>\n", Markdown.of(source).html());
        assertEquals(notebook, Markdown.of(source).notebook());
    }

    @Test
    void formulasWithinALineBecomeMathMlAndTex() {
        Markdown text = Markdown.of("The rate $eta/2$ is *small*.");
        assertEquals(
                "<p>The rate " + MATH + "><mfrac><mi>η</mi><mn>2</mn></mfrac></math> is <em>small</em>.</p>\n",
                text.html());
        assertEquals("The rate $\\frac{\\eta}{2}$ is *small*.", text.notebook());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '~',
            value = {
                "an `open code § '`' is missing",
                "an *open § '*' is missing",
                "an **open* § '**' is missing",
                "a $x § '$' is missing",
                "a $x_$ § cannot be read: at character 3",
                "[a link § ']' is missing",
                "[a link] § lacks its target",
                "[a](javascript:alert(1)) § neither a path nor an address",
            })
    void faultsAreReportedWithTheLine(String line, String part) {
        var error = assertThrows(IllegalArgumentException.class, () -> Markdown.of("First.\n\n" + line));
        assertTrue(error.getMessage().startsWith("Line 3 of the text: "), error.getMessage());
        assertTrue(error.getMessage().contains(part), error.getMessage());
    }
}
