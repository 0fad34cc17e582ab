package dev.jzoo.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TensorTest {

    @Test
    void laterChangesOfTheArraysDoNotReachTheTensor() {
        float[] values = {1, 2};
        long[] shape = {1, 2};
        Tensor tensor = Tensor.of(values, shape);
        values[0] = 9;
        shape[0] = 9;
        tensor.floats()[1] = 9;
        tensor.shape()[1] = 9;
        assertArrayEquals(new float[] {1, 2}, tensor.floats());
        assertArrayEquals(new long[] {1, 2}, tensor.shape());
    }

    @Test
    void wrongNumberOfElementsIsRefusedWithBothNumbers() {
        assertEquals(
                "A tensor of shape [2, 3] has 6 elements, found 5.",
                assertThrows(IllegalArgumentException.class, () -> Tensor.of(new float[5], 2, 3))
                        .getMessage());
        assertEquals(
                "A tensor of shape [] has 1 element, found 2.",
                assertThrows(IllegalArgumentException.class, () -> Tensor.ofLongs(new long[2]))
                        .getMessage());
    }

    @Test
    void negativeSizesAndSizesThatOverflowAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Tensor.of(new float[1], -1, -1));
        // 2^32 * 2^32 overflows to 0
        assertThrows(IllegalArgumentException.class, () -> Tensor.of(new float[0], 1L << 32, 1L << 32));
    }

    @Test
    void aShapeMayHaveNoElementsAndAValueNoShape() {
        assertEquals(0, Tensor.of(new float[0], 0, 1L << 40).size());
        assertArrayEquals(new long[0], Tensor.ofInts(new int[] {7}).shape());
    }

    @Test
    void tensorsAreEqualByTypeShapeAndBitsOfTheElements() {
        assertEquals(Tensor.of(new float[] {Float.NaN, 1}, 2), Tensor.of(new float[] {Float.NaN, 1}, 2));
        assertEquals(
                Tensor.ofStrings(new String[] {"a"}, 1).hashCode(),
                Tensor.ofStrings(new String[] {"a"}, 1).hashCode());
        assertNotEquals(Tensor.of(new float[] {0f}, 1), Tensor.of(new float[] {-0f}, 1));
        assertNotEquals(Tensor.of(new float[2], 1, 2), Tensor.of(new float[2], 2, 1));
        assertNotEquals(Tensor.ofBytes(new byte[1], 1), Tensor.ofSignedBytes(new byte[1], 1));
    }

    @Test
    void textShowsTypeShapeAndFirstElements() {
        assertEquals(
                "float [1, 4] {1.0, 2.0, 3.0, 4.0}",
                Tensor.of(new float[] {1, 2, 3, 4}, 1, 4).toString());
        assertEquals("uint8 [2] {255, 1}", Tensor.ofBytes(new byte[] {-1, 1}, 2).toString());
        assertEquals(
                "int8 [2] {-1, 1}", Tensor.ofSignedBytes(new byte[] {-1, 1}, 2).toString());
        assertEquals(
                "string [1] {\"a\"}", Tensor.ofStrings(new String[] {"a"}, 1).toString());
        assertEquals(
                "int64 [9] {0, 0, 0, 0, 0, 0, 0, 0, ...}",
                Tensor.ofLongs(new long[9], 9).toString());
    }

    @Test
    void readingAnotherTypeFailsNamingBoth() {
        assertEquals(
                "This tensor holds float; bytes() reads uint8 and int8.",
                assertThrows(IllegalStateException.class, () -> Tensor.of(new float[1], 1)
                                .bytes())
                        .getMessage());
    }

    @Test
    void nullTextIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Tensor.ofStrings(new String[] {"a", null}, 2));
    }
}
