package dev.jzoo.cli.checks;

import dev.jzoo.cli.console.Output;
import dev.jzoo.cli.console.PictureProgress;
import dev.jzoo.datasets.pictures.PictureFolder;
import dev.jzoo.finetune.pictures.Finding;
import dev.jzoo.finetune.pictures.PictureCheck;
import dev.jzoo.finetune.pictures.PictureReport;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The check of a folder of pictures, as {@code --json} prints it.
 *
 * @param folder as it was given
 * @param pictures number of pictures
 * @param readable number of pictures that can be decoded
 * @param labels names of the classes
 * @param counts number of readable pictures in each class, by the name of the part and in the order of the labels
 * @param findings the most serious first
 */
public record FolderCheck(
        String folder,
        int pictures,
        int readable,
        List<String> labels,
        Map<String, List<Integer>> counts,
        List<FolderFinding> findings) {

    /**
     * One finding.
     *
     * @param kind "leak", "two-labels", "unreadable", "tiny-class" ...
     * @param warning whether it may spoil the training or the measured accuracy
     * @param message the finding as a sentence
     * @param files the files that it concerns
     */
    record FolderFinding(String kind, boolean warning, String message, List<String> files) {

        static FolderFinding of(Finding finding) {
            return new FolderFinding(
                    finding.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    finding.kind().isWarning(),
                    finding.message(),
                    finding.files().stream().map(Path::toString).toList());
        }
    }

    /** Reads every picture. If too few pictures are readable for training, prints the findings and fails. */
    public static PictureReport run(Path folder, Output output) throws IOException {
        PictureFolder pictures = PictureFolder.read(folder);
        PictureReport report;
        try (PictureProgress progress = new PictureProgress(output)) {
            report = PictureCheck.run(pictures, progress);
        }
        try {
            pictures.without(report.unreadable());
        } catch (JZooException e) {
            output.note(report.text().stripTrailing());
            throw e;
        }
        return report;
    }

    public static FolderCheck of(PictureReport report) {
        Map<String, List<Integer>> counts = new LinkedHashMap<>();
        report.counts().forEach((part, numbers) -> counts.put(part.name().toLowerCase(Locale.ROOT), numbers));
        List<FolderFinding> findings = new ArrayList<>();
        report.findings().forEach(finding -> findings.add(FolderFinding.of(finding)));
        return new FolderCheck(
                report.folder().toString(),
                report.readable() + report.unreadable().size(),
                report.readable(),
                report.labels(),
                counts,
                findings);
    }
}
