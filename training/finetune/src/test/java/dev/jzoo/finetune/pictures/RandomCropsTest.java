package dev.jzoo.finetune.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.inference.pictures.Crop;
import dev.jzoo.inference.pictures.PictureSize;
import dev.jzoo.zoo.file.Sha256;
import org.junit.jupiter.api.Test;

class RandomCropsTest {

    private static final PictureSize SQUARE = new PictureSize(224, 224, 3);
    private static final Sha256 ANT = Sha256.of(new byte[] {1});
    private static final Sha256 BEE = Sha256.of(new byte[] {2});

    @Test
    void aViewIsAFunctionOfSeedContentAndNumber() {
        RandomCrops crops = new RandomCrops(7, 0.3);
        Crop view = crops.view(ANT, 2, 300, 400, SQUARE);
        crops.view(BEE, 0, 300, 400, SQUARE);
        assertEquals(view, new RandomCrops(7, 0.3).view(ANT, 2, 300, 400, SQUARE));
        assertNotEquals(view, crops.view(ANT, 3, 300, 400, SQUARE));
        assertNotEquals(view, crops.view(BEE, 2, 300, 400, SQUARE));
        assertNotEquals(view, new RandomCrops(8, 0.3).view(ANT, 2, 300, 400, SQUARE));
    }

    /**
     * Areas are uniform from the smallest share to 1 where they fit: a picture of the ratio 1 has room for most of
     * them.
     */
    @Test
    void areasRatiosPlacesAndSidesAreSpreadAsTheyShould() {
        RandomCrops crops = new RandomCrops(1, 0.08);
        int n = 20_000;
        int mirrored = 0;
        int small = 0;
        int wide = 0;
        int left = 0;
        for (int view = 0; view < n; view++) {
            Crop crop = crops.view(ANT, view, 500, 500, SQUARE);
            double share = crop.height() * (double) crop.width() / 250_000;
            double ratio = (double) crop.width() / crop.height();
            assertTrue(share > 0.078 && share <= 1, "share " + share);
            assertTrue(ratio > 0.74 && ratio < 1.35, "ratio " + ratio);
            assertTrue(crop.top() + crop.height() <= 500 && crop.left() + crop.width() <= 500, crop.toString());
            mirrored += crop.facing() == Crop.Facing.MIRRORED ? 1 : 0;
            small += share < 0.31 ? 1 : 0;
            wide += ratio > 1 ? 1 : 0;
            left += 2 * crop.left() + crop.width() < 500 ? 1 : 0;
        }
        // standard deviation of a count of half is 71; of the areas a quarter is below 0.31, and more as large ones fit
        // less
        assertEquals(n / 2, mirrored, 300);
        assertEquals(n / 2, wide, 300);
        assertEquals(n / 2, left, 500);
        assertTrue(small > 0.25 * n - 250 && small < 0.31 * n, "small " + small);
    }

    @Test
    void theRatioIsThatOfTheNetwork() {
        RandomCrops crops = new RandomCrops(1, 0.2);
        for (int view = 0; view < 1000; view++) {
            Crop crop = crops.view(BEE, view, 400, 400, new PictureSize(100, 200, 3));
            double ratio = (double) crop.width() / crop.height();
            assertTrue(ratio > 1.47 && ratio < 2.7, "ratio " + ratio);
        }
    }

    @Test
    void aPictureLikeALineHasItsCentreCutOut() {
        Crop wide = new RandomCrops(1, 0.9).view(ANT, 0, 30, 3000, SQUARE);
        assertEquals(new Crop(0, 1480, 30, 40, wide.facing()), wide);
        Crop tall = new RandomCrops(1, 0.9).view(ANT, 1, 3000, 1, SQUARE);
        assertEquals(new Crop(1499, 0, 1, 1, tall.facing()), tall);
    }

    @Test
    void aShareThatIsNoneIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new RandomCrops(1, 0));
        assertThrows(IllegalArgumentException.class, () -> new RandomCrops(1, 1.01));
        assertThrows(IllegalArgumentException.class, () -> new RandomCrops(1, Double.NaN));
    }
}
