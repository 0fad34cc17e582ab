package dev.jzoo.labs.page;

import dev.jzoo.labs.ClaimResult;
import dev.jzoo.labs.LabOutput;
import java.util.List;

/** Outputs of a lab as HTML, for pages and notebooks. */
public final class OutputHtml {

    private OutputHtml() {}

    /** Returns some outputs in their order. Lines of text that follow each other are one block, and so are claims. */
    public static String of(List<LabOutput> outputs) {
        StringBuilder html = new StringBuilder();
        String open = "";
        for (LabOutput output : outputs) {
            String block = block(output);
            if (!block.equals(open)) {
                html.append(open.isEmpty() ? "" : "</" + open.split(" ")[0] + ">\n");
                html.append(block.isEmpty() ? "" : "<" + block + ">");
                open = block;
            }
            html.append(html(output));
        }
        return html.append(open.isEmpty() ? "" : "</" + open.split(" ")[0] + ">\n")
                .toString();
    }

    private static String block(LabOutput output) {
        if (output instanceof LabOutput.PrintedLine) {
            return "pre class=\"printed\"";
        }
        return output instanceof LabOutput.CheckedClaim ? "ul class=\"claims\"" : "";
    }

    private static String html(LabOutput output) {
        if (output instanceof LabOutput.DrawnFigure drawn) {
            return drawn.figure().html();
        }
        if (output instanceof LabOutput.ShownFrames shown) {
            return shown.frames().html();
        }
        if (output instanceof LabOutput.ShownTable shown) {
            return shown.table().html();
        }
        if (output instanceof LabOutput.PrintedLine printed) {
            return HtmlText.escape(printed.line()) + "\n";
        }
        return claim(((LabOutput.CheckedClaim) output).claim());
    }

    /** Returns a claim as an item of a list. */
    static String claim(ClaimResult claim) {
        boolean holds = claim.outcome() == ClaimResult.ClaimOutcome.HOLDS;
        boolean published = claim.source() == ClaimResult.ClaimSource.PUBLISHED;
        String kind = holds ? "holds" : published ? "differs" : "fails";
        String mark = holds ? "✓" : published ? "≠" : "✗";
        String spoken = holds ? "holds" : published ? "differs from the published value" : "does not hold";
        return "<li class=\"" + kind + "\"><span class=\"mark\" role=\"img\" aria-label=\"" + spoken + "\">" + mark
                + "</span><div>" + HtmlText.escape(claim.text())
                + (published ? " <small class=\"tag\">published</small>" : "") + "<small>measured <b>"
                + HtmlText.escape(claim.measured()) + "</b>, expected " + HtmlText.escape(claim.expected())
                + "</small></div></li>\n";
    }
}
