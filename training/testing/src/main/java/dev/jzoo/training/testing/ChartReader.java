package dev.jzoo.training.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Reads the charts of a page as somebody who looks at it does: legends with their colours, and what is written along the bottom. */
public final class ChartReader {

    /**
     * A chart.
     *
     * @param description what a screen reader says
     * @param legend colour by name, in order; "ink" for the colour of the text
     * @param bottom what the ticks of the x axis say, from left to right
     */
    public record Chart(String description, Map<String, String> legend, List<String> bottom) {

        /** Whether it shows something by epoch. */
        public boolean isOfEpochs() {
            return description.contains(" over epoch.");
        }
    }

    private ChartReader() {}

    /** The charts of a page, or of a drawing that stands alone. */
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
