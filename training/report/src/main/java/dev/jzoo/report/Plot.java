package dev.jzoo.report;

import java.util.ArrayList;
import java.util.List;

/** A frame with two axes, a legend above it, and lines inside. */
final class Plot {

    private static final double RIGHT = 18;
    private static final double BELOW = 48;
    private static final double LEGEND_ROW = 22;
    private static final double LEGEND_SAMPLE = 32;
    /** The maximum number of points of a line with markers. More markers would touch each other. */
    private static final int MARKERS = 60;

    private final Svg svg;
    private final Axis xAxis;
    private final Axis yAxis;
    private final double left;
    private final double top;
    private final double right;
    private final double bottom;

    /** One entry of a legend. */
    record Key(String name, Line.LineStyle stroke, Palette colour, int shape) {}

    Plot(double width, double height, String description, Axis xAxis, Axis yAxis, List<Key> legend) {
        this.xAxis = xAxis;
        this.yAxis = yAxis;
        double widest = yAxis.ticks().stream()
                .mapToDouble(tick -> Svg.widthOf(tick.label(), 12))
                .max()
                .orElse(0);
        left = 34 + widest;
        right = width - RIGHT;
        bottom = height - (xAxis.label().isEmpty() ? BELOW - 20 : BELOW);
        svg = new Svg(width, height, description);
        top = 12 + legend(legend);
        frame();
    }

    /** Returns the drawing, for parts other than frame and lines. */
    Svg svg() {
        return svg;
    }

    double x(double value) {
        return left + (right - left) * xAxis.share(value);
    }

    double y(double value) {
        return bottom - (bottom - top) * yAxis.share(value);
    }

    double top() {
        return top;
    }

    double bottom() {
        return bottom;
    }

    /** Returns the legend entries of these lines. */
    static List<Key> keys(List<Line> lines) {
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            keys.add(new Key(line.name, line.stroke, line.colour, hasMarkers(line) ? i : -1));
        }
        return keys;
    }

    /** Draws lines, the first one on top. */
    void lines(List<Line> lines) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            line(lines.get(i), i);
        }
    }

    /** Draws a vertical dashed line, with the names of its two sides. */
    void split(double value, String before, String after) {
        double x = x(value);
        svg.rule(x, top, x, bottom, 0.6, "3 4");
        svg.text(x - 8, top + 14, "end", "← " + before, "fill-opacity", 0.75);
        svg.text(x + 8, top + 14, "start", after + " →", "fill-opacity", 0.75);
    }

    private static boolean hasMarkers(Line line) {
        return line.y.length <= MARKERS
                && (line.stroke == Line.LineStyle.MARKED || line.stroke == Line.LineStyle.FAINT);
    }

    private void line(Line line, int shape) {
        line.colour.open(svg);
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < line.y.length; i++) {
            path.append(i == 0 ? "M" : " L").append(Numerals.coordinate(x(line.x[i])));
            path.append(' ').append(Numerals.coordinate(y(line.y[i])));
        }
        stroke(path.toString(), line.stroke);
        if (hasMarkers(line)) {
            for (int i = 0; i < line.y.length; i++) {
                svg.open("g");
                svg.tooltip(line.name + ": " + Numerals.significant(line.y[i]) + " at " + xAxis.label() + " "
                        + Numerals.significant(line.x[i]));
                Marker.draw(svg, shape, x(line.x[i]), y(line.y[i]));
                svg.close();
            }
        }
        svg.close();
    }

    private void stroke(String path, Line.LineStyle stroke) {
        svg.leaf(
                "path",
                "d",
                path,
                "fill",
                "none",
                "stroke",
                "currentColor",
                "stroke-width",
                stroke.width,
                "stroke-dasharray",
                stroke.dashes,
                "stroke-linejoin",
                "round",
                "stroke-linecap",
                stroke == Line.LineStyle.DOTTED ? "round" : "butt");
    }

    /** Draws the legend and returns its height. */
    private double legend(List<Key> keys) {
        double x = left;
        double y = 14;
        for (Key key : keys) {
            double width = LEGEND_SAMPLE + Svg.widthOf(key.name(), 12.5) + 18;
            if (x > left && x + width > right + RIGHT) {
                x = left;
                y += LEGEND_ROW;
            }
            key.colour().open(svg);
            stroke("M" + Numerals.coordinate(x) + " " + Numerals.coordinate(y) + " h24", key.stroke());
            if (key.shape() >= 0) {
                Marker.draw(svg, key.shape(), x + 12, y);
            }
            svg.close();
            svg.text(x + LEGEND_SAMPLE, y + 4, "start", key.name(), "font-size", 12.5);
            x += width;
        }
        return keys.isEmpty() ? 0 : y + 8;
    }

    private void frame() {
        for (Axis.Tick tick : yAxis.ticks()) {
            double y = y(tick.value());
            svg.rule(left, y, right, y, 0.13, "none");
            svg.text(left - 8, y + 4, "end", tick.label(), "fill-opacity", 0.75);
        }
        for (Axis.Tick tick : xAxis.ticks()) {
            double x = x(tick.value());
            svg.rule(x, bottom, x, bottom + 5, 0.6, "none");
            svg.text(x, bottom + 19, "middle", tick.label(), "fill-opacity", 0.75);
        }
        svg.rule(left, bottom, right, bottom, 0.6, "none");
        svg.text((left + right) / 2, bottom + 40, "middle", xAxis.label(), "font-size", 12.5);
        svg.upright(14, (top + bottom) / 2, yAxis.label());
    }
}
