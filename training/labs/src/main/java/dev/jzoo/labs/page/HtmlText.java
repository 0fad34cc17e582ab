package dev.jzoo.labs.page;

/** Text for use between tags and in double quotes. */
final class HtmlText {

    private HtmlText() {}

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
