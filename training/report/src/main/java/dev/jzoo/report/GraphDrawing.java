package dev.jzoo.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A small directed graph without cycles, such as a computation graph, laid out in layers from left to right.
 *
 * <pre>{@code
 * GraphDrawing.empty().node("a", "a", "value 2", "gradient 3").node("c", "×", "value 6", "gradient 1").edge("a", "c").figure("...")
 * }</pre>
 */
public final class GraphDrawing {

    private static final double BOX_HEIGHT = 58;
    private static final double ROW_GAP = 18;
    private static final double COLUMN_GAP = 42;
    private static final double EDGE = 10;

    /** A node with its label and two lines of text, which may be empty. */
    record GraphNode(String id, String label, String first, String second) {}

    private final Map<String, GraphNode> nodes = new LinkedHashMap<>();
    private final Map<String, List<String>> inputs = new LinkedHashMap<>();

    private GraphDrawing() {}

    /** Creates a drawing without nodes. */
    public static GraphDrawing empty() {
        return new GraphDrawing();
    }

    /** Adds a node with a label and two lines of text; empty lines are not drawn. The id only names it in this drawing. */
    public GraphDrawing node(String id, String label, String first, String second) {
        if (label.isBlank() || nodes.putIfAbsent(id, new GraphNode(id, label, first, second)) != null) {
            throw new IllegalArgumentException(
                    "Node '" + id + "' must have a label and an id of its own, not the label '" + label + "'.");
        }
        inputs.put(id, new ArrayList<>());
        return this;
    }

    /** Adds an arrow between two nodes that were added before. */
    public GraphDrawing edge(String from, String to) {
        if (!nodes.containsKey(from) || !nodes.containsKey(to)) {
            throw new IllegalArgumentException("The arrow from '" + from + "' to '" + to
                    + "' has an unknown end. Add node(id, label, first, second) before it.");
        }
        GraphLayout.at(inputs, to).add(from);
        return this;
    }

    /**
     * Draws the graph.
     *
     * @throws IllegalArgumentException if there is no node, or the arrows form a circle
     */
    public Figure figure(String caption) {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("The graph has no nodes. Add node(id, label, first, second).");
        }
        GraphLayout layout = GraphLayout.of(inputs);
        double[] widths = new double[layout.layers().size()];
        nodes.values().forEach(node -> {
            int layer = layout.layer(node.id);
            widths[layer] = Math.max(widths[layer], width(node));
        });
        double[] lefts = new double[widths.length];
        double left = EDGE;
        for (int i = 0; i < widths.length; i++) {
            lefts[i] = left;
            left += widths[i] + COLUMN_GAP;
        }
        int width = (int) Math.ceil(left - COLUMN_GAP + EDGE);
        int height = (int) Math.ceil(2 * EDGE + layout.rows() * (BOX_HEIGHT + ROW_GAP) - ROW_GAP);
        String description = describe();
        Svg svg = new Svg(width, height, description);
        inputs.forEach((to, sources) -> sources.forEach(from -> {
            int fromLayer = layout.layer(from);
            int toLayer = layout.layer(to);
            arrow(svg, lefts[fromLayer] + widths[fromLayer], middle(layout, from), lefts[toLayer], middle(layout, to));
        }));
        nodes.values().forEach(node -> {
            int layer = layout.layer(node.id);
            box(svg, node, lefts[layer], middle(layout, node.id), widths[layer]);
        });
        // Letters of nodes stay readable, so a wide graph scrolls early.
        return new Figure(caption, description, new Figure.Drawing(svg.finish(), width * 17 / 20));
    }

    private static double middle(GraphLayout layout, String id) {
        return EDGE + layout.row(id) * (BOX_HEIGHT + ROW_GAP) + BOX_HEIGHT / 2;
    }

    private static double width(GraphNode node) {
        double lines = Math.max(Svg.widthOf(node.first, 11.5), Svg.widthOf(node.second, 11.5));
        return 18 + Math.max(34, Math.max(lines, Svg.widthOf(node.label, 13.5)));
    }

    private static void box(Svg svg, GraphNode node, double left, double middle, double width) {
        double top = middle - BOX_HEIGHT / 2;
        svg.open("g");
        svg.tooltip(text(node));
        // The card's own colour hides arrows that pass under the box.
        svg.leaf(
                "rect",
                "x",
                left,
                "y",
                top,
                "width",
                width,
                "height",
                BOX_HEIGHT,
                "rx",
                7,
                "fill",
                "var(--card, #ffffff)",
                "stroke",
                "currentColor",
                "stroke-opacity",
                0.45);
        List<String> lines = List.of(node.first, node.second).stream()
                .filter(line -> !line.isEmpty())
                .toList();
        double x = left + width / 2;
        double y = middle + 5 - 8 * lines.size();
        svg.text(x, y, "middle", node.label, "font-size", 13.5, "font-weight", 600);
        for (String line : lines) {
            y += 15.5;
            svg.text(x, y, "middle", line, "font-size", 11.5, "fill-opacity", 0.8);
        }
        svg.close();
    }

    private static void arrow(Svg svg, double x1, double y1, double x2, double y2) {
        double bend = Math.max(COLUMN_GAP / 2, (x2 - x1) / 3);
        String path = "M" + point(x1, y1) + " C" + point(x1 + bend, y1) + " " + point(x2 - bend, y2) + " "
                + point(x2 - 6, y2);
        svg.leaf("path", "d", path, "fill", "none", "stroke", "currentColor", "stroke-opacity", 0.6);
        svg.leaf("path", "d", "M" + point(x2, y2) + " l-8 -4 v8 z", "fill-opacity", 0.75);
    }

    private static String point(double x, double y) {
        return Numerals.coordinate(x) + " " + Numerals.coordinate(y);
    }

    private String describe() {
        StringBuilder out = new StringBuilder("Graph of " + nodes.size() + (nodes.size() == 1 ? " node." : " nodes."));
        nodes.values().forEach(node -> {
            List<String> from = GraphLayout.at(inputs, node.id).stream()
                    .map(id -> GraphLayout.at(nodes, id).label)
                    .toList();
            out.append(' ').append(text(node));
            out.append(from.isEmpty() ? "." : "; from " + String.join(", ", from) + ".");
        });
        return out.toString();
    }

    private static String text(GraphNode node) {
        return node.label
                + (node.first.isEmpty() ? "" : ", " + node.first)
                + (node.second.isEmpty() ? "" : ", " + node.second);
    }
}
