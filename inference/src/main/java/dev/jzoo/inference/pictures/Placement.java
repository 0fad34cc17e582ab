package dev.jzoo.inference.pictures;

/**
 * The mapping from a picture's pixels to a model's: a crop is resized, and a window of the result is kept.
 *
 * @param crop of the picture
 * @param scaledHeight rows that the crop is resized to; only the window's rows are computed
 * @param scaledWidth columns that the crop is resized to
 * @param top first row of the window
 * @param left first column of the window
 * @param size of the window
 */
record Placement(Crop crop, long scaledHeight, long scaledWidth, long top, long left, PictureSize size) {

    /** Returns the placement that keeps the whole resized crop. */
    static Placement filled(Crop crop, PictureSize size) {
        return new Placement(crop, size.height(), size.width(), 0, 0, size);
    }
}
