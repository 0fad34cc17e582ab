package dev.jzoo.finetune.pictures;

import dev.jzoo.datasets.pictures.PictureFolder.Subset;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The findings of {@link PictureCheck} in a folder of pictures.
 *
 * @param folder the folder that was checked
 * @param labels names of the classes, sorted
 * @param counts number of readable pictures of each class, by part, in the order of the labels
 * @param findings the worst first, then by file
 */
public record PictureReport(
        Path folder, List<String> labels, Map<Subset, List<Integer>> counts, List<Finding> findings) {

    public PictureReport {
        labels = List.copyOf(labels);
        counts = Collections.unmodifiableMap(new EnumMap<>(counts));
        findings = List.copyOf(findings);
    }

    /** Returns the number of readable pictures. */
    public int readable() {
        return counts.values().stream()
                .flatMap(List::stream)
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** Returns the unreadable pictures, for {@link dev.jzoo.datasets.pictures.PictureFolder#without}. */
    public List<Path> unreadable() {
        return findings.stream()
                .filter(finding -> finding.kind() == Finding.FindingKind.UNREADABLE)
                .flatMap(finding -> finding.files().stream())
                .toList();
    }

    /**
     * Returns the report as text, in lines that end with a line break. Lists only the first few of many findings of a
     * kind.
     */
    public String text() {
        return ReportText.of(this);
    }
}
