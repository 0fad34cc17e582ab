package dev.jzoo.inference.pictures;

import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A decoded picture, upright, with 8 bits per sample, that can be viewed several times: as a classifier sees it, or in
 * crops that training draws. Training and inference use the same code and thus see the same pixels. Immutable; holds up to
 * 192 MB, 3 bytes for each of {@link PictureReader#MAX_PIXELS}.
 */
public final class Picture {

    private final Pixels pixels;

    private Picture(Pixels pixels) {
        this.pixels = pixels;
    }

    /**
     * Decodes a file as described in {@link PictureReader}.
     *
     * @throws DataFormatException naming the file if it is not a picture, truncated or too large
     * @throws JZooException NOT_FOUND if the file does not exist
     */
    public static Picture read(Path file) throws IOException {
        return new Picture(PictureFile.read(file).decode());
    }

    /**
     * Decodes a file in memory, such as the body of a request, as described in {@link PictureReader}.
     *
     * @param name the picture's name in messages
     * @throws DataFormatException beginning with the name if it is not a picture, truncated or too large
     */
    public static Picture decode(byte[] file, String name) throws IOException {
        return new Picture(new PictureFile(name, file).decode());
    }

    /** Returns a picture in memory, as it is displayed. */
    public static Picture of(BufferedImage picture) {
        return new Picture(Bitmap.pixels(picture));
    }

    /** Returns the number of rows. */
    public int height() {
        return pixels.size().height();
    }

    /** Returns the number of columns. */
    public int width() {
        return pixels.size().width();
    }

    /**
     * Returns the pixels that a classifier of this size and framing sees.
     *
     * @return uint8 in row-major order [height, width, channels], 0 black to 255 white
     */
    public byte[] pixels(PictureSize size, Framing framing) {
        return pixels(framing.place(height(), width(), size));
    }

    /**
     * Returns a crop resized to a size, like torchvision's resized_crop on Pillow's pictures, and mirrored if the crop says
     * so.
     *
     * @return uint8 in row-major order [height, width, channels], 0 black to 255 white
     * @throws IllegalArgumentException if the crop is not within the picture
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
