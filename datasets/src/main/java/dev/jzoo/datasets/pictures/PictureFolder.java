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
 * A folder of pictures as a data set, with one folder for each class, named after the class.
 *
 * <pre>
 *   DIR/CLASS/PICTURE
 *   DIR/train/CLASS/PICTURE, DIR/val/CLASS/PICTURE, DIR/test/CLASS/PICTURE    val may be called valid or validation
 *   DIR/TOP/ and one of the above                                             the result of unpacking an archive
 * </pre>
 *
 * <p>Pictures are recognised by the ending of their name and not decoded. Hidden files, Thumbs.db, desktop.ini and __MACOSX are
 * skipped. Symbolic links are followed within the folder and rejected if they lead out of it, so that the training data is the
 * content of the folder.
 *
 * <p>The same folder gives the same values at any path, in every locale and on every file system. The digest in a
 * {@link Provenance} is that of a text with one line for each picture of the part: the SHA-256 of its file, two spaces and
 * CLASS/NAME, as sha256sum prints it, sorted by class, then by name.
 */
public final class PictureFolder {

    /** The purpose of a folder in the folder. */
    public enum Subset {
        /** No parts: the classes are at the top. */
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
     * The pictures for each purpose, without overlap. Validation and test may be empty.
     *
     * @param train the pictures to train on
     * @param validation the pictures to choose settings by
     * @param test the pictures for the final measurement
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
     * Lists a folder. Uses the folder's name as the name of the data set.
     *
     * <p>Each class needs training pictures, and there must be at least two classes. These are rejected: pictures without a
     * class, folders in a class, links that leave the folder, two classes whose names differ only in case, and classes for
     * validation or test that training does not have.
     *
     * @throws JZooException NOT_FOUND if there is no folder; BAD_INPUT, with the expected layout, if the folder breaks these
     *     rules
     * @throws dev.jzoo.zoo.error.DataFormatException if it is not a folder
     */
    public static PictureFolder read(Path folder) throws IOException {
        String name = FolderEntry.nameOf(folder.toAbsolutePath().normalize());
        return read(folder, name.isBlank() ? "pictures" : name);
    }

    /** Lists a folder whose name is not that of the data set. */
    public static PictureFolder read(Path given, String dataset) throws IOException {
        // names of files in the working folder begin with "./"
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

    /** Returns the folder's path, as the caller gave it. */
    public Path path() {
        return folder;
    }

    /** Returns a file's name for people: its path in the folder, "train/cat/1.jpg", the same in every locale. */
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

    /** Returns the names of the classes, sorted by UTF-16 code units, the same everywhere. */
    public List<String> labels() {
        return labels;
    }

    /** Returns whether the folder itself has a part for training. */
    public boolean isSplit() {
        return !parts.containsKey(Subset.WHOLE);
    }

    /**
     * Returns the pictures of each part, sorted by label, then by name: all as {@link Subset#WHOLE}, or those of each part in the
     * folder.
     */
    public Map<Subset, List<Item>> parts() {
        return Collections.unmodifiableMap(parts);
    }

    /** Returns the files whose ending is not that of a picture, without hidden files and known litter. */
    public List<Path> others() {
        return others;
    }

    /**
     * Returns this folder without some pictures, such as undecodable ones.
     *
     * @param files paths as in {@link #parts()}
     * @throws JZooException BAD_INPUT if a class has no training picture left
     */
    public PictureFolder without(Collection<Path> files) {
        Set<Path> gone = new HashSet<>(files);
        Map<Subset, List<Item>> left = new EnumMap<>(Subset.class);
        parts.forEach((part, items) -> left.put(
                part, items.stream().filter(item -> !gone.contains(item.file())).toList()));
        return checked(new PictureFolder(folder, dataset, labels, left, others));
    }

    /**
     * Returns the pictures for training, validation and test. Reads each file for its digest.
     *
     * <p>Parts in the folder are used as they are. A missing validation part gets 15 % of each class, drawn by the seed, and so
     * does the test part if the folder has no parts at all. Copies of a picture in a class go to the same part. A class has at
     * least one picture for training, then one for validation, then one for test. The choice depends on the seed and the contents
     * of the files, not on their names.
     */
    public PictureSplit split(long seed) throws IOException {
        return FolderSplit.of(this, dataset, seed);
    }

    /** Returns the pictures to train on, before validation and test pictures are drawn from them. */
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
                    folder + " has classes for " + part.words() + " that training does not have:"
                            + " " + String.join(", ", unknown)
                            + ". The classes for training are " + String.join(", ", labels) + ".",
                    "Give the folder of a class the same name in every part.");
        }
    }

    private static PictureFolder checked(PictureFolder pictures) {
        List<String> labels = pictures.labels;
        List<String> empty = new ArrayList<>(labels);
        pictures.learned().stream().map(Item::label).distinct().forEach(label -> empty.remove(labels.get(label)));
        if (pictures.learned().isEmpty()) {
            throw FolderLayout.bad(pictures.folder + " has no pictures (JPEG, PNG, GIF, BMP or TIFF) to train on.");
        }
        if (!empty.isEmpty()) {
            throw FolderLayout.bad(pictures.folder + " has no pictures to train on in " + String.join(", ", empty)
                    + ". Add some, or delete the folder.");
        }
        if (labels.size() == 1) {
            throw FolderLayout.bad(
                    pictures.folder + " has only one class, " + labels.get(0) + "; at least two are needed.");
        }
        return pictures;
    }
}
