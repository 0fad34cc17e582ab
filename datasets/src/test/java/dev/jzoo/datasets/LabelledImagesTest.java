package dev.jzoo.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.file.Sha256;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelledImagesTest {

    private static final Provenance HERE = new Provenance("mine", "all", Sha256.of(new byte[0]), "");

    /** Returns three images of 1 x 2 pixels. */
    private static LabelledImages three() {
        return LabelledImages.wrap(
                new byte[] {1, 2, 3, 4, 5, (byte) 255}, new int[] {1, 0, 1}, 1, 2, 1, List.of("no", "yes"), HERE);
    }

    @Test
    void imagesAndLabelsAreReadByIndex() {
        LabelledImages images = three();
        assertEquals(3, images.size());
        assertArrayEquals(new byte[] {5, (byte) 255}, images.image(2));
        assertEquals("yes", images.labelNames().get(images.label(2)));
        assertEquals("mine all: uint8 [3, 1, 2, 1], 2 labels", images.toString());
        assertThrows(IndexOutOfBoundsException.class, () -> images.image(3));
        assertThrows(IndexOutOfBoundsException.class, () -> images.label(-1));
    }

    @Test
    void aBatchIsGatheredInTheOrderAskedFor() {
        byte[] batch = {9, 9, 9, 9, 9};
        three().gather(new int[] {2, 0}, batch);
        assertArrayEquals(new byte[] {5, (byte) 255, 1, 2, 9}, batch);
        assertThrows(IllegalArgumentException.class, () -> three().gather(new int[] {0, 1, 2}, batch));
        assertThrows(IndexOutOfBoundsException.class, () -> three().gather(new int[] {3}, batch));
    }

    @Test
    void theViewOfAllPixelsCannotBeWrittenTo() {
        ByteBuffer pixels = three().pixels();
        assertTrue(pixels.isReadOnly());
        assertEquals(6, pixels.remaining());
        assertEquals(4, pixels.get(3));
    }

    @Test
    void copiesDoNotReachInside() {
        LabelledImages images = three();
        images.image(0)[0] = 77;
        images.labels()[0] = 77;
        assertArrayEquals(new byte[] {1, 2}, images.image(0));
        assertArrayEquals(new int[] {1, 0, 1}, images.labels());
    }

    @Test
    void aRangeHasItsOwnImages() {
        LabelledImages last = three().range(1, 3);
        assertEquals(2, last.size());
        assertArrayEquals(new byte[] {3, 4}, last.image(0));
        assertEquals(0, last.label(0));
        assertEquals(HERE, last.provenance());
        assertThrows(IndexOutOfBoundsException.class, () -> three().range(2, 4));
    }

    @Test
    void sizesThatDisagreeAreRefused() {
        List<String> names = List.of("no", "yes");
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> LabelledImages.wrap(new byte[5], new int[3], 1, 2, 1, names, HERE));
        assertEquals("3 labels need pixels [3, 1, 2, 1] = 6 bytes, not 5.", e.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> LabelledImages.wrap(new byte[4], new int[1], 1, 2, 2, names, HERE));
        assertThrows(
                IllegalArgumentException.class,
                () -> LabelledImages.wrap(new byte[0], new int[1], 0, 2, 1, names, HERE));
    }

    @Test
    void aLabelWithoutANameIsRefusedNamingTheImage() {
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> LabelledImages.wrap(new byte[2], new int[] {0, 2}, 1, 1, 1, List.of("no", "yes"), HERE));
        assertEquals("Label 2 of image 1 has no name; there are 2 names: [no, yes].", e.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> LabelledImages.wrap(new byte[1], new int[] {0}, 1, 1, 1, List.of("no", "no"), HERE));
    }
}
