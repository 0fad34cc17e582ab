package dev.jzoo.inference.pictures;

import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A picture as it was decoded, upright, of 8 bits a sample, to be looked at more than once: as a classifier sees it,
 * or in crops that training draws. Both go through the same code, so that training and inference see the same pixels.
 * Immutable; holds up to 192 MB, 3 bytes for each of {@link PictureReader#MAX_PIXELS}.
 */
public final class Picture {

    private final Pixels pixels;

    private Picture(Pixels pixels) {
        this.pixels = pixels;
    }

    /**
     * Decodes a file as {@link PictureReader} says.
     *
     * @throws DataFormatException naming the file where it is no picture, cut short or too large
     * @throws JZooException NOT_FOUND where there is no such file
     */
    public static Picture read(Path file) throws IOException {
        return new Picture(PictureFile.read(file).decode());
    }

    /**
     * Decodes a file that is in memory, such as the body of a request, as {@link PictureReader} says.
     *
     * @param name what messages call it
     * @throws DataFormatException beginning with the name where it is no picture, cut short or too large
     */
    public static Picture decode(byte[] file, String name) throws IOException {
        return new Picture(new PictureFile(name, file).decode());
    }

    /** A picture in memory, as it is shown. */
    public static Picture of(BufferedImage picture) {
        return new Picture(Bitmap.pixels(picture));
    }

    /** Rows. */
    public int height() {
        return pixels.size().height();
    }

    /** Columns. */
    public int width() {
        return pixels.size().width();
    }

    /**
     * What a classifier of that size and framing sees.
     *
     * @return uint8 in row-major order [height, width, channels], 0 black to 255 white
     */
    public byte[] pixels(PictureSize size, Framing framing) {
        return pixels(framing.place(height(), width(), size));
    }

    /**
     * A crop, brought to a size: as torchvision's resized_crop on Pillow's pictures, then perhaps mirrored.
     *
     * @return uint8 in row-major order [height, width, channels], 0 black to 255 white
     * @throws IllegalArgumentException where the crop is not within the picture
     */
    public byte[] pixels(PictureSize size, Crop crop) {
        if (crop.top() > height() - crop.height() || crop.left() > width() - crop.width()) {
            throw new IllegalArgumentException(
                    crop + " is not within a picture of " + height() + " x " + width() + ".");
        }
        return pixels(Placement.filled(crop, size));
    }

    private byte[] pixels(Placement placement) {
        Pixels region =
                pixels.cropped(placement.crop()).withChannels(placement.size().channels());
        Pixels resized = PixelResampling.resize(region, placement);
        return placement.crop().facing() == Crop.Facing.MIRRORED
                ? resized.upright(Pixels.MIRRORED).samples()
                : resized.samples();
    }
}
