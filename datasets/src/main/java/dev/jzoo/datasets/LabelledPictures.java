package dev.jzoo.datasets;

import dev.jzoo.datasets.pictures.PictureFolder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Picture files, each with the class that it shows. The files are not decoded here: they may be of any size and kind,
 * and decoding is the matter of whoever knows which size a network takes.
 *
 * @param labels names of the classes, each once
 * @param items the pictures, sorted by label, then by the name of the file; there may be none
 * @param provenance where they come from; see {@link PictureFolder} for what the digest is of
 */
public record LabelledPictures(List<String> labels, List<Item> items, Provenance provenance) {

    /**
     * A picture.
     *
     * @param file where it is
     * @param label the class that it shows, an index into the labels
     */
    public record Item(Path file, int label) {

        public Item {
            Objects.requireNonNull(file, "file");
        }
    }

    /** Fails with IllegalArgumentException where a label occurs twice or an item has a label without a name. */
    public LabelledPictures {
        labels = List.copyOf(labels);
        items = List.copyOf(items);
        Objects.requireNonNull(provenance, "provenance");
        if (labels.stream().distinct().count() != labels.size()) {
            throw new IllegalArgumentException("A label's name occurs twice: " + labels + ".");
        }
        for (Item item : items) {
            if (item.label() < 0 || item.label() >= labels.size()) {
                throw new IllegalArgumentException("Label " + item.label() + " of " + item.file()
                        + " has no name; there are " + labels.size() + ": " + labels + ".");
            }
        }
    }

    /** Number of pictures. */
    public int size() {
        return items.size();
    }

    /** How many pictures each class has, in the order of the labels. */
    public List<Integer> counts() {
        int[] counts = new int[labels.size()];
        items.forEach(item -> counts[item.label()]++);
        return Arrays.stream(counts).boxed().toList();
    }

    /** "hymenoptera_data train: 244 pictures, 2 labels". */
    @Override
    public String toString() {
        return provenance.name() + ": " + shape();
    }

    /** "244 pictures, 2 labels". */
    String shape() {
        return items.size() + (items.size() == 1 ? " picture, " : " pictures, ") + labels.size() + " labels";
    }
}
