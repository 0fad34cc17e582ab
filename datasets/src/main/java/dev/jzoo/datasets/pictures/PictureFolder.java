package dev.jzoo.datasets.pictures;

import dev.jzoo.datasets.LabelledPictures;
import dev.jzoo.datasets.LabelledPictures.Item;
import dev.jzoo.datasets.Provenance;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A folder of pictures as a data set: a folder for each class, named as the class.
 *
 * <pre>
 *   DIR/CLASS/PICTURE
 *   DIR/train/CLASS/PICTURE, DIR/val/CLASS/PICTURE, DIR/test/CLASS/PICTURE    val may be called valid or validation
 *   DIR/TOP/ as above                                                         what unpacking an archive leaves
 * </pre>
 *
 * <p>Pictures are told by the ending of their name; nothing is decoded. Hidden files, Thumbs.db, desktop.ini and
 * __MACOSX are passed over. Symbolic links are followed where they lead to something in the folder, and refused where
 * they lead out of it: what is trained on shall be what the folder has.
 *
 * <p>The same folder gives the same values wherever it lies, in every locale, whatever the order of its file system.
 * The digest in a {@link Provenance} is that of a text with a line for each picture of the part: the SHA-256 of its file,
 * two spaces and CLASS/NAME, as sha256sum prints it, sorted by class, then by name.
 */
public final class PictureFolder {

    /** What a folder in the folder is for. */
    public enum Subset {
        /** Nothing was told apart: classes are at the top. */
        WHOLE("all"),
        TRAIN("training"),
        VALIDATION("validation"),
        TEST("testing");

        private final String words;

