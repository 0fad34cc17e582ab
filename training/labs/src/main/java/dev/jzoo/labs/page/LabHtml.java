package dev.jzoo.labs.page;

import dev.jzoo.labs.ClaimResult;
import dev.jzoo.labs.FinishedLab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabOutput;
import dev.jzoo.labs.LabSize;
import dev.jzoo.labs.PlacedOutput;
import dev.jzoo.labs.source.LabCell;
import dev.jzoo.labs.source.LabSource;
import dev.jzoo.labs.text.Markdown;
import dev.jzoo.report.Report;
import java.util.ArrayList;
import java.util.List;

/**
 * The page of a lab that ran: text, code with formulas, figures and claims in the order of the source. If the source is not on the
 * class path, the page has the figures and claims only.
 */
public final class LabHtml {

    private LabHtml() {}

    /** Returns a page that stands alone. Equal outputs give equal bytes; the duration is not on it. */
    public static String of(FinishedLab finished) {
        return of(finished, new Navigation(List.of()));
    }

    /** Returns a page of a site. */
    public static String of(FinishedLab finished, Navigation navigation) {
        LabInfo info = finished.lab().info();
        List<ClaimResult> claims = finished.claims();
        long holding = claims.stream()
                .filter(claim -> claim.outcome() == ClaimResult.ClaimOutcome.HOLDS)
                .count();
        Report page = CoursePage.titled(info.title(), navigation);
        if (finished.outputs().stream().anyMatch(placed -> placed.output() instanceof LabOutput.ShownFrames)) {
            page.sliders();
        }
        return page.summary(info.question())
                .markup("<p class=\"crumbs\">" + HtmlText.escape(info.chapter().title()) + " · " + holding + " of "
                        + claims.size() + " claims hold</p>\n")
                .markup("<div class=\"lab\">\n" + body(finished) + "</div>\n")
                .section("Run it yourself")
                .verbatim(command(finished))
                .html();
    }

    private static String command(FinishedLab finished) {
        return "jzoo lab run " + finished.lab().info().id()
                + (finished.size() == LabSize.FULL
                        ? ""
                        : finished.size() == LabSize.QUICK ? " --quick" : " (smallest size, for tests)")
                + (finished.seed() == 1 ? "" : " --seed " + finished.seed()) + "\njzoo lab notebook "
                + finished.lab().info().id() + " --to " + finished.lab().info().id() + ".ipynb";
    }

    /** Returns the text, the code and the outputs. An output stands after the cell whose line produced it; one from elsewhere stands at the end. */
    private static String body(FinishedLab finished) {
        List<LabCell> cells =
                LabSource.of(finished.lab().getClass()).map(LabSource::cells).orElse(List.of());
        StringBuilder html = new StringBuilder();
        List<LabCell> definitions = new ArrayList<>();
        for (LabCell cell : cells) {
            if (cell.kind() == LabCell.CellKind.DEFINITION) {
                definitions.add(cell);
                continue;
            }
            html.append(CodeHtml.definitions(definitions));
            definitions.clear();
            html.append(
                    cell.kind() == LabCell.CellKind.TEXT
                            ? Markdown.of(cell.content()).html()
                            : CodeHtml.statements(cell));
            html.append(outputs(finished.outputs().stream()
                    .filter(placed -> cell.contains(placed.line()))
                    .toList()));
        }
        return html.append(outputs(finished.outputs().stream()
                        .filter(placed -> cells.stream().noneMatch(cell -> cell.contains(placed.line())))
                        .toList()))
                .toString();
    }

    private static String outputs(List<PlacedOutput> placed) {
        List<LabOutput> outputs = placed.stream().map(PlacedOutput::output).toList();
        return outputs.isEmpty() ? "" : "<div class=\"output\">\n" + OutputHtml.of(outputs) + "</div>\n";
    }
}
