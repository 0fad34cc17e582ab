package dev.jzoo.inference.pictures;

/**
 * The format and size of a picture's file.
 *
 * @param format "JPEG", "PNG", "GIF", "BMP", "TIFF" or the name of a plug-in's format
 * @param height rows, after it is turned upright
 * @param width columns, after it is turned upright
 */
public record PictureFacts(String format, int height, int width) {

    @Override
    public String toString() {
        return format + " " + height + " x " + width;
    }
}
