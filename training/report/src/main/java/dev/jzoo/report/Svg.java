package dev.jzoo.report;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A writer of one SVG drawing. Attributes are given as name, value, name, value; numbers are rounded to hundredths of a pixel.
 * Lines and letters use currentColor, so a drawing has the colours of its page.
 */
final class Svg {

    private static final String FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Starts a drawing of that size in pixels. Screen readers read the description. */
    Svg(double width, double height, String description) {
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"");
        attributes("aria-label", description, "width", width, "height", height);
        attributes("viewBox", "0 0 " + Numerals.coordinate(width) + " " + Numerals.coordinate(height));
        attributes("font-family", FONTS, "font-size", 12, "fill", "currentColor");
        out.append(">\n");
        open.push("svg");
    }

    /** Opens an element that {@link #close()} ends. */
    Svg open(String element, Object... attributes) {
        tag(element, attributes).append(">\n");
        open.push(element);
        return this;
    }

    /** Ends the element that was opened last. */
    Svg close() {
        out.append("</").append(open.pop()).append(">\n");
        return this;
    }

    /** Writes an element without content. */
    Svg leaf(String element, Object... attributes) {
        tag(element, attributes).append("/>\n");
        return this;
    }

    /** Writes text with its baseline at y. The anchor is start, middle or end. An empty text draws nothing. */
    Svg text(double x, double y, String anchor, String text, Object... attributes) {
        if (text.isEmpty()) {
            return this;
        }
        tag("text", "x", x, "y", y, "text-anchor", anchor);
        attributes(attributes);
        out.append('>').append(Markup.escape(text)).append("</text>\n");
        return this;
    }

    /** Writes text that runs upwards, with its middle at (x, y). */
    Svg upright(double x, double y, String text) {
        String turn = "rotate(-90 " + Numerals.coordinate(x) + " " + Numerals.coordinate(y) + ")";
        return text(x, y, "middle", text, "font-size", 12.5, "transform", turn);
    }

    /** Draws a thin straight line of an opacity in [0, 1]. Dashes are as in stroke-dasharray. */
    Svg rule(double x1, double y1, double x2, double y2, double opacity, String dashes) {
        tag("line", "x1", x1, "y1", y1, "x2", x2, "y2", y2);
        attributes("stroke", "currentColor", "stroke-opacity", opacity, "stroke-dasharray", dashes);
        out.append("/>\n");
        return this;
    }

    /** Draws a filled rectangle with rounded corners, an opacity in [0, 1], and a tooltip. */
    Svg box(double x, double y, double width, double height, double radius, double opacity, String tooltip) {
        tag("rect", "x", x, "y", y, "width", width, "height", height);
        attributes("rx", radius, "fill-opacity", opacity);
        out.append('>');
        tooltip(tooltip);
        out.append("</rect>\n");
        return this;
    }

    /** Writes the tooltip of the open element. */
    Svg tooltip(String text) {
        out.append("<title>").append(Markup.escape(text)).append("</title>\n");
        return this;
    }

    /** Ends the drawing and returns it. */
    String finish() {
        close();
        if (!open.isEmpty()) {
            throw new IllegalStateException("These elements are still open: " + open + ".");
        }
        return out.toString();
    }

    /**
     * Returns the estimated width of text in pixels. The estimate is rather too wide than too narrow, because the reader's font
     * is not known.
     */
    static double widthOf(String text, double fontSize) {
        return text.codePointCount(0, text.length()) * fontSize * 0.58;
    }

    private StringBuilder tag(String element, Object... attributes) {
        out.append('<').append(element);
        attributes(attributes);
        return out;
    }

    private void attributes(Object... attributes) {
        for (int i = 0; i < attributes.length; i += 2) {
            Object value = attributes[i + 1];
            String text = value instanceof Number number ? Numerals.coordinate(number.doubleValue()) : value.toString();
            out.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(Markup.escape(text))
                    .append('"');
        }
    }
}
