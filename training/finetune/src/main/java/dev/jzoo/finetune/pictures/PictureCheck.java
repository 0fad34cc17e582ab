package dev.jzoo.finetune.pictures;

import dev.jzoo.datasets.LabelledPictures.Item;
import dev.jzoo.datasets.pictures.PictureFolder;
import dev.jzoo.datasets.pictures.PictureFolder.Subset;
import dev.jzoo.inference.pictures.PictureFacts;
import dev.jzoo.inference.pictures.PictureReader;
import dev.jzoo.zoo.ProgressListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A check of a folder of pictures before training. Decodes each picture completely, as classification will, on all
 * processors. Keeps none of them: memory use grows only by some hundred bytes per file.
 *
 * <p>Reports unreadable pictures; exact copies within a class, across classes, and across the training, validation and
 * test parts; classes that are tiny, unequal or not measured; and files with an unusual name, size or place.
 */
public final class PictureCheck {

    /** Name of the task that a progress listener receives. */
    public static final String TASK = "pictures";

    private static final int TINY = 10;
    private static final int UNEQUAL = 5;
    private static final long LARGEST_OTHER = 32L << 20;

    private final PictureFolder folder;
    private final List<ExaminedPicture> pictures;
    private final List<Finding> findings = new ArrayList<>();

    private PictureCheck(PictureFolder folder, List<ExaminedPicture> pictures) {
        this.folder = folder;
        this.pictures = pictures;
    }

    /**
     * Reads every picture once.
     *
     * @param progress receives {@value #TASK} and the number of pictures read
     */
    public static PictureReport run(PictureFolder folder, ProgressListener progress) {
        PictureCheck check = new PictureCheck(folder, examine(folder, progress));
        check.files();
        check.findings.addAll(new DuplicatePictures(folder, check.pictures).findings());
        Map<Subset, List<Integer>> counts = check.counts();
        counts.forEach(check::classes);
        check.others();
        check.findings.sort(Comparator.comparing(Finding::kind).thenComparing(Finding::message));
        return new PictureReport(folder.path(), folder.labels(), counts, check.findings);
    }

    private static List<ExaminedPicture> examine(PictureFolder folder, ProgressListener progress) {
        record Place(Subset part, Item item) {}
        List<Place> places = new ArrayList<>();
        folder.parts().forEach((part, items) -> items.forEach(item -> places.add(new Place(part, item))));
        AtomicInteger done = new AtomicInteger();
        progress.progress(TASK, 0, places.size());
        return places.parallelStream()
                .map(place -> {
                    ExaminedPicture examined = ExaminedPicture.of(place.part(), place.item());
                    synchronized (done) {
                        progress.progress(TASK, done.incrementAndGet(), places.size());
                    }
                    return examined;
                })
                .toList();
    }

    private void files() {
        for (ExaminedPicture picture : pictures) {
            Path file = picture.item().file();
            if (picture.facts().isEmpty()) {
                find(Finding.FindingKind.UNREADABLE, folder.name(file) + ": " + picture.problem(), file);
            }
            if (picture.isMisnamed()) {
                find(
                        Finding.FindingKind.WRONG_ENDING,
                        folder.name(file) + " is a "
                                + picture.facts().orElseThrow().format() + " picture",
                        file);
            }
            if (picture.isOdd()) {
                PictureFacts facts = picture.facts().orElseThrow();
                find(
                        Finding.FindingKind.ODD_SIZE,
                        folder.name(file) + " has " + facts.height() + " x " + facts.width() + " pixels",
                        file);
            }
        }
    }

    private Map<Subset, List<Integer>> counts() {
        Map<Subset, List<Integer>> counts = new EnumMap<>(Subset.class);
        for (Subset part : folder.parts().keySet()) {
            Integer[] readable = new Integer[folder.labels().size()];
            Arrays.fill(readable, 0);
            pictures.stream()
                    .filter(picture -> picture.part() == part && picture.facts().isPresent())
                    .forEach(picture -> readable[picture.item().label()]++);
            counts.put(part, List.of(readable));
        }
        return counts;
    }

    private void classes(Subset part, List<Integer> counts) {
        if (part == Subset.VALIDATION || part == Subset.TEST) {
            for (int i = 0; i < counts.size(); i++) {
                if (counts.get(i) == 0) {
                    find(
                            Finding.FindingKind.UNMEASURED,
                            ReportText.name(part) + " has no picture of "
                                    + folder.labels().get(i));
                }
            }
            return;
        }
        int smallest =
                counts.indexOf(counts.stream().min(Comparator.naturalOrder()).orElseThrow());
        int largest =
                counts.indexOf(counts.stream().max(Comparator.naturalOrder()).orElseThrow());
        for (int i = 0; i < counts.size(); i++) {
            if (counts.get(i) < TINY) {
                find(
                        Finding.FindingKind.TINY_CLASS,
                        folder.labels().get(i) + " has " + counts.get(i) + ", fewer than " + TINY);
            }
        }
        if (counts.get(largest) >= UNEQUAL * counts.get(smallest)) {
            find(
                    Finding.FindingKind.IMBALANCE,
                    folder.labels().get(largest) + " has " + counts.get(largest) + ", "
                            + folder.labels().get(smallest) + " has " + counts.get(smallest));
        }
    }

    private void others() {
        for (Path file : folder.others()) {
            Optional<PictureFacts> facts = picture(file);
            if (facts.isPresent()) {
                find(
                        Finding.FindingKind.NOT_NAMED_AS_PICTURE,
                        folder.name(file) + " is a " + facts.get().format() + " picture",
                        file);
            } else {
                find(Finding.FindingKind.OTHER_FILE, folder.name(file), file);
            }
        }
    }

    private static Optional<PictureFacts> picture(Path file) {
        try {
            return Files.size(file) > LARGEST_OTHER ? Optional.empty() : Optional.of(PictureReader.examine(file));
        } catch (IOException e) {
            return Optional.empty(); // whatever it is, training does not use it
        }
    }

    private void find(Finding.FindingKind kind, String message, Path... files) {
        findings.add(new Finding(kind, message, List.of(files)));
    }
}
