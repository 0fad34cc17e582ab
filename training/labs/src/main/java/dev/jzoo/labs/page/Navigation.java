package dev.jzoo.labs.page;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Links at the top of a page to other pages of its site.
 *
 * @param links links in reading order
 */
public record Navigation(List<NavigationLink> links) {

    /** Copies the list. */
    public Navigation {
        links = List.copyOf(links);
    }

    /**
     * A link.
     *
     * @param text text of the link
     * @param target file name of a page of the site
     */
    public record NavigationLink(String text, String target) {}

    /** Returns the links as an element {@code nav}; the empty text if there are none. */
    public String html() {
        return links.isEmpty()
                ? ""
                : links.stream()
                        .map(link -> "<a href=\"" + HtmlText.escape(link.target()) + "\">"
                                + HtmlText.escape(link.text()) + "</a>")
                        .collect(Collectors.joining("\n", "<nav>\n", "\n</nav>\n"));
    }
}
