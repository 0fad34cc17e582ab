package dev.jzoo.finetune.pictures;

import dev.jzoo.datasets.pictures.PictureFolder.Subset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A {@link PictureReport} as text: the number of pictures, then the findings. */
final class ReportText {

    /** Number of findings of a kind that are listed individually. */
    private static final int TOLD = 5;

    private final PictureReport report;
    private final StringBuilder text = new StringBuilder();

    private ReportText(PictureReport report) {
        this.report = report;
    }

    static String of(PictureReport report) {
        ReportText text = new ReportText(report);
        text.counts();
        report.findings().stream()
                .collect(Collectors.groupingBy(Finding::kind, TreeMap::new, Collectors.toList()))
                .forEach(text::findings);
        return text.text.toString();
    }

    private void counts() {
        int unreadable = report.unreadable().size();
        line(report.folder() + ": " + count(report.readable() + unreadable, "picture") + ", "
                + report.labels().size() + " classes"
                + (unreadable == 0 ? ", all can be read" : ", " + unreadable + " cannot be read"));
        int widest = report.labels().stream().mapToInt(String::length).max().orElse(0);
        List<Subset> parts = new ArrayList<>(report.counts().keySet());
        if (!parts.equals(List.of(Subset.WHOLE))) {
            line("  " + " ".repeat(widest)
                    + parts.stream().map(part -> cell(name(part))).collect(Collectors.joining()));
        }
        for (int i = 0; i < report.labels().size(); i++) {
            String label = report.labels().get(i);
            int row = i;
            line("  " + label + " ".repeat(widest - label.length())
                    + parts.stream()
                            .map(part -> cell(report.counts().get(part).get(row).toString()))
                            .collect(Collectors.joining()));
        }
    }

    private void findings(Finding.FindingKind kind, List<Finding> findings) {
        line((kind.isWarning() ? "WARNING " : "note ") + kind.words() + ":");
        findings.stream().limit(TOLD).forEach(finding -> line("  " + finding.message()));
        if (findings.size() > TOLD) {
            line("  and " + (findings.size() - TOLD) + " more");
        }
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static String cell(String value) {
        return String.format(Locale.ROOT, "%12s", value);
    }

    static String name(Subset part) {
        return part.name().toLowerCase(Locale.ROOT);
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
