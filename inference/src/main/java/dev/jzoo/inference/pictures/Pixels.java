package dev.jzoo.inference.pictures;

import java.util.Arrays;

/** Samples of 8 bits in memory, [height, width, channels] in row-major order. The arrays are shared, not copied. */
record Pixels(PictureSize size, byte[] samples) {

    /** The EXIF orientation of a picture with left and right swapped. */
    static final int MIRRORED = 2;

    /** Returns a rectangle, which must be within the picture. Its facing is ignored. */
    Pixels cropped(Crop crop) {
        if (crop.height() == size.height() && crop.width() == size.width()) {
            return this;
        }
        int channels = size.channels();
        int row = crop.width() * channels;
        byte[] cropped = new byte[Math.multiplyExact(crop.height(), row)];
        for (int y = 0; y < crop.height(); y++) {
            int from = ((crop.top() + y) * size.width() + crop.left()) * channels;
            System.arraycopy(samples, from, cropped, y * row, row);
        }
        return new Pixels(new PictureSize(crop.height(), crop.width(), channels), cropped);
    }

    /**
     * Places these pixels on the picture that a decoder's input belongs to. Parts outside of it are cut off.
     *
     * @param ground red, green and blue of the uncovered area, 8 bits each
     */
    Pixels placed(DecoderInput picture, int ground) {
        Pixels colours = withChannels(3);
        byte[] placed = new byte[Math.multiplyExact(3, picture.height() * picture.width())];
        for (int i = 0; i < placed.length; i += 3) {
            placed[i] = (byte) (ground >> 16);
            placed[i + 1] = (byte) (ground >> 8);
            placed[i + 2] = (byte) ground;
        }
        int row = 3 * Math.min(size.width(), picture.width() - picture.left());
        for (int y = 0; y < Math.min(size.height(), picture.height() - picture.top()); y++) {
            int to = 3 * ((y + picture.top()) * picture.width() + picture.left());
            System.arraycopy(colours.samples, 3 * y * size.width(), placed, to, row);
        }
        return new Pixels(new PictureSize(picture.height(), picture.width(), 3), placed);
    }

    /** Converts to 1 or 3 channels. Grey is ITU-R 601 luma in 16-bit fixed point, like Pillow's convert("L"). */
    Pixels withChannels(int channels) {
        if (channels == size.channels()) {
            return this;
        }
        int n = size.height() * size.width();
        byte[] converted = new byte[Math.multiplyExact(n, channels)];
        for (int i = 0; i < n; i++) {
            if (channels == 1) {
                int red = samples[3 * i] & 0xFF;
                int green = samples[3 * i + 1] & 0xFF;
                int blue = samples[3 * i + 2] & 0xFF;
                converted[i] = (byte) ((19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16);
            } else {
                Arrays.fill(converted, 3 * i, 3 * i + 3, samples[i]);
            }
        }
        return new Pixels(new PictureSize(size.height(), size.width(), channels), converted);
    }

    /**
     * Turns the pixels upright.
     *
     * @param orientation 1 to 8 as in EXIF 2.32, tag 0x0112: 2, 4 mirrored; 3 upside down; 6, 8 on its side, to be turned
     *     right or left; 5, 7 on its side and mirrored
     */
    Pixels upright(int orientation) {
        if (orientation == 1) {
            return this;
        }
        int channels = size.channels();
        int h = size.height();
        int w = size.width();
        boolean onSide = orientation >= 5;
        int height = onSide ? w : h;
        int width = onSide ? h : w;
        byte[] turned = new byte[samples.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int row = onSide ? x : y;
                int column = onSide ? y : x;
                if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7) {
                    row = h - 1 - row;
                }
                if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8) {
                    column = w - 1 - column;
                }
                System.arraycopy(samples, (row * w + column) * channels, turned, (y * width + x) * channels, channels);
            }
        }
        return new Pixels(new PictureSize(height, width, channels), turned);
    }
}
