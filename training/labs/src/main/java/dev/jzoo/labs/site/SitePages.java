package dev.jzoo.labs.site;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.ClaimResult.ClaimOutcome;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabRecord;
import dev.jzoo.labs.page.CoursePage;
import dev.jzoo.labs.page.HtmlText;
import dev.jzoo.labs.page.Navigation;
import dev.jzoo.labs.text.Markdown;
import dev.jzoo.report.Report;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The pages of the site that are not about one lab. */
final class SitePages {

    private static final Navigation HOME =
            new Navigation(List.of(new Navigation.NavigationLink("Course", "index.html")));

    private SitePages() {}

    static String guide(Guide guide) {
        return CoursePage.titled(guide.title(), HOME)
                .markup("<div class=\"lab guide\">\n"
                        + Markdown.of(guide.markdown()).html() + "</div>\n")
                .html();
    }

    static String index(List<LabInfo> labs, List<LabRecord> records) {
        long holding = CourseSite.count(records, ClaimOutcome.HOLDS);
        long differing = CourseSite.count(records, ClaimOutcome.DIFFERS);
        Report page = CoursePage.titled("Deep learning in Java", new Navigation(List.of()))
                .summary(
                        "A course that checks itself: each lab measures what it claims, and shows when a claim does not hold.")
                .fact("labs", String.valueOf(labs.size()))
                .fact("claims that hold", String.valueOf(holding), "of " + (holding + differing))
                .fact(
                        "entries of five courses",
                        String.valueOf(CoveredEntry.all().size()),
                        "each with what covers it")
                .section("Guides")
                .markup(guides());
        Map<String, LabRecord> byId = records.stream().collect(Collectors.toMap(LabRecord::id, Function.identity()));
        for (Chapter chapter : Chapter.values()) {
            List<LabInfo> contents = CourseSite.of(chapter, labs);
            if (!contents.isEmpty()) {
                page.section(chapter.title()).paragraph(chapter.summary()).markup(labs(contents, byId));
            }
        }
        return page.section("Coverage")
                .markup(
                        "<p class=\"index\"><a href=\"coverage.html\">What covers each entry of the five courses</a></p>\n")
                .html();
    }

    private static String guides() {
        StringBuilder html = new StringBuilder("<ul class=\"index\">\n");
        for (Guide guide : Guide.values()) {
            html.append(
                    "<li><a href=\"guide-" + guide.id() + ".html\">" + HtmlText.escape(guide.title()) + "</a></li>\n");
        }
        return html.append("</ul>\n").toString();
    }

    private static String labs(List<LabInfo> labs, Map<String, LabRecord> records) {
        StringBuilder html = new StringBuilder("<ul class=\"index cards\">\n");
        for (LabInfo lab : labs) {
            html.append("<li><a href=\"" + lab.id() + ".html\">" + HtmlText.escape(lab.title()) + "</a><span>"
                    + HtmlText.escape(lab.question()) + "</span>" + state(records.get(lab.id())) + "</li>\n");
        }
        return html.append("</ul>\n").toString();
    }

    private static String state(LabRecord record) {
        if (record == null) {
            return "<small>not run</small>";
        }
        long holding = record.count(ClaimOutcome.HOLDS);
        return "<small class=\"" + (record.passes() ? "holds" : "fails") + "\">" + holding + " of "
                + record.claims().size() + " claims hold</small>";
    }

    static String coverage(List<CoveredEntry> entries, List<LabRecord> records) {
        Map<String, LabRecord> byId = records.stream().collect(Collectors.toMap(LabRecord::id, Function.identity()));
        Report page = CoursePage.titled("What the course covers", HOME)
                .summary(
                        "Each notebook, guide and example of the five courses, and the lab, recipe or command that covers it.");
        Map<String, List<CoveredEntry>> courses = entries.stream()
                .collect(
                        Collectors.groupingBy(CoveredEntry::course, java.util.LinkedHashMap::new, Collectors.toList()));
        courses.forEach((course, rows) -> {
            StringBuilder html =
                    new StringBuilder("<div class=\"scroll index\"><table>\n<thead><tr><th scope=\"col\">Entry</th>"
                            + "<th scope=\"col\">Covered by</th><th scope=\"col\">Claims</th></tr></thead>\n<tbody>\n");
            rows.forEach(row -> html.append("<tr><th scope=\"row\">" + HtmlText.escape(row.entry()) + "</th><td>"
                    + row.covered().stream().map(SitePages::cover).collect(Collectors.joining(", ")) + "</td><td>"
                    + claims(row, byId) + "</td></tr>\n"));
            page.section(course)
                    .markup(html.append("</tbody>\n</table></div>\n").toString());
        });
        return page.html();
    }

    private static String cover(CoveredEntry.Cover cover) {
        String name = HtmlText.escape(cover.name());
        return switch (cover.kind()) {
            case LAB -> "<a href=\"" + name + ".html\">" + name + "</a>";
            case GUIDE -> "<a href=\"guide-" + name + ".html\">guide: " + name + "</a>";
            case RECIPE -> "<code>jzoo train " + name + "</code>";
            case COMMAND -> "<code>jzoo " + name + "</code>";
        };
    }

    /** Claims of the labs of an entry. The claims of a recipe are the metrics of its card, which 'jzoo verify --metrics' checks. */
    private static String claims(CoveredEntry entry, Map<String, LabRecord> records) {
        List<LabRecord> labs = entry.covered().stream()
                .filter(cover -> cover.kind() == CoveredEntry.CoverKind.LAB && records.containsKey(cover.name()))
                .map(cover -> records.get(cover.name()))
                .toList();
        long holding = CourseSite.count(labs, ClaimOutcome.HOLDS);
        return labs.isEmpty()
                ? "in the card"
                : holding + " of " + (holding + CourseSite.count(labs, ClaimOutcome.DIFFERS)) + " hold";
    }
}
