package dev.jzoo.inference.pictures;

import java.awt.image.Raster;

/**
 * What pictures of four components mean, which printing shops and their stock photographs have: cyan, magenta, yellow
 * and black. The JDK leaves them to whoever has a colour profile.
 */
enum CmykEncoding {
    /** 255 is all of an ink. */
    INK,
    /**
     * 255 is none of an ink. So Adobe's programs write JPEG, and practically everybody; like Pillow, JZoo reads all
     * JPEG so.
     */
    LIGHT,
    /** As {@link #LIGHT}, cyan, magenta and yellow turned into luma and chroma (YCCK). */
    LUMA;

    /** Red, green and blue of a raster of four bands, without a colour profile, as Pillow's convert("RGB"). */
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
     * Cyan, magenta and yellow of a pixel. Of luma and chroma it is JFIF 1.02's inverse in 16-bit fixed point, as in
     * libjpeg.
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

    /** a * b / 255, rounded as Pillow does. */
    private static int share(int a, int b) {
        int product = a * b + 128;
        return (product >> 8) + product >> 8;
    }

    private static int clip(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
