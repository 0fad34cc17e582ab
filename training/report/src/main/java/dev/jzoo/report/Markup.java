package dev.jzoo.report;

/** The syntax that HTML and SVG share. */
final class Markup {

    private Markup() {}

    /**
     * Text as it is written between tags and between double quotes. What XML 1.0 cannot hold (control characters, halves of
     * surrogate pairs) becomes U+FFFD, so that no label or generated text can break a page.
     */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isXmlCharacter(c) ? c : 0xFFFD);
            }
        });
        return out.toString();
    }

    /** XML 1.0, production [2] Char. */
    private static boolean isXmlCharacter(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || c >= 0x20 && c <= 0xD7FF
                || c >= 0xE000 && c <= 0xFFFD
                || c >= 0x10000;
    }
}
