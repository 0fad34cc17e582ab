package dev.jzoo.labs.page;

/** Text for use between tags and in double quotes. */
public final class HtmlText {

    private HtmlText() {}

    /** Escapes a text. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
