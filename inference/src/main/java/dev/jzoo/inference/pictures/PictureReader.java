package dev.jzoo.inference.pictures;

import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Turns a picture of any size into the pixels that a model takes, in one way for training and for inference.
 *
 * <p>PNG, JPEG, GIF (the first frame), BMP and TIFF are decoded by the JDK, whatever plug-ins the application has, to
 * 8 bits a sample: of 16 bits the upper 8 are taken, palettes are resolved, inks (CMYK, YCCK) become colours, colour
 * profiles are not applied, transparency is composited over black, and a JPEG, PNG or TIFF is turned upright as its
 * EXIF orientation says. A GIF has the size of its screen; around its frame lies its first colour, or black if it has
 * a transparent one. Black, since a fully transparent pixel usually is black underneath, which is what Pillow's {@code
 * convert("RGB")} gives, and since digits are learned as white on black.
 *
 * <p>The structure of a file is checked first, and the decoder gets only what concerns the pixels: no metadata, no
 * further pages or frames. Decoding is bounded in memory and time, and ends when its thread is interrupted, with a
 * {@link JZooException} FAILED.
 *
 * <p>WebP, HEIC, AVIF and others are refused by name; a plug-in for ImageIO on the class path makes them readable. A
 * picture of more than {@link #MAX_PIXELS} is refused by its header.
 *
 * <p>Then the largest centred region of the wanted ratio is cut out, made grey if wanted (ITU-R 601 luma), and
 * resized by antialiased bilinear interpolation with the same bits as Pillow's {@code resize(..., BILINEAR)}. {@link
 * Picture} has other views of the same pixels.
 */
public final class PictureReader {

    /**
     * The most pixels, height times width, that a file may have: 64 million. More are refused before they are
     * decoded.
     */
    public static final long MAX_PIXELS = 64_000_000;

    private PictureReader() {}

    /**
     * Reads a picture as a model of {@link Framing#CENTRED} sees it.
     *
     * @return uint8 in row-major order [height, width, channels], 0 black to 255 white
     * @throws DataFormatException naming the file where it is no picture, cut short, too large or too expensive to
     *     decode, saying what it looks like
     * @throws JZooException NOT_FOUND where there is no such file
     */
    public static byte[] read(Path file, PictureSize size) throws IOException {
        return Picture.read(file).pixels(size, Framing.CENTRED);
    }

    /**
     * Converts a picture in memory, as it is shown.
     *
     * @return uint8 in row-major order [height, width, channels], 0 black to 255 white
     */
    public static byte[] pixels(BufferedImage picture, PictureSize size) {
        return Picture.of(picture).pixels(size, Framing.CENTRED);
    }

    /**
     * Decodes a picture to its end, without holding more of it than the file, and says what it is. Fails as {@link
     * #read} does, so that what passes here can be read.
     */
    public static PictureFacts examine(Path file) throws IOException {
        return PictureFile.read(file).facts();
    }
}
