package dev.jzoo.scratch.layers;

import dev.jzoo.scratch.Array;

/**
 * The windows of a picture that a kernel sees, one after the other ("im2col"), and the way back. A picture has the axes [channels,
 * height, width]; places outside of it are 0.
 */
record SlidingWindows(int channels, int height, int width, int kernelHeight, int kernelWidth, int stride, int padding) {

    SlidingWindows {
        if (kernelHeight < 1
                || kernelWidth < 1
                || stride < 1
                || padding < 0
                || height + 2 * padding < kernelHeight
                || width + 2 * padding < kernelWidth) {
            throw new IllegalArgumentException(
                    "A window of " + kernelHeight + " x " + kernelWidth + " with stride " + stride + " and padding "
                            + padding + " does not fit a picture of " + height + " x " + width + ".");
        }
    }

    int rows() {
        return (height + 2 * padding - kernelHeight) / stride + 1;
    }

    int columns() {
        return (width + 2 * padding - kernelWidth) / stride + 1;
    }

    /** Returns the values in each window, [batch rows columns, channels kernelHeight kernelWidth]. */
    Array unfold(Array pictures) {
        int batch = pictures.size(0);
        int[] places = places();
        int length = channels * kernelHeight * kernelWidth;
        Array windows = Array.zeros(batch * rows() * columns(), length);
        double[] from = pictures.values();
        double[] to = windows.values();
        int picture = channels * height * width;
        for (int n = 0, at = 0; n < batch; n++) {
            for (int place : places) {
                if (place >= 0) {
                    to[at] = from[n * picture + place];
                }
                at++;
            }
        }
        return windows;
    }

    /** Returns pictures in which each value is the sum of its values in all windows: the transpose of {@link #unfold}. */
    Array fold(Array windows, int batch) {
        Array pictures = Array.zeros(batch, channels, height, width);
        double[] from = windows.values();
        double[] to = pictures.values();
        int picture = channels * height * width;
        int[] places = places();
        for (int n = 0, at = 0; n < batch; n++) {
            for (int place : places) {
                if (place >= 0) {
                    to[n * picture + place] += from[at];
                }
                at++;
            }
        }
        return pictures;
    }

    /** Returns the index in a picture of each value of each window, -1 outside. */
    int[] places() {
        int[] places = new int[rows() * columns() * channels * kernelHeight * kernelWidth];
        int at = 0;
        for (int row = 0; row < rows(); row++) {
            for (int column = 0; column < columns(); column++) {
                for (int channel = 0; channel < channels; channel++) {
                    for (int i = 0; i < kernelHeight; i++) {
                        for (int j = 0; j < kernelWidth; j++) {
                            int y = row * stride + i - padding;
                            int x = column * stride + j - padding;
                            boolean inside = y >= 0 && y < height && x >= 0 && x < width;
                            places[at++] = inside ? (channel * height + y) * width + x : -1;
                        }
                    }
                }
            }
        }
        return places;
    }
}
