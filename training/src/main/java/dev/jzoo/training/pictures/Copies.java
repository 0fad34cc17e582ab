package dev.jzoo.training.pictures;

import dev.jzoo.datasets.PictureFolder;
import dev.jzoo.zoo.Sha256;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Files with the same content, byte for byte.
 *
 * @param folder that they are in
 * @param pictures all there are
 */
record Copies(PictureFolder folder, List<Examined> pictures) {

    /** One finding, or two, for each content that several files have. */
    List<Finding> findings() {
        Map<Sha256, List<Examined>> byContent = new LinkedHashMap<>();
        for (Examined picture : pictures) {
            // what cannot be read is left out, however often it is there
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

    private void add(List<Examined> same, List<Finding> findings) {
        boolean leak = same.stream().map(Examined::part).distinct().count() > 1;
        boolean torn =
                same.stream().map(picture -> picture.item().label()).distinct().count() > 1;
        List<Path> files = same.stream().map(picture -> picture.item().file()).toList();
        String message = files.stream().map(folder::name).collect(Collectors.joining(" = "));
        if (leak) {
            findings.add(new Finding(Finding.Kind.LEAK, message, files));
        }
        if (torn) {
            findings.add(new Finding(Finding.Kind.TWO_LABELS, message, files));
        }
        if (!leak && !torn) {
            findings.add(new Finding(Finding.Kind.COPIES, message, files));
        }
    }
}
