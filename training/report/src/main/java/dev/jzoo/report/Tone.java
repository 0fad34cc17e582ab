package dev.jzoo.report;

import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;

/** The mapping of numbers to colours, the same for all tiles of a {@link TileGrid}. */
public enum Tone {
    /**
     * Orange below zero and blue above it, deeper with distance from zero. Zero is the page's own background, light or dark. One
     * number per pixel.
     */
    SIGNED(1, -1, "Blue is above 0, orange below, the background is 0"),
    /** From dark violet for 0 over red to light yellow. One number per pixel, none below 0. */
    AMOUNT(1, 0, "Dark is 0"),
    /** Red, green and blue around a middle grey, which is zero. Three numbers per pixel. */
    SIGNED_COLOUR(3, -1, "Red, green and blue are the three channels, a middle grey is 0");

    /** The number of colours: few enough for small files, too many for visible steps, and odd, so that one of them is zero. */
    private static final int LEVELS = 127;

    private static final int[] BELOW = {0xf0, 0x74, 0x14};
    private static final int[] ABOVE = {0x2a, 0x8f, 0xe6};

    /** Nine equally spaced colours of matplotlib's "inferno" (CC0), whose brightness rises evenly. */
    private static final int[] INFERNO = {
        0x000004, 0x1f0c48, 0x550f6d, 0x88226a, 0xba3655, 0xe35933, 0xf98e09, 0xf9cb35, 0xfcffa4
    };

    private final int valuesPerPixel;
    private final int lowest;
    private final String meaning;

    Tone(int valuesPerPixel, int lowest, String meaning) {
        this.valuesPerPixel = valuesPerPixel;
        this.lowest = lowest;
        this.meaning = meaning;
    }

    int valuesPerPixel() {
        return valuesPerPixel;
    }

    /** Returns whether a value has a colour. */
    boolean takes(float value) {
        return Float.isFinite(value) && (lowest < 0 || value >= 0);
    }

    /** Returns the value at the lower end of the scale, given that at its upper end. */
    double lowest(double largest) {
        return lowest * largest;
    }

    /** Returns a sentence about the colours, given the largest value of all tiles. */
    String scale(double largest) {
        String end = Numerals.significant(largest);
        return meaning + (lowest < 0 ? "; the ends of the scale are ±" : "; the brightest colour is ") + end + ".";
    }

    /** Returns a picture of values [height, width] or [height, width, 3], given the largest value of all tiles. */
    String picture(float[] values, int height, int width, double largest) {
        byte[] levels = new byte[values.length];
        int steps = this == SIGNED_COLOUR ? 254 : LEVELS - 1;
        for (int i = 0; i < values.length; i++) {
            double share = largest == 0 ? 0 : values[i] / largest;
            levels[i] = (byte) Math.round(steps * (share - lowest) / (1 - lowest));
        }
        return this == SIGNED_COLOUR
                ? Png.address(levels, height, width, 3)
                : Png.address(levels, height, width, palette());
    }

    private IndexColorModel palette() {
        int[] argb = new int[LEVELS];
        for (int i = 0; i < LEVELS; i++) {
            double share = i / (LEVELS - 1.0);
            argb[i] = this == AMOUNT ? inferno(share) : signed(2 * share - 1);
        }
        return new IndexColorModel(8, LEVELS, argb, 0, true, -1, DataBuffer.TYPE_BYTE);
    }

    /** Returns a colour that is opaque at the ends and transparent at zero, so that one picture suits light and dark pages. */
    private static int signed(double value) {
        int[] colour = value < 0 ? BELOW : ABOVE;
        int alpha = (int) Math.round(255 * Math.abs(value));
        return alpha << 24 | colour[0] << 16 | colour[1] << 8 | colour[2];
    }

    private static int inferno(double share) {
        double place = share * (INFERNO.length - 1);
        int from = (int) Math.min(INFERNO.length - 2, Math.floor(place));
        int colour = 0xff;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int low = INFERNO[from] >> shift & 0xff;
            int high = INFERNO[from + 1] >> shift & 0xff;
            colour = colour << 8 | (int) Math.round(low + (place - from) * (high - low));
        }
        return colour;
    }
}
