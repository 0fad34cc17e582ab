package dev.jzoo.inference.pictures;

import java.awt.image.Raster;

/**
 * An encoding of pictures with four components: cyan, magenta, yellow and black, as used by printing shops and their stock
 * photographs. The JDK does not convert them without a colour profile.
 */
enum CmykEncoding {
    /** 255 means full ink. */
    INK,
    /**
     * 255 means without ink. Adobe's programs and practically all others write JPEG this way. Like Pillow, JZoo reads every JPEG
     * this way.
     */
    LIGHT,
    /** Like {@link #LIGHT}, with cyan, magenta and yellow converted to luma and chroma (YCCK). */
    LUMA;

    /** Converts a raster of four bands to red, green and blue without a colour profile, like Pillow's convert("RGB"). */
    Pixels pixels(Raster raster, int shift) {
        int width = raster.getWidth();
        PictureSize size = new PictureSize(raster.getHeight(), width, 3);
        byte[] samples = new byte[size.bytes()];
        int[] row = new int[width * 4];
        int[] inks = new int[3];
        for (int y = 0, at = 0; y < size.height(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < row.length; x += 4) {
                for (int i = x; i < x + 4; i++) {
                    row[i] = row[i] >> shift;
                }
                int light = this == INK ? 255 - row[x + 3] : row[x + 3];
                inks(row, x, inks);
                for (int ink : inks) {
                    samples[at++] = (byte) (light - share(ink, light));
                }
            }
        }
        return new Pixels(size, samples);
    }

    /**
     * Computes cyan, magenta and yellow of a pixel. For luma and chroma this is the inverse of JFIF 1.02 in 16-bit fixed
     * point, as in libjpeg.
     */
    private void inks(int[] row, int x, int[] inks) {
        if (this == LUMA) {
            int luma = row[x];
            int cb = row[x + 1] - 128;
            int cr = row[x + 2] - 128;
            inks[0] = clip(luma + (91881 * cr + 32768 >> 16));
            inks[1] = clip(luma + (-22554 * cb - 46802 * cr + 32768 >> 16));
            inks[2] = clip(luma + (116130 * cb + 32768 >> 16));
        } else {
            for (int i = 0; i < 3; i++) {
                inks[i] = this == INK ? row[x + i] : 255 - row[x + i];
            }
        }
    }

    /** Returns a * b / 255, rounded like Pillow. */
    private static int share(int a, int b) {
        int product = a * b + 128;
        return (product >> 8) + product >> 8;
    }

    private static int clip(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
