package dev.jzoo.inference;

import java.util.Arrays;

/** Samples of 8 bits in memory, [height, width, channels] in row-major order. The arrays are shared, not copied. */
record Pixels(PictureSize size, byte[] samples) {

    /** The largest centred region with the height and width in the same ratio, to the nearest whole pixel. */
    Pixels centred(PictureSize like) {
        long h = size.height();
        long w = size.width();
        boolean tooWide = w * like.height() > h * like.width();
        int width = tooWide ? share(h * like.width(), like.height()) : (int) w;
        int height = tooWide ? (int) h : share(w * like.height(), like.width());
        if (width == w && height == h) {
            return this;
        }
        int channels = size.channels();
        int left = (int) (w - width) / 2;
        int top = (int) (h - height) / 2;
        byte[] cropped = new byte[Math.multiplyExact(height * channels, width)];
        for (int y = 0; y < height; y++) {
            System.arraycopy(
                    samples,
                    ((top + y) * size.width() + left) * channels,
                    cropped,
                    y * width * channels,
                    width * channels);
        }
        return new Pixels(new PictureSize(height, width, channels), cropped);
    }

    private static int share(long product, int divisor) {
        return (int) Math.max(1, (2 * product + divisor) / (2L * divisor));
    }

    /** With 1 or 3 channels: grey is ITU-R 601 luma in 16-bit fixed point, as Pillow's convert("L"). */
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
     * Turned upright.
     *
     * @param orientation 1 to 8 as in EXIF 2.32, tag 0x0112: 2, 4 mirrored; 3 upside down; 6, 8 on its side, to be turned
     *     right or left; 5, 7 those mirrored
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
