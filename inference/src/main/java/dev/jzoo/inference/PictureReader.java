package dev.jzoo.inference;

import dev.jzoo.zoo.DataFormatException;
import dev.jzoo.zoo.JZooException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Turns a picture of any size into the pixels that a model takes, in one way for training and for inference.
 *
 * <p>PNG, JPEG, GIF (the first frame), BMP and what else ImageIO of the JDK reads are decoded to 8 bits a sample: of 16
 * bits the upper 8 are taken, palettes are resolved, transparency is composited over black, and a JPEG is turned upright
 * as its EXIF orientation says. Black, since a fully transparent pixel usually is black underneath, which is what Pillow's
 * {@code convert("RGB")} gives, and since digits are learned as white on black.
 *
 * <p>Then the largest centred region of the wanted ratio is cut out, made grey if wanted (ITU-R 601 luma), and resized by
 * antialiased bilinear interpolation with the same bits as Pillow's {@code resize(..., BILINEAR)}.
 */
public final class PictureReader {

    /** The most pixels, height times width, that a file may have: 64 million. More are refused before they are decoded. */
    public static final long MAX_PIXELS = 64_000_000;

    private static final long MAX_BYTES = 512L << 20;

    private PictureReader() {}

    /**
     * Reads a picture.
     *
     * @return uint8 in row-major order [height, width, channels], 0 black to 255 white
     * @throws DataFormatException naming the file where it is no picture, cut short or too large, saying what it looks like
     * @throws JZooException NOT_FOUND where there is no such file
     */
    public static byte[] read(Path file, PictureSize size) throws IOException {
        return fit(decode(file), size).samples();
    }

    /**
     * Converts a picture in memory, as it is shown.
     *
     * @return uint8 in row-major order [height, width, channels], 0 black to 255 white
     */
    public static byte[] pixels(BufferedImage picture, PictureSize size) {
        return fit(Bitmap.pixels(picture), size).samples();
    }

    private static Pixels fit(Pixels picture, PictureSize size) {
        Pixels region = picture.centred(size).withChannels(size.channels());
        return Resampling.resize(region, size.height(), size.width());
    }

    private static Pixels decode(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new JZooException(
                    JZooException.Code.NOT_FOUND, "There is no file " + file + ".", "Check the path for a slip.");
        }
        if (Files.isDirectory(file)) {
            throw new DataFormatException(file, "expected a picture, found a folder");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new DataFormatException(
                    file, "expected a picture of at most " + MAX_BYTES + " bytes, found " + Files.size(file));
        }
        byte[] bytes = Files.readAllBytes(file);
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, FileKind.HEAD));
                throw new DataFormatException(
                        file, "expected a picture (PNG, JPEG, GIF or BMP), found " + FileKind.describe(head));
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return decode(file, bytes, reader);
            } finally {
                reader.dispose();
            }
        }
    }

    private static Pixels decode(Path file, byte[] bytes, ImageReader reader) throws IOException {
        try {
            long width = reader.getWidth(0);
            long height = reader.getHeight(0);
            if (width * height > MAX_PIXELS) {
                throw new DataFormatException(
                        file,
                        "expected a picture of at most " + MAX_PIXELS + " pixels, found " + width + " x " + height);
            }
            boolean jpeg = reader.getFormatName().equalsIgnoreCase("jpeg");
            JpegStructure structure = jpeg ? JpegStructure.of(bytes) : new JpegStructure(1, true);
            if (!structure.complete()) {
                throw new DataFormatException(file, "the JPEG picture is cut short: its end marker is missing");
            }
            return Bitmap.pixels(reader.read(0)).upright(structure.orientation());
        } catch (DataFormatException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // damaged files make the decoders of the JDK throw nearly anything
            throw new DataFormatException(
                    file,
                    "cannot be decoded as " + reader.getFormatName() + ": it is damaged or of a kind that the JDK"
                            + " does not read (" + e + ")");
        }
    }
}
