package dev.jzoo.report;

/** The common syntax of HTML and SVG. */
final class Markup {

    private Markup() {}

    /**
     * Escapes text for use between tags and in double quotes. Characters that XML 1.0 does not allow (control characters,
     * unpaired surrogates) and characters that change the text direction become U+FFFD. So no label or generated text can break a
     * page or look like another text.
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

    /** Returns whether a character is a control character that XML allows, or an override or isolate of the text direction. */
    private static boolean isHidden(int c) {
        return c >= 0x7F && c <= 0x9F || c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
    }

    /** Returns whether XML 1.0 allows a character, production [2] Char. */
    private static boolean isXmlCharacter(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || c >= 0x20 && c <= 0xD7FF
                || c >= 0xE000 && c <= 0xFFFD
                || c >= 0x10000;
    }
}
