package dev.jzoo.inference.pictures;

import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A reader that turns a picture of any size into a model's pixels, in the same way for training and inference.
 *
 * <p>The JDK decodes PNG, JPEG, GIF (the first frame), BMP and TIFF to 8 bits per sample, even if the application has
 * plug-ins for these formats. The upper 8 of 16 bits are used, palettes are resolved, and inks (CMYK, YCCK) become colours.
 * Colour profiles are not applied. A JPEG, PNG or TIFF is turned upright according to its EXIF orientation. A GIF has the
 * size of its screen; the area around its frame has its first colour, or black if it has a transparent one. Transparency is
 * composited over black, for two reasons: a fully transparent pixel usually is black underneath, as in Pillow's {@code
 * convert("RGB")}, and digits are learned as white on black.
 *
 * <p>The structure of a file is checked first. The decoder gets only the data that affects the pixels: no metadata, no
 * further pages or frames. Decoding is bounded in memory and time. It ends with a {@link JZooException} FAILED when its
 * thread is interrupted.
 *
 * <p>WebP, HEIC, AVIF and others are rejected by name; a plug-in for ImageIO on the class path makes them readable. A
 * picture of more than {@link #MAX_PIXELS} is rejected by its header.
 *
 * <p>Then the largest centred region with the requested aspect ratio is cut out, converted to grey if requested (ITU-R 601
 * luma), and resized by antialiased bilinear interpolation. The result has the same bits as Pillow's {@code resize(...,
 * BILINEAR)}. {@link Picture} has other views of the same pixels.
 */
public final class PictureReader {

    /**
     * Largest number of pixels, height times width, of a file: 64 million. Larger pictures are rejected before they are
     * decoded.
     */
    public static final long MAX_PIXELS = 64_000_000;

    private PictureReader() {}

    /**
     * Reads a picture as a model with {@link Framing#CENTRED} sees it.
     *
     * @return uint8 in row-major order [height, width, channels], 0 black to 255 white
     * @throws DataFormatException naming the file if it is not a picture, truncated, too large or too expensive to decode;
     *     the message says what it looks like
     * @throws JZooException NOT_FOUND if the file does not exist
     */
    public static byte[] read(Path file, PictureSize size) throws IOException {
        return Picture.read(file).pixels(size, Framing.CENTRED);
    }

    /**
     * Converts a picture in memory, as it is displayed.
     *
     * @return uint8 in row-major order [height, width, channels], 0 black to 255 white
     */
    public static byte[] pixels(BufferedImage picture, PictureSize size) {
        return Picture.of(picture).pixels(size, Framing.CENTRED);
    }

    /**
     * Decodes a picture completely, without holding more of it than the file, and returns its format and size. Fails
     * exactly when {@link #read} would.
     */
    public static PictureFacts examine(Path file) throws IOException {
        return PictureFile.read(file).facts();
    }
}
