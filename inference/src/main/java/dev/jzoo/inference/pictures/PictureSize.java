package dev.jzoo.inference.pictures;

/**
 * The size of a picture in memory.
 *
 * @param height rows
 * @param width columns
 * @param channels 1 for grey, 3 for red, green, blue
 */
public record PictureSize(int height, int width, int channels) {

    public PictureSize {
        if (height < 1 || width < 1 || (channels != 1 && channels != 3)) {
            throw new IllegalArgumentException(
                    "A picture has at least one row and one column, and 1 or 3 channels; found " + height + " x "
                            + width + " x " + channels + ".");
        }
    }

    /** Returns the number of bytes: height times width times channels. */
    public int bytes() {
        return Math.multiplyExact(Math.multiplyExact(height, width), channels);
    }

    @Override
    public String toString() {
        return height + " x " + width + " x " + channels;
    }
}
