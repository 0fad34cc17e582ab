package dev.jzoo.datasets.pictures;

import dev.jzoo.datasets.LabelledPictures;
import dev.jzoo.datasets.LabelledPictures.Item;
import dev.jzoo.datasets.Provenance;
import dev.jzoo.datasets.pictures.PictureFolder.Subset;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A split of a folder of pictures. It reads every file for its digest. */
final class FolderSplit {

    private final PictureFolder folder;
    private final String dataset;
    private final Map<Path, Sha256> digests;

    private FolderSplit(PictureFolder folder, String dataset, Map<Path, Sha256> digests) {
        this.folder = folder;
        this.dataset = dataset;
        this.digests = digests;
    }

    static PictureFolder.PictureSplit of(PictureFolder folder, String dataset, long seed) throws IOException {
        return new FolderSplit(folder, dataset, digests(folder)).split(seed);
    }

    private PictureFolder.PictureSplit split(long seed) {
        if (folder.parts().containsKey(Subset.VALIDATION)) {
            return parts(items(Subset.TRAIN), items(Subset.VALIDATION), items(Subset.TEST), "");
        }
        List<Item> all = folder.learned();
        List<Item> train = new ArrayList<>();
        List<Item> validation = new ArrayList<>();
        List<Item> test = new ArrayList<>(items(Subset.TEST));
        for (int label = 0; label < folder.labels().size(); label++) {
            StratifiedShares.ClassShares cut =
                    new StratifiedShares(seed).cut(candidates(all, label), folder.isSplit() ? 1 : 2);
            cut.train().forEach(i -> train.add(all.get(i)));
            cut.validation().forEach(i -> validation.add(all.get(i)));
            cut.test().forEach(i -> test.add(all.get(i)));
        }
        String drawn = folder.isSplit()
                ? " Validation is 15 % of what the folder has for training"
                : " Validation and test are 15 % each";
        return parts(train, validation, test, drawn + ", by class, drawn with seed " + seed + ".");
    }

    private PictureFolder.PictureSplit parts(List<Item> train, List<Item> validation, List<Item> test, String drawn) {
        return new PictureFolder.PictureSplit(
                part("train", train, drawn),
                part("validation", validation, drawn),
                part("test", test, folder.isSplit() ? "" : drawn));
    }

    private LabelledPictures part(String name, List<Item> items, String drawn) {
        String lines = items.stream()
                .map(item -> digests.get(item.file()) + "  " + folder.labels().get(item.label()) + "/"
                        + FolderEntry.nameOf(item.file()) + "\n")
                .collect(Collectors.joining());
        return new LabelledPictures(
                folder.labels(),
                items,
                new Provenance(
                        dataset,
                        name,
                        Sha256.of(lines.getBytes(StandardCharsets.UTF_8)),
                        "A folder of pictures; the digest is of the lines 'SHA-256  CLASS/NAME'." + drawn));
    }

    private List<StratifiedShares.Candidate> candidates(List<Item> items, int label) {
        List<StratifiedShares.Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).label() == label) {
                candidates.add(new StratifiedShares.Candidate(
                        i, digests.get(items.get(i).file())));
            }
        }
        return candidates;
    }

    private List<Item> items(Subset part) {
        return folder.parts().getOrDefault(part, List.of());
    }

    private static Map<Path, Sha256> digests(PictureFolder folder) throws IOException {
        List<Path> files = folder.parts().values().stream()
                .flatMap(List::stream)
                .map(Item::file)
                .toList();
        try {
            return files.parallelStream().collect(Collectors.toMap(Function.identity(), FolderSplit::digest));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Sha256 digest(Path file) {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
