package dev.jzoo.report;

/**
 * A drawing with its caption, made by a chart such as {@link LineChart}. The drawing can also be used alone: {@link #svg()} is a
 * well-formed document that can be written to its own file.
 */
public final class Figure {

    private final String caption;
    private final String description;
    private final String svg;
    private final int narrowest;

    /** Creates a figure of a width in pixels that stays readable at three fifths of it. */
    Figure(String caption, String description, String svg, int width) {
        this(caption, description, new Drawing(svg, width * 3 / 5));
    }

    Figure(String caption, String description, Drawing drawing) {
        if (caption.isBlank()) {
            throw new IllegalArgumentException("The caption of a figure must not be blank.");
        }
        this.caption = caption;
        this.description = description;
        this.svg = drawing.svg;
        this.narrowest = drawing.narrowest;
    }

    /** A drawing, with the smallest width in pixels at which its letters are readable. */
    record Drawing(String svg, int narrowest) {}

    /** Returns the caption, a sentence under the drawing that says what it shows. */
    public String caption() {
        return caption;
    }

    /** Returns the description for readers who cannot see the drawing: its kind, and the values that matter. */
    public String description() {
        return description;
    }

    /** Returns the drawing as an XML element {@code <svg role="img">}. Its lines and letters use currentColor. */
    public String svg() {
        return svg;
    }

    /** Returns the figure as an HTML element. On a narrow screen, the drawing shrinks while it is readable, then it scrolls. */
    public String html() {
        return "<figure class=\"chart\">\n<div class=\"scroll\"><div style=\"min-width: " + narrowest + "px\">" + svg
                + "</div></div><figcaption>" + Markup.escape(caption) + "</figcaption>\n</figure>\n";
    }
}
