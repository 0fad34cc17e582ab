package dev.jzoo.training.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** A reader of a page's charts, as a person sees them: legends with their colours, and the labels along the bottom. */
public final class ChartReader {

    /**
     * A chart.
     *
     * @param description the text for screen readers
     * @param legend colour by name, in order; "ink" for the colour of the text
     * @param bottom the labels of the x axis' ticks, from left to right
     */
    public record Chart(String description, Map<String, String> legend, List<String> bottom) {

        /** Returns whether it shows values by epoch. */
        public boolean isOfEpochs() {
            return description.contains(" over epoch.");
        }
    }

    private ChartReader() {}

    /** Returns the charts of a page, or of a single drawing. */
    public static List<Chart> charts(String page) throws Exception {
        List<Chart> charts = new ArrayList<>();
        for (Element svg : Xml.elements(Xml.parse(page), "svg")) {
            charts.add(chart(svg));
        }
        return charts;
    }

    private static Chart chart(Element svg) {
        Map<String, String> legend = new LinkedHashMap<>();
        List<String> bottom = new ArrayList<>();
        Element before = null;
        for (Node node = svg.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                if (element.getTagName().equals("text") && before != null) {
                    if (before.getTagName().equals("g")) {
                        String colour = before.getAttribute("class").replace("jz-", "");
                        legend.put(element.getTextContent(), colour.isEmpty() ? "ink" : colour);
                    } else if (element.getAttribute("text-anchor").equals("middle")
                            && before.getTagName().equals("line")
                            && isUpright(before)) {
                        bottom.add(element.getTextContent());
                    }
                }
                before = element;
            }
        }
        return new Chart(svg.getAttribute("aria-label"), legend, bottom);
    }

    private static boolean isUpright(Element line) {
        return line.getAttribute("x1").equals(line.getAttribute("x2"));
    }
}
