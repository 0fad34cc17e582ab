package dev.jzoo.datasets.preparation;

/** The brightness, contrast and saturation changes that {@link Augmentation} defines. */
final class ColourAdjustment {

    private static final double RED = .299;
    private static final double GREEN = .587;
    private static final double BLUE = .114;

    private ColourAdjustment() {}

    /**
     * Changes a picture in place.
     *
     * <p>With m the mean grey of the picture and g the grey of a pixel, the three steps together turn a value v of the pixel into
     * {@code s c b v + (1 - s) c b g + (1 - c) b m}.
     *
     * @param picture [pixel, channel] from the offset on
     * @param channels 1 or 3
     */
    static void change(byte[] picture, int offset, int pixels, int channels, double b, double c, double s) {
        float constant = (float) ((1 - c) * b * meanGrey(picture, offset, pixels, channels));
        if (channels == 1) {
            float gain = (float) (c * b);
            for (int i = offset; i < offset + pixels; i++) {
                picture[i] = rounded(gain * (picture[i] & 255) + constant);
            }
            return;
        }
        float gain = (float) (s * c * b);
        float red = (float) ((1 - s) * c * b * RED);
        float green = (float) ((1 - s) * c * b * GREEN);
        float blue = (float) ((1 - s) * c * b * BLUE);
        for (int i = offset; i < offset + 3 * pixels; i += 3) {
            int r = picture[i] & 255;
            int g = picture[i + 1] & 255;
            int bl = picture[i + 2] & 255;
            float rest = red * r + green * g + blue * bl + constant;
            picture[i] = rounded(gain * r + rest);
            picture[i + 1] = rounded(gain * g + rest);
            picture[i + 2] = rounded(gain * bl + rest);
        }
    }

    private static double meanGrey(byte[] picture, int offset, int pixels, int channels) {
        if (channels == 1) {
            return (double) sum(picture, offset, pixels, 1) / pixels;
        }
        return (RED * sum(picture, offset, pixels, 3)
                        + GREEN * sum(picture, offset + 1, pixels, 3)
                        + BLUE * sum(picture, offset + 2, pixels, 3))
                / pixels;
    }

    private static long sum(byte[] picture, int from, int pixels, int step) {
        long sum = 0;
        for (int i = from; i < from + pixels * step; i += step) {
            sum += picture[i] & 255;
        }
        return sum;
    }

    private static byte rounded(float value) {
        return (byte) Math.max(0, Math.min(255, (int) (value + .5f)));
    }
}
