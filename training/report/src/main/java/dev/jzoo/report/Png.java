package dev.jzoo.report;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pixels as a data URL, for an image inside the page. */
final class Png {

    private Png() {}

    /** Returns the data URL of unsigned bytes [height, width, channels], with 1 channel (grey) or 3 (red, green, blue). */
    static String address(byte[] pixels, int height, int width, int channels) {
        int type = channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
        return address(new BufferedImage(width, height, type), pixels);
    }

    /** Returns the data URL of unsigned bytes [height, width], each an index into the model's colours. */
    static String address(byte[] pixels, int height, int width, IndexColorModel colours) {
        return address(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, colours), pixels);
    }

    private static String address(BufferedImage image, byte[] pixels) {
        // The raster keeps the bytes unchanged; setRGB would convert grey through a colour space.
        image.getRaster().setDataElements(0, 0, image.getWidth(), image.getHeight(), pixels);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            ImageIO.write(image, "png", stream);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing a picture to memory failed.", e);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(out.toByteArray());
    }
}
