package dev.jzoo.training.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A small picture with what is to be said of it: a digit that was taken for another, a filter, a feature map. The page shows each
 * pixel as a crisp square.
 */
public final class CaptionedPicture {

    /** Pictures are shown at least about this large, in CSS pixels. */
    private static final int SHOWN = 84;

    private final String caption;
    private final int height;
    private final int width;
    private final String png;

    private CaptionedPicture(String caption, int height, int width, String png) {
        this.caption = caption;
        this.height = height;
        this.width = width;
        this.png = png;
    }

    /**
     * A picture from unsigned bytes [height, width, channels], 0 black to 255 white; nothing of the array is kept.
     *
     * @param caption what is to be said of it, also to a reader who cannot see it
     * @param pixels height * width * channels values
     * @param channels 1 for grey, 3 for red, green, blue
     */
    public static CaptionedPicture of(String caption, byte[] pixels, int height, int width, int channels) {
        if (caption.isBlank()) {
            throw new IllegalArgumentException("A picture needs a caption, not a blank one.");
        }
        if (height < 1 || width < 1 || channels != 1 && channels != 3 || pixels.length != height * width * channels) {
            throw new IllegalArgumentException("Picture '" + caption + "' of [" + height + ", " + width + ", "
                    + channels
                    + "] needs a positive size, 1 or 3 channels, and one byte for each value; it has " + pixels.length
                    + " bytes.");
        }
        return new CaptionedPicture(caption, height, width, png(pixels, height, width, channels));
    }

    private static String png(byte[] pixels, int height, int width, int channels) {
        int type = channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
        BufferedImage image = new BufferedImage(width, height, type);
        // The raster takes the bytes as they are, where setRGB would convert grey through a colour space.
        image.getRaster().setDataElements(0, 0, width, height, pixels);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            ImageIO.write(image, "png", stream);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing a picture to memory failed.", e);
        }
        return Base64.getEncoder().encodeToString(out.toByteArray());
    }

    /** The picture as HTML. */
    String html() {
        int scale = Math.max(1, Math.round((float) SHOWN / Math.max(height, width)));
        return "<figure class=\"picture\"><img alt=\"" + Markup.escape(caption) + "\" width=\"" + width * scale
                + "\" height=\"" + height * scale + "\" src=\"data:image/png;base64," + png + "\"/><figcaption>"
                + Markup.escape(caption) + "</figcaption></figure>\n";
    }
}
