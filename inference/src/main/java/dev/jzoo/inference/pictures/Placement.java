package dev.jzoo.inference.pictures;

/**
 * How pixels of a picture become those of a model: a crop is resized, and a window of what that gives is kept.
 *
 * @param crop of the picture
 * @param scaledHeight rows that the crop is resized to; only those of the window are computed
 * @param scaledWidth columns that the crop is resized to
 * @param top first row of the window
 * @param left first column of the window
 * @param size of the window
 */
record Placement(Crop crop, long scaledHeight, long scaledWidth, long top, long left, PictureSize size) {

    /** The crop as a whole. */
    static Placement filled(Crop crop, PictureSize size) {
        return new Placement(crop, size.height(), size.width(), 0, 0, size);
    }
}
