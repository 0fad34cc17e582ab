package dev.jzoo.finetune.head;

/**
 * Features of training pictures with their labels.
 *
 * @param features row v * pictures + i is view v of picture i; view 0 is the unchanged picture
 * @param labels labels of the pictures
 */
public record FeatureRows(Features features, int[] labels) {

    public FeatureRows {
        if (labels.length == 0 || features.rows() % labels.length != 0) {
            throw new IllegalArgumentException(
                    features.rows() + " rows are not the views of " + labels.length + " pictures.");
        }
    }

    int views() {
        return features.rows() / labels.length;
    }

    /** Returns the label of each row. */
    int[] rowLabels() {
        int[] all = new int[features.rows()];
        for (int row = 0; row < all.length; row++) {
            all[row] = labels[row % labels.length];
        }
        return all;
    }

    /** Returns the same with only the first features of each row. */
    FeatureRows first(int count) {
        return new FeatureRows(features.first(count), labels);
    }

    /** Returns all views of some pictures. */
    FeatureRows select(int[] pictures) {
        int[] rows = new int[pictures.length * views()];
        int[] chosen = new int[pictures.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i / pictures.length * labels.length + pictures[i % pictures.length];
        }
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = labels[pictures[i]];
        }
        return new FeatureRows(features.select(rows), chosen);
    }
}
