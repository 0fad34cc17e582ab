package dev.jzoo.report;

/** The syntax that HTML and SVG share. */
final class Markup {

    private Markup() {}

    /**
     * Text as it is written between tags and between double quotes. What XML 1.0 cannot hold (control characters, halves of
     * surrogate pairs), and what turns the direction of a text, becomes U+FFFD, so that no label or generated text can break a
     * page or show another than it is.
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
                default -> out.appendCodePoint(isXmlCharacter(c) && !isHidden(c) ? c : 0xFFFD);
            }
        });
        return out.toString();
    }

    /** Control characters that XML allows, and overrides and isolates of a direction. */
    private static boolean isHidden(int c) {
        return c >= 0x7F && c <= 0x9F || c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
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
