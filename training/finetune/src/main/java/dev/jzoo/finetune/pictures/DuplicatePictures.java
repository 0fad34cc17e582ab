package dev.jzoo.finetune.pictures;

import dev.jzoo.datasets.pictures.PictureFolder;
import dev.jzoo.zoo.file.Sha256;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Files with the same content, byte for byte.
 *
 * @param folder the folder of the pictures
 * @param pictures all pictures of the folder
 */
record DuplicatePictures(PictureFolder folder, List<ExaminedPicture> pictures) {

    /** Returns one or two findings for each content that several files share. */
    List<Finding> findings() {
        Map<Sha256, List<ExaminedPicture>> byContent = new LinkedHashMap<>();
        for (ExaminedPicture picture : pictures) {
            // unreadable files are left out anyway
            if (picture.facts().isPresent()) {
                byContent
                        .computeIfAbsent(picture.content().orElseThrow(), first -> new ArrayList<>(1))
                        .add(picture);
            }
        }
        List<Finding> findings = new ArrayList<>();
        byContent.values().stream().filter(same -> same.size() > 1).forEach(same -> add(same, findings));
        return findings;
    }

    private void add(List<ExaminedPicture> same, List<Finding> findings) {
        boolean leak = same.stream().map(ExaminedPicture::part).distinct().count() > 1;
        boolean torn =
                same.stream().map(picture -> picture.item().label()).distinct().count() > 1;
        List<Path> files = same.stream().map(picture -> picture.item().file()).toList();
        String message = files.stream().map(folder::name).collect(Collectors.joining(" = "));
        if (leak) {
            findings.add(new Finding(Finding.FindingKind.LEAK, message, files));
        }
        if (torn) {
            findings.add(new Finding(Finding.FindingKind.TWO_LABELS, message, files));
        }
        if (!leak && !torn) {
            findings.add(new Finding(Finding.FindingKind.COPIES, message, files));
        }
    }
}
