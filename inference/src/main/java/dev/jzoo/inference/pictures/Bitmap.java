package dev.jzoo.inference.pictures;

import java.awt.Transparency;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;

/**
 * The samples of a {@link BufferedImage} as they are in its file. {@link BufferedImage#getRGB} would work for colours, but
 * it treats grey as linear light and brightens it.
 */
final class Bitmap {

    private Bitmap() {}

    /**
     * Returns 1 channel for a grey picture and 3 otherwise. Alpha is composited over black; the upper 8 of 16 bits are
     * used.
     */
    static Pixels pixels(BufferedImage image) {
        ColorModel model = image.getColorModel();
        boolean stored = model instanceof ComponentColorModel
                && (model.getTransferType() == DataBuffer.TYPE_BYTE
                        || model.getTransferType() == DataBuffer.TYPE_USHORT)
                && model.getComponentSize(0) >= 8;
        if (stored && model.getNumColorComponents() == 4 && !model.hasAlpha()) {
            return CmykEncoding.INK.pixels(image.getRaster(), model.getComponentSize(0) - 8);
        }
        return stored ? fromRaster(image, model) : fromColours(image);
    }

    private static Pixels fromRaster(BufferedImage image, ColorModel model) {
        Raster raster = image.getRaster();
        int width = image.getWidth();
        int bands = raster.getNumBands();
        int channels = model.getNumColorComponents() < 3 ? 1 : 3;
        boolean alpha = model.getTransparency() != Transparency.OPAQUE && model.hasAlpha();
        int shift = model.getComponentSize(0) - 8;
        PictureSize size = new PictureSize(image.getHeight(), width, channels);
        byte[] samples = new byte[size.bytes()];
        int[] row = new int[width * bands];
        for (int y = 0, at = 0; y < size.height(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < row.length; x += bands) {
                int opacity = alpha && !model.isAlphaPremultiplied() ? row[x + bands - 1] >> shift : 255;
                for (int c = 0; c < channels; c++) {
                    samples[at++] = overBlack(row[x + c] >> shift, opacity);
                }
            }
        }
        return new Pixels(size, samples);
    }

    private static Pixels fromColours(BufferedImage image) {
        int width = image.getWidth();
        PictureSize size = new PictureSize(image.getHeight(), width, 3);
        byte[] samples = new byte[size.bytes()];
        int[] row = new int[width];
        for (int y = 0, at = 0; y < size.height(); y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int argb : row) {
                int opacity = argb >>> 24;
                samples[at++] = overBlack(argb >> 16 & 0xFF, opacity);
                samples[at++] = overBlack(argb >> 8 & 0xFF, opacity);
                samples[at++] = overBlack(argb & 0xFF, opacity);
            }
        }
        return new Pixels(size, samples);
    }

    private static byte overBlack(int sample, int opacity) {
        return (byte) ((sample * opacity + 127) / 255);
    }
}