        Subset(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /**
     * The pictures for each purpose; none is in two of them. Validation and test may have no pictures.
     *
     * @param train to learn from
     * @param validation to choose by
     * @param test to measure with, once
     */
    public record PictureSplit(LabelledPictures train, LabelledPictures validation, LabelledPictures test) {}

    private final Path folder;
    private final String dataset;
    private final List<String> labels;
    private final Map<Subset, List<Item>> parts;
    private final List<Path> others;

    private PictureFolder(
            Path folder, String dataset, List<String> labels, Map<Subset, List<Item>> parts, List<Path> others) {
        this.folder = folder;
        this.dataset = dataset;
        this.labels = labels;
        this.parts = parts;
        this.others = others;
    }

    /**
     * Lists a folder.
     *
     * @throws JZooException NOT_FOUND where there is no folder; BAD_INPUT, with what was expected, where there are no
     *     pictures, or such without a class, only one class, a class without pictures to train on, two classes whose
     *     names differ only in case, a class to measure that there is none to train on, folders in a class, or a link
     *     that leads out
     * @throws dev.jzoo.zoo.error.DataFormatException where it is no folder
     */
    public static PictureFolder read(Path folder) throws IOException {
        String name = FolderEntry.nameOf(folder.toAbsolutePath().normalize());
        return read(folder, name.isBlank() ? "pictures" : name);
    }

    /** The same for a folder whose name is not that of the data set. */
    public static PictureFolder read(Path given, String dataset) throws IOException {
        // files in the working folder shall say that they are in it
        Path folder = given.toString().isEmpty() ? Path.of(".") : given;
        FolderLayout layout = FolderLayout.of(folder);
        Subset learned = layout.parts().containsKey(Subset.WHOLE) ? Subset.WHOLE : Subset.TRAIN;
        List<String> labels = List.copyOf(layout.parts().get(learned).keySet());
        Map<Subset, List<Item>> parts = new EnumMap<>(Subset.class);
        layout.parts().forEach((part, classes) -> {
            requireKnown(folder, part, classes, labels);
            List<Item> items = new ArrayList<>();
            classes.forEach((name, pictures) -> {
                int label = labels.indexOf(name);
                pictures.forEach(picture -> items.add(new Item(picture.path(), label)));
            });
            parts.put(part, List.copyOf(items));
        });
        return checked(new PictureFolder(folder, dataset, labels, parts, layout.others()));
    }

    /** The folder, as it was given. */
    public Path path() {
        return folder;
    }

    /** How people call a file in the folder: its path in it, "train/cat/1.jpg", the same in every locale. */
    public String name(Path file) {
        if (!file.startsWith(folder)) {
            throw new IllegalArgumentException(file + " is not in " + folder + ".");
        }
        List<String> names = new ArrayList<>();
        for (Path p = file; !p.equals(folder); p = p.getParent()) {
            names.add(0, FolderEntry.nameOf(p));
        }
        return String.join("/", names);
    }

    /** Names of the classes, sorted by their UTF-16 code units: the same everywhere. */
    public List<String> labels() {
        return labels;
    }

    /** Whether the folder itself tells what is for training. */
    public boolean isSplit() {
        return !parts.containsKey(Subset.WHOLE);
    }

    /**
     * The pictures of each part, sorted by label, then by name: either all as {@link Subset#WHOLE}, or those of the
     * parts there are.
     */
    public Map<Subset, List<Item>> parts() {
        return Collections.unmodifiableMap(parts);
    }

    /** Files that are no pictures by their ending, neither hidden nor known litter. */
    public List<Path> others() {
        return others;
    }

    /**
     * The same without some pictures, such as cannot be decoded.
     *
     * @param files paths as in {@link #parts()}
     * @throws JZooException BAD_INPUT where a class has no picture left to train on
     */
    public PictureFolder without(Collection<Path> files) {
        Set<Path> gone = new HashSet<>(files);
        Map<Subset, List<Item>> left = new EnumMap<>(Subset.class);
        parts.forEach((part, items) -> left.put(
                part, items.stream().filter(item -> !gone.contains(item.file())).toList()));
        return checked(new PictureFolder(folder, dataset, labels, left, others));
    }

    /**
     * The pictures for training, validation and test; each file is read for its digest.
     *
     * <p>Parts that the folder has are taken as they are. Else 15 % of each class, drawn by the seed, are for
     * validation; and where the folder has no parts at all, 15 % for test. Copies of a picture in a class fall into
     * the same part. A class has at least one picture for training, then one for validation, then one for test. Which
     * picture goes where depends on the seed and on the contents of the files, not on their names.
     */
    public PictureSplit split(long seed) throws IOException {
        return FolderSplit.of(this, dataset, seed);
    }

    /** What there is to learn from, before anything is drawn from it. */
    List<Item> learned() {
        return parts.getOrDefault(Subset.WHOLE, parts.getOrDefault(Subset.TRAIN, List.of()));
    }

    private static void requireKnown(
            Path folder, Subset part, Map<String, List<FolderEntry>> classes, List<String> labels) {
        List<String> unknown = classes.keySet().stream()
                .filter(label -> !labels.contains(label))
                .toList();
        if (!unknown.isEmpty()) {
            throw new JZooException(
                    JZooException.Code.BAD_INPUT,
                    folder + " has for " + part.words() + " what it has not for training: " + String.join(", ", unknown)
                            + ". Classes for training are " + String.join(", ", labels) + ".",
                    "Name the folders of a class the same in every part.");
        }
    }

    private static PictureFolder checked(PictureFolder pictures) {
        List<String> labels = pictures.labels;
        List<String> empty = new ArrayList<>(labels);
        pictures.learned().stream().map(Item::label).distinct().forEach(label -> empty.remove(labels.get(label)));
        if (pictures.learned().isEmpty()) {
            throw FolderLayout.bad(pictures.folder + " has no pictures (JPEG, PNG, GIF or BMP) to train on.");
        }
        if (!empty.isEmpty()) {
            throw FolderLayout.bad(pictures.folder + " has no pictures to train on in " + String.join(", ", empty)
                    + ". Put some there, or delete the folder.");
        }
        if (labels.size() == 1) {
            throw FolderLayout.bad(
                    pictures.folder + " has only one class, " + labels.get(0) + "; there must be two to tell apart.");
        }
        return pictures;
    }
}
