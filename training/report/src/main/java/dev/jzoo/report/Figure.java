package dev.jzoo.report;

/**
 * A drawing with its caption, made by {@link LineChart}, {@link ConfusionMatrix}, {@link ForecastChart}, {@link ScatterChart},
 * {@link SignalGrid}, {@link Histogram} or {@link ReliabilityDiagram}. The drawing can also be used alone: {@link #svg()} is a
 * well-formed document that can be written to its own file.
 */
public final class Figure {

    private final String caption;
    private final String description;
    private final String svg;
    private final int width;

    Figure(String caption, String description, String svg, int width) {
        if (caption.isBlank()) {
            throw new IllegalArgumentException("The caption of a figure must not be blank.");
        }
        this.caption = caption;
        this.description = description;
        this.svg = svg;
        this.width = width;
    }

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

    /** Returns the drawing with its caption as an element {@code <figure>}. */
    public String html() {
        // On a narrow screen, the drawing shrinks to the smallest readable size and scrolls from there.
        return "<figure class=\"chart\">\n<div class=\"scroll\"><div style=\"min-width: " + width * 3 / 5 + "px\">"
                + svg + "</div></div><figcaption>" + Markup.escape(caption) + "</figcaption>\n</figure>\n";
    }

    /** Returns the width in pixels at natural size. */
    int width() {
        return width;
    }
}
