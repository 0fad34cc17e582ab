package dev.jzoo.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of small pictures of numbers with a common scale, so that they can be compared: the filters of a layer, the feature maps of
 * a picture. The caption explains the scale.
 *
 * <pre>{@code
 * TileGrid.of(Tone.SIGNED, "Weights of the first layer.").tile("filter 0", weights, 5, 5)
 * }</pre>
 */
public final class TileGrid {

    /** The width of a row, in CSS pixels. */
    private static final int ROW = 1060;

    private static final int GAP = 8;
    /** The approximate maximum size of a tile, in CSS pixels. */
    private static final int LARGEST = 200;

    private record Tile(String name, float[] values, int height, int width) {}

    private final Tone tone;
    private final String caption;
    private final List<Tile> tiles = new ArrayList<>();
    private boolean written;

    private TileGrid(Tone tone, String caption) {
        if (caption.isBlank()) {
            throw new IllegalArgumentException("The caption of a grid must not be blank.");
        }
        this.tone = tone;
        this.caption = caption;
    }

    /** Creates a grid without tiles. The caption says what the tiles show; a sentence about the scale is added to it. */
    public static TileGrid of(Tone tone, String caption) {
        return new TileGrid(tone, caption);
    }

    /** Writes the name of each tile under it. Without this call, the name is only a tooltip. */
    public TileGrid withNames() {
        written = true;
        return this;
    }

    /**
     * Adds a tile at the end of the grid.
     *
     * @param name a name, also for readers who cannot see the tile
     * @param values [height, width] for a tone of one number per pixel, [height, width, 3] for a tone of three; copied
     * @throws IllegalArgumentException if the number of values is wrong, or naming the first value that the tone has no colour
     *     for
     */
    public TileGrid tile(String name, float[] values, int height, int width) {
        if (name.isBlank()
                || height < 1
                || width < 1
                || values.length != (long) height * width * tone.valuesPerPixel()) {
            throw new IllegalArgumentException("Tile '" + name + "' of " + height + " x " + width
                    + " pixels must have a name, a positive size and " + tone.valuesPerPixel()
                    + " values per pixel, not " + values.length + " values.");
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

    /** Returns the grid as HTML. Fails with IllegalArgumentException if there are no tiles. */
    String html() {
        if (tiles.isEmpty()) {
            throw new IllegalArgumentException(
                    "The grid '" + caption + "' has no tiles. Add tile(name, values, h," + " w).");
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

    /** Returns the number of screen pixels per pixel, a whole number so that all pixels have the same size. */
    private static int zoom(Tile tile, int room) {
        return Math.max(1, room / Math.max(tile.height, tile.width));
    }

    /** Returns the number of tiles per row: eight, or more if there are many tiles, spread evenly over the rows. */
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
