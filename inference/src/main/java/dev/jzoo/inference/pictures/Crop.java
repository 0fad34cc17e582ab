package dev.jzoo.inference.pictures;

/**
 * A rectangle of a picture, in pixels.
 *
 * @param top first row
 * @param left first column
 * @param height number of rows, at least 1
 * @param width number of columns, at least 1
 * @param facing whether left and right are swapped
 */
public record Crop(int top, int left, int height, int width, Facing facing) {

    /** The treatment of left and right. */
    public enum Facing {
        AS_IT_IS,
        MIRRORED
    }

    public Crop {
        if (top < 0 || left < 0 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "A crop starts at row and column 0 or later and has at least one of each; found " + height + " x "
                            + width + " from row " + top + " and column " + left + ".");
        }
    }

    static Crop all(int height, int width) {
        return new Crop(0, 0, height, width, Facing.AS_IT_IS);
    }
}
