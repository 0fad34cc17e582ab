package dev.jzoo.report;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pixels as the address of an image that a page carries in itself. */
final class Png {

    private Png() {}

    /** Unsigned bytes [height, width, channels], of 1 channel, grey, or 3: red, green, blue. */
    static String address(byte[] pixels, int height, int width, int channels) {
        int type = channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
        return address(new BufferedImage(width, height, type), pixels);
    }

    /** Unsigned bytes [height, width], each the place of its colour among those of the model. */
    static String address(byte[] pixels, int height, int width, IndexColorModel colours) {
        return address(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, colours), pixels);
    }

    private static String address(BufferedImage image, byte[] pixels) {
        // The raster takes the bytes as they are, where setRGB would convert grey through a colour space.
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
