package dev.jzoo.inference.pictures;

/**
 * Antialiased bilinear resizing, bit for bit like Pillow (src/libImaging/Resample.c). It uses a triangle filter that widens
 * when the picture shrinks, so that each source pixel counts. It computes 8 bits in fixed point, columns first, then rows,
 * and rounds after each.
 */
final class PixelResampling {

    /** Bits of a weight: an int without 8 bits for the sample and 2 bits for overshooting sums. */
    private static final int PRECISION_BITS = 32 - 8 - 2;

    /** The weights of one target position: the source positions from {@code first} on. */
    private record FilterWindow(int first, int[] weights) {

        int end() {
            return first + weights.length;
        }
    }

    private PixelResampling() {}

    /** Resizes a picture that is the placement's crop and returns its window. The channels stay. */
    static Pixels resize(Pixels picture, Placement placement) {
        PictureSize size = placement.size();
        FilterWindow[] columns =
                windows(picture.size().width(), placement.scaledWidth(), placement.left(), size.width());
        FilterWindow[] rows =
                windows(picture.size().height(), placement.scaledHeight(), placement.top(), size.height());
        // compute only the rows that the second pass reads
        int first = rows[0].first();
        int end = rows[rows.length - 1].end();
        return rows(columns(picture, columns, first, end), rows, first);
    }

    private static Pixels columns(Pixels from, FilterWindow[] windows, int firstRow, int endRow) {
        int channels = from.size().channels();
        int stride = from.size().width() * channels;
        PictureSize size = new PictureSize(endRow - firstRow, windows.length, channels);
        byte[] to = new byte[size.bytes()];
        for (int y = firstRow, at = 0; y < endRow; y++) {
            for (FilterWindow window : windows) {
                int start = y * stride + window.first() * channels;
                for (int c = 0; c < channels; c++) {
                    to[at++] = sum(from.samples(), start + c, channels, window.weights());
                }
            }
        }
        return new Pixels(size, to);
    }

    private static Pixels rows(Pixels from, FilterWindow[] windows, int firstRow) {
        int stride = from.size().width() * from.size().channels();
        PictureSize size =
                new PictureSize(windows.length, from.size().width(), from.size().channels());
        byte[] to = new byte[size.bytes()];
        int at = 0;
        for (FilterWindow window : windows) {
            int start = (window.first() - firstRow) * stride;
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

    /** Returns the windows of {@code count} target positions from {@code start} on, of {@code to} in total. */
    private static FilterWindow[] windows(int from, long to, long start, int count) {
        double scale = (double) from / to;
        double filterScale = Math.max(scale, 1);
        FilterWindow[] windows = new FilterWindow[count];
        for (int i = 0; i < count; i++) {
            double centre = (start + i + 0.5) * scale;
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
            windows[i] = new FilterWindow(first, fixed);
        }
        return windows;
    }
}
