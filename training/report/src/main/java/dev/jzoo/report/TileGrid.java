package dev.jzoo.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Small pictures of numbers in rows, all by one scale, so that they can be compared: filters of a layer, the maps that a layer
 * makes of a picture. The caption says the scale.
 *
 * <pre>{@code
 * TileGrid.of(Tone.SIGNED, "Weights of the first layer.").tile("filter 0", weights, 5, 5)
 * }</pre>
 */
public final class TileGrid {

    /** Width of a row, in CSS pixels. */
    private static final int ROW = 1060;

    private static final int GAP = 8;
    /** Tiles are shown no larger than about this, in CSS pixels. */
    private static final int LARGEST = 200;

    private record Tile(String name, float[] values, int height, int width) {}

    private final Tone tone;
    private final String caption;
    private final List<Tile> tiles = new ArrayList<>();
    private boolean written;

    private TileGrid(Tone tone, String caption) {
        if (caption.isBlank()) {
            throw new IllegalArgumentException("A grid of pictures needs a caption, not a blank one.");
        }
        this.tone = tone;
        this.caption = caption;
    }

    /** A grid without tiles yet. The caption says what it shows; a sentence that says the scale is put behind it. */
    public static TileGrid of(Tone tone, String caption) {
        return new TileGrid(tone, caption);
    }

    /** Writes the name of each tile under it; else the name is only shown where the pointer rests. */
    public TileGrid withNames() {
        written = true;
        return this;
    }

    /**
     * Adds a tile, behind those that there are.
     *
     * @param name also for a reader who cannot see it
     * @param values [height, width] for a tone of one number a pixel, [height, width, 3] for one of three; they are copied
     * @throws IllegalArgumentException if the size is another one, or naming the first value that the tone has no colour for
     */
    public TileGrid tile(String name, float[] values, int height, int width) {
        if (name.isBlank()
                || height < 1
                || width < 1
                || values.length != (long) height * width * tone.valuesPerPixel()) {
            throw new IllegalArgumentException("Tile '" + name + "' of " + height + " x " + width
                    + " pixels needs a name, a positive size and " + tone.valuesPerPixel()
                    + " values a pixel; it has " + values.length + " values.");
        }
        for (int i = 0; i < values.length; i++) {
            if (!tone.takes(values[i])) {
                throw new IllegalArgumentException("Tile '" + name + "' has the value " + values[i] + " at index " + i
                        + ", for which " + tone + " has no colour.");
            }
        }
        tiles.add(new Tile(name, values.clone(), height, width));
        return this;
    }

    /** The grid as HTML. Fails with IllegalArgumentException if there is no tile. */
    String html() {
        if (tiles.isEmpty()) {
            throw new IllegalArgumentException("The grid '" + caption + "' has no tile. Add tile(name, values, h, w).");
        }
        double largest = largest();
        int columns = columns();
        int room = Math.min(LARGEST, ROW / columns - GAP - 2);
        int widest = tiles.stream()
                .mapToInt(tile -> tile.width * zoom(tile, room))
                .max()
                .orElseThrow();
        StringBuilder out =
                new StringBuilder("<figure class=\"chart tiles\">\n<div class=\"grid\" style=\"max-width: ");
        out.append(columns * (widest + GAP + 2)).append("px\">\n");
        for (Tile tile : tiles) {
            int zoom = zoom(tile, room);
            String source = tone.picture(tile.values, tile.height, tile.width, largest);
            out.append("<div>").append(image(tile.name, tile.width * zoom, tile.height * zoom, source));
            out.append(written ? "<small>" + Markup.escape(tile.name) + "</small>" : "")
                    .append("</div>\n");
        }
        out.append("</div>\n").append(bar(largest)).append("<figcaption>");
        return out.append(Markup.escape(caption + " " + tone.scale(largest)))
                .append("</figcaption>\n</figure>\n")
                .toString();
    }

    private double largest() {
        double largest = 0;
        for (Tile tile : tiles) {
            for (float value : tile.values) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        return largest;
    }

    /** Screen pixels for a pixel: whole ones, so that all are equally large. */
    private static int zoom(Tile tile, int room) {
        return Math.max(1, room / Math.max(tile.height, tile.width));
    }

    /** Eight tiles a row, more where they are many, spread evenly over the rows. */
    private int columns() {
        int most = tiles.size() <= 16 ? 8 : tiles.size() <= 48 ? 12 : 16;
        int rows = (tiles.size() + most - 1) / most;
        return (tiles.size() + rows - 1) / rows;
    }

    private String bar(double largest) {
        if (tone.valuesPerPixel() > 1) {
            return "";
        }
        int steps = 64;
        float[] ramp = new float[2 * steps + 1];
        double low = tone.lowest(1);
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = (float) (low + (1 - low) * i / (ramp.length - 1));
        }
        String from = Numerals.significant(tone.lowest(largest));
        String to = Numerals.significant(largest);
        return "<div class=\"bar\"><span>" + from + "</span>"
                + image("scale from " + from + " to " + to, 160, 10, tone.picture(ramp, 1, ramp.length, 1)) + "<span>"
                + to + "</span></div>\n";
    }

    private static String image(String name, int width, int height, String source) {
        String text = Markup.escape(name);
        return "<img alt=\"" + text + "\" title=\"" + text + "\" width=\"" + width + "\" height=\"" + height
                + "\" src=\"" + source + "\"/>";
    }
}
