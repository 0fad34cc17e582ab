package dev.jzoo.inference.pictures;

/**
 * What a picture's file is.
 *
 * @param format "JPEG", "PNG", "GIF", "BMP" or what else could be decoded
 * @param height rows, once it is upright
 * @param width columns, once it is upright
 */
public record PictureFacts(String format, int height, int width) {

    @Override
    public String toString() {
        return format + " " + height + " x " + width;
    }
}
