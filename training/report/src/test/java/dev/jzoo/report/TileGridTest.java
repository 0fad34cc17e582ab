package dev.jzoo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.training.testing.Xml;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.w3c.dom.Element;

class TileGridTest {

    @Test
    void signedNumbersAreBlueAboveZeroOrangeBelowAndClearAtZero() throws Exception {
        BufferedImage tile = tiles(TileGrid.of(Tone.SIGNED, "c").tile("t", new float[] {2, -2, 0, 1}, 2, 2))
                .get(0);
        assertEquals(0xff2a8fe6, tile.getRGB(0, 0));
        assertEquals(0xfff07414, tile.getRGB(1, 0));
        assertEquals(0, tile.getRGB(0, 1) >>> 24, "zero is the page's background");
        assertEquals(128, tile.getRGB(1, 1) >>> 24, 2, "half of the largest is half opaque");
    }

    @Test
    void amountsGrowBrighterFromZero() throws Exception {
        BufferedImage tile = tiles(TileGrid.of(Tone.AMOUNT, "c").tile("t", new float[] {0, 1, 2, 3, 4}, 1, 5))
                .get(0);
        assertEquals(0xff000004, tile.getRGB(0, 0));
        assertEquals(0xfffcffa4, tile.getRGB(4, 0));
        for (int x = 1; x < 5; x++) {
            assertTrue(luminance(tile.getRGB(x, 0)) > luminance(tile.getRGB(x - 1, 0)) + 20, "at " + x);
        }
    }

    @Test
    void colourFiltersAreTheirChannelsAroundMiddleGrey() throws Exception {
        float[] values = {0, 0, 0, 4, -4, 0};
        BufferedImage tile = tiles(TileGrid.of(Tone.SIGNED_COLOUR, "c").tile("t", values, 2, 1))
                .get(0);
        assertEquals(0xff7f7f7f, tile.getRGB(0, 0));
        assertEquals(0xfffe007f, tile.getRGB(0, 1));
    }

    @Test
    void allTilesShareOneScaleAndTheCaptionSaysIt() throws Exception {
        TileGrid grid = TileGrid.of(Tone.SIGNED, "Weights.")
                .tile("small", new float[] {0.125f}, 1, 1)
                .tile("large", new float[] {-0.25f}, 1, 1);
        List<BufferedImage> tiles = tiles(grid);
        assertEquals(128, tiles.get(0).getRGB(0, 0) >>> 24, 2);
        assertEquals(255, tiles.get(1).getRGB(0, 0) >>> 24);
        assertEquals(
                List.of(
                        "Weights. Blue is above 0, orange below, the background is 0; the ends of the scale are ±0.25."),
                Xml.texts(Xml.parse(grid.html()), "figcaption"));
        assertEquals(List.of("-0.25", "0.25"), Xml.texts(Xml.parse(grid.html()), "span"));
    }

    @Test
    void tilesOfZerosAreDrawnWithoutDividingByZero() throws Exception {
        for (Tone tone : Tone.values()) {
            TileGrid grid = TileGrid.of(tone, "c").tile("t", new float[12 * tone.valuesPerPixel()], 3, 4);
            assertEquals(4, tiles(grid).get(0).getWidth());
            assertFalse(grid.html().contains("NaN"), grid.html());
        }
    }

    @Test
    void namesAreWrittenWhereTheyAreAskedFor() throws Exception {
        TileGrid grid = TileGrid.of(Tone.SIGNED, "c").tile("<cat>", new float[1], 1, 1);
        assertEquals(List.of(), Xml.texts(Xml.parse(grid.html()), "small"));
        assertEquals("<cat>", images(grid).get(0).getAttribute("alt"));
        assertEquals(List.of("<cat>"), Xml.texts(Xml.parse(grid.withNames().html()), "small"));
    }

    @Test
    void aPixelIsAsManyWholePixelsWideAsFitIntoARow() throws Exception {
        for (int count : new int[] {1, 8, 9, 16, 17, 48, 49, 64, 200}) {
            TileGrid grid = TileGrid.of(Tone.SIGNED, "c");
            for (int i = 0; i < count; i++) {
                grid.tile("t", new float[28 * 28], 28, 28);
            }
            int width = Integer.parseInt(images(grid).get(0).getAttribute("width"));
            Element row = Xml.elements(Xml.parse(grid.html()), "div").get(0);
            int room = Integer.parseInt(row.getAttribute("style").replaceAll("\\D", ""));
            assertEquals(0, width % 28);
            assertTrue(width >= 56 && width <= 200, count + " tiles of " + width);
            assertTrue(room <= 1060 && room >= width + 10, count + " tiles in " + room);
        }
    }

    @Test
    void whatCannotBeDrawnIsRefusedNamingTile() {
        TileGrid amounts = TileGrid.of(Tone.AMOUNT, "maps");
        refused("'t' of 2 x 2", () -> amounts.tile("t", new float[3], 2, 2));
        refused("'t' has the value -1.0 at index 1", () -> amounts.tile("t", new float[] {0, -1}, 1, 2));
        refused("'t' has the value NaN", () -> amounts.tile("t", new float[] {Float.NaN}, 1, 1));
        refused("3 values per pixel", () -> TileGrid.of(Tone.SIGNED_COLOUR, "c").tile("t", new float[4], 2, 2));
        refused("'maps' has no tile", amounts::html);
        refused("The caption of a grid must not be blank", () -> TileGrid.of(Tone.AMOUNT, " "));
    }

    private static double luminance(int rgb) {
        return 0.2126 * (rgb >> 16 & 255) + 0.7152 * (rgb >> 8 & 255) + 0.0722 * (rgb & 255);
    }

    /** Returns the pictures of a grid without the picture of its scale, which is outside the rows. */
    private static List<Element> images(TileGrid grid) throws Exception {
        return Xml.elements(Xml.parse(grid.html()), "img").stream()
                .filter(image -> !image.getAttribute("alt").startsWith("scale "))
                .toList();
    }

    private static List<BufferedImage> tiles(TileGrid grid) throws Exception {
        BufferedImage[] tiles = new BufferedImage[images(grid).size()];
        for (int i = 0; i < tiles.length; i++) {
            String source = images(grid).get(i).getAttribute("src");
            byte[] png = Base64.getDecoder().decode(source.substring(source.indexOf(',') + 1));
            tiles[i] = ImageIO.read(new ByteArrayInputStream(png));
        }
        return Arrays.asList(tiles);
    }

    private static void refused(String saying, Executable act) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, act);
        assertTrue(refusal.getMessage().contains(saying), refusal.getMessage());
    }
}
