package dev.jzoo.training.transfer;

/**
 * Features of training pictures with their labels.
 *
 * @param features row v * pictures + i is view v of picture i; view 0 is the picture as a user gives it
 * @param labels of the pictures
 */
record Examples(Features features, int[] labels) {

    Examples {
        if (labels.length == 0 || features.rows() % labels.length != 0) {
            throw new IllegalArgumentException(
                    features.rows() + " rows are not the views of " + labels.length + " pictures.");
        }
    }

    int views() {
        return features.rows() / labels.length;
    }

    /** The label of each row. */
    int[] rowLabels() {
        int[] all = new int[features.rows()];
        for (int row = 0; row < all.length; row++) {
            all[row] = labels[row % labels.length];
        }
        return all;
    }

    /** The same with the first features of each row only. */
    Examples first(int count) {
        return new Examples(features.first(count), labels);
    }

    /** All views of some pictures. */
    Examples select(int[] pictures) {
        int[] rows = new int[pictures.length * views()];
        int[] chosen = new int[pictures.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i / pictures.length * labels.length + pictures[i % pictures.length];
        }
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = labels[pictures[i]];
        }
        return new Examples(features.select(rows), chosen);
    }
}
