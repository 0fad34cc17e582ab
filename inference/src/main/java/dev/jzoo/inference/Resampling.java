package dev.jzoo.inference;

/**
 * Antialiased bilinear resizing, bit for bit that of Pillow (src/libImaging/Resample.c): a triangle filter that widens
 * when the picture shrinks, so that each source pixel counts; 8 bits in fixed point; columns first, then rows, rounded
 * after each.
 */
final class Resampling {

    /** 8 bits for the sample, 2 for the sum to overshoot, the rest of an int for the weight. */
    private static final int PRECISION_BITS = 32 - 8 - 2;

    /** The weights of one target position: the source positions from {@code first} on. */
    private record Window(int first, int[] weights) {}

    private Resampling() {}

    /** The picture at this height and width; the channels stay. */
    static Pixels resize(Pixels picture, int height, int width) {
        Pixels narrowed = width == picture.size().width() ? picture : columns(picture, width);
        return height == picture.size().height() ? narrowed : rows(narrowed, height);
    }

    private static Pixels columns(Pixels from, int width) {
        int channels = from.size().channels();
        int stride = from.size().width() * channels;
        Window[] windows = windows(from.size().width(), width);
        PictureSize size = new PictureSize(from.size().height(), width, channels);
        byte[] to = new byte[size.bytes()];
        for (int y = 0, at = 0; y < size.height(); y++) {
            for (Window window : windows) {
                int start = y * stride + window.first() * channels;
                for (int c = 0; c < channels; c++) {
                    to[at++] = sum(from.samples(), start + c, channels, window.weights());
                }
            }
        }
        return new Pixels(size, to);
    }

    private static Pixels rows(Pixels from, int height) {
        int stride = from.size().width() * from.size().channels();
        PictureSize size =
                new PictureSize(height, from.size().width(), from.size().channels());
        byte[] to = new byte[size.bytes()];
        int at = 0;
        for (Window window : windows(from.size().height(), height)) {
            int start = window.first() * stride;
            for (int i = 0; i < stride; i++) {
                to[at++] = sum(from.samples(), start + i, stride, window.weights());
            }
        }
        return new Pixels(size, to);
    }

    private static byte sum(byte[] samples, int start, int step, int[] weights) {
        int sum = 1 << (PRECISION_BITS - 1);
        for (int i = 0; i < weights.length; i++) {
            sum += (samples[start + i * step] & 0xFF) * weights[i];
        }
        return (byte) Math.max(0, Math.min(255, sum >> PRECISION_BITS));
    }

    private static Window[] windows(int from, int to) {
        double scale = (double) from / to;
        double filterScale = Math.max(scale, 1);
        Window[] windows = new Window[to];
        for (int i = 0; i < to; i++) {
            double centre = (i + 0.5) * scale;
            int first = Math.max(0, (int) (centre - filterScale + 0.5));
            int end = Math.min(from, (int) (centre + filterScale + 0.5));
            double[] weights = new double[end - first];
            double total = 0;
            for (int x = 0; x < weights.length; x++) {
                weights[x] = Math.max(0, 1 - Math.abs((x + first - centre + 0.5) * (1 / filterScale)));
                total += weights[x];
            }
            int[] fixed = new int[weights.length];
            for (int x = 0; x < fixed.length; x++) {
                fixed[x] = (int) (0.5 + weights[x] / total * (1 << PRECISION_BITS));
            }
            windows[i] = new Window(first, fixed);
        }
        return windows;
    }
}
