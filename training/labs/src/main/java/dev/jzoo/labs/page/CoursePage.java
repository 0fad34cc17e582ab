package dev.jzoo.labs.page;

import dev.jzoo.report.Report;

/** The frame that all pages of the course share: the look of reports, and links to other pages. */
public final class CoursePage {

    private CoursePage() {}

    /** Creates a page with a heading and links. */
    public static Report titled(String title, Navigation navigation) {
        return Report.titled(title).style(PageStyle.css()).markup(navigation.html());
    }
}
