package dev.jzoo.finetune;

import dev.jzoo.datasets.pictures.PictureFolder;
import dev.jzoo.finetune.pictures.Finding;
import dev.jzoo.finetune.pictures.PictureCheck;
import dev.jzoo.finetune.pictures.PictureReport;
import java.io.IOException;
import java.util.List;

/** The first step of fine-tuning: checks the user's folder of pictures and splits the readable ones. */
record FolderInspection(FinetuneSettings settings, TransferListener listener) {

    /**
     * Splits the folder into pictures for training, validation and test.
     *
     * @param faults receives a message for each unreadable picture, which is left out
     */
    PictureFolder.PictureSplit split(List<String> faults) throws IOException {
        listener.stage("Looking through " + settings.data().path());
        PictureFolder.PictureSplit split = readable(settings.data(), faults).split(settings.seed());
        listener.note(split.train().size() + " pictures for training, "
                + split.validation().size() + " for validation, " + split.test().size() + " for test, in "
                + split.train().labels().size() + " classes.");
        return split;
    }

    /** Leaves out unreadable pictures, and warns the user of whatever may spoil the result. */
    private PictureFolder readable(PictureFolder folder, List<String> faults) {
        PictureReport report = PictureCheck.run(folder, (task, done, total) -> listener.progress(done, total));
        for (Finding finding : report.findings()) {
            if (finding.kind() == Finding.FindingKind.UNREADABLE) {
                faults.add(finding.message());
                listener.note("Left out: " + finding.message());
            } else if (finding.kind().isWarning()) {
                listener.note("Warning: " + finding.sentence());
            }
        }
        return report.unreadable().isEmpty() ? folder : folder.without(report.unreadable());
    }
}
