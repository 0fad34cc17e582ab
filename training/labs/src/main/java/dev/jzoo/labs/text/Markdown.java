package dev.jzoo.labs.text;

public final class Markdown {
    private Markdown() {}

    public static String html(String m) {
        return "<p>" + m.replace("&", "&amp;").replace("<", "&lt;") + "</p>\n";
    }
}
