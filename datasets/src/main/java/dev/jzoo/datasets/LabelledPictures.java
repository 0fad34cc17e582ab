package dev.jzoo.datasets;

import dev.jzoo.datasets.pictures.PictureFolder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Picture files, each with its class. The files may be of any size and kind. They are not decoded here, because only the reader
 * of a network's examples knows which size the network takes.
 *
 * @param labels names of the classes, without duplicates
 * @param items the pictures, sorted by label, then by file name; may be empty
 * @param provenance the origin of the pictures; {@link PictureFolder} defines its digest
 */
public record LabelledPictures(List<String> labels, List<Item> items, Provenance provenance) {

    /**
     * A picture.
     *
     * @param file the picture's file
     * @param label its class, an index into the labels
     */
    public record Item(Path file, int label) {

        public Item {
            Objects.requireNonNull(file, "file");
        }
    }

    /** Checks the fields. Fails with IllegalArgumentException if a label's name occurs twice or an item's label has no name. */
    public LabelledPictures {
        labels = List.copyOf(labels);
        items = List.copyOf(items);
        Objects.requireNonNull(provenance, "provenance");
        if (labels.stream().distinct().count() != labels.size()) {
            throw new IllegalArgumentException("The names of labels must differ, not " + labels + ".");
        }
        for (Item item : items) {
            if (item.label() < 0 || item.label() >= labels.size()) {
                throw new IllegalArgumentException("Label " + item.label() + " of " + item.file()
                        + " has no name; there are " + labels.size() + " names: " + labels + ".");
            }
        }
    }

    /** Returns the number of pictures. */
    public int size() {
        return items.size();
    }

    /** Returns the number of pictures in each class, in the order of the labels. */
    public List<Integer> counts() {
        int[] counts = new int[labels.size()];
        items.forEach(item -> counts[item.label()]++);
        return Arrays.stream(counts).boxed().toList();
    }

    /** Returns a description: "hymenoptera_data train: 244 pictures, 2 labels". */
    @Override
    public String toString() {
        return provenance.name() + ": " + shape();
    }

    /** Returns the numbers of pictures and labels: "244 pictures, 2 labels". */
    String shape() {
        return items.size() + (items.size() == 1 ? " picture, " : " pictures, ") + labels.size() + " labels";
    }
}
