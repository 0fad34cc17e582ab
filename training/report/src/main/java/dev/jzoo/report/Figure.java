package dev.jzoo.report;

/**
 * A drawing with its caption, made by {@link LineChart}, {@link ConfusionMatrix}, {@link ForecastChart}, {@link ScatterChart},
 * {@link SignalGrid}, {@link Histogram} or {@link ReliabilityDiagram}.
 * The drawing also stands alone: {@link #svg()} is a well-formed document that may be written to a file of its own.
 */
public final class Figure {

    private final String caption;
    private final String description;
    private final String svg;
    private final int width;

    Figure(String caption, String description, String svg, int width) {
        if (caption.isBlank()) {
            throw new IllegalArgumentException("A figure needs a caption that says what it shows, not a blank one.");
        }
        this.caption = caption;
        this.description = description;
        this.svg = svg;
        this.width = width;
    }

    /** What it shows, a sentence under the drawing. */
    public String caption() {
        return caption;
    }

    /** What a reader who cannot see the drawing is told: its kind, and the values that matter. */
    public String description() {
        return description;
    }

    /** The drawing as an XML element {@code <svg role="img">} whose lines and letters take currentColor. */
    public String svg() {
        return svg;
    }

    /** Its width in pixels at natural size. */
    int width() {
        return width;
    }
}
