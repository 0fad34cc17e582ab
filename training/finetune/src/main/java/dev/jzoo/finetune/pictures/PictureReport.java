package dev.jzoo.finetune.pictures;

import dev.jzoo.datasets.pictures.PictureFolder.Subset;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What {@link PictureCheck} found in a folder of pictures.
 *
 * @param folder that was checked
 * @param labels names of the classes, sorted
 * @param counts how many pictures each class has that can be read, by part, in the order of the labels
 * @param findings the worst first, then by file
 */
public record PictureReport(
        Path folder, List<String> labels, Map<Subset, List<Integer>> counts, List<Finding> findings) {

    public PictureReport {
        labels = List.copyOf(labels);
        counts = Collections.unmodifiableMap(new EnumMap<>(counts));
        findings = List.copyOf(findings);
    }

    /** How many pictures can be read. */
    public int readable() {
        return counts.values().stream()
                .flatMap(List::stream)
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** The pictures that cannot be read: for {@link dev.jzoo.datasets.pictures.PictureFolder#without}. */
    public List<Path> unreadable() {
        return findings.stream()
                .filter(finding -> finding.kind() == Finding.FindingKind.UNREADABLE)
                .flatMap(finding -> finding.files().stream())
                .toList();
    }

    /** All of it for people, lines with an end; of many findings of a kind, the first few. */
    public String text() {
        return ReportText.of(this);
    }
}
