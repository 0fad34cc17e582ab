package dev.jzoo.labs.convolution;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.report.ContourChart;
import dev.jzoo.scratch.Array;

/** Pictures as arrays of numbers, and as charts of a surface over rows and columns. */
public final class PictureSurface {

    private PictureSurface() {}

    /** Returns some grey pictures as [count, 1, height, width], 0 black to 1 white. */
    public static Array batch(LabelledImages images, int from, int count) {
        int size = images.valuesPerImage();
        Array batch = Array.zeros(count, 1, images.height(), images.width());
        for (int n = 0; n < count; n++) {
            byte[] pixels = images.image(from + n);
            for (int i = 0; i < size; i++) {
                batch.values()[n * size + i] = (pixels[i] & 0xff) / 255.0;
            }
        }
        return batch;
    }

    /** Returns one channel of one picture of [batch, channels, height, width] as [height, width]. */
    public static Array channel(Array pictures, int picture, int channel) {
        int height = pictures.size(2);
        int width = pictures.size(3);
        double[] values = new double[height * width];
        int from = (picture * pictures.size(1) + channel) * values.length;
        System.arraycopy(pictures.values(), from, values, 0, values.length);
        return Array.of(values, height, width);
    }

    /** Returns pictures moved down and to the right, with zeros where nothing was. */
    public static Array shifted(Array pictures, int down, int right) {
        int height = pictures.size(2);
        int width = pictures.size(3);
        Array result = Array.zeros(pictures.shape());
        for (int map = 0; map < pictures.size(0) * pictures.size(1); map++) {
            for (int row = Math.max(0, down); row < Math.min(height, height + down); row++) {
                for (int column = Math.max(0, right); column < Math.min(width, width + right); column++) {
                    result.values()[(map * height + row) * width + column] =
                            pictures.values()[(map * height + row - down) * width + column - right];
                }
            }
        }
        return result;
    }

    /** Returns a chart of a picture [height, width], with straight lines between the middles of its pixels. */
    public static ContourChart chart(String value, Array picture) {
        int bottom = picture.size(0) - 1;
        int right = picture.size(1) - 1;
        return ContourChart.of("column", "rows above the bottom")
                .x(0, right)
                .y(0, bottom)
                .surface(value, (x, y) -> between(picture, bottom - y, x));
    }

    /** Returns the value between the four pixels around a place. */
    private static double between(Array picture, double row, double column) {
        int i = (int) Math.max(0, Math.min(picture.size(0) - 2, Math.floor(row)));
        int j = (int) Math.max(0, Math.min(picture.size(1) - 2, Math.floor(column)));
        double down = row - i;
        double right = column - j;
        return (1 - down) * ((1 - right) * picture.get(i, j) + right * picture.get(i, j + 1))
                + down * ((1 - right) * picture.get(i + 1, j) + right * picture.get(i + 1, j + 1));
    }
}
