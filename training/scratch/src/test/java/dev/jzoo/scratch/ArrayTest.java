package dev.jzoo.scratch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ArrayTest {

    private static final int[] SIZES = {1, 2, 3, 4, 5, 7, 8, 9, 10, 15, 16, 17, 31, 33, 64, 65, 100, 130};

    private final Random random = new Random(5);

    private Array normal(int... shape) {
        return WeightInit.normal(1).draw(random, 1, 1, shape);
    }

    private int size() {
        return SIZES[random.nextInt(SIZES.length)];
    }

    @Test
    void productsOfMatricesAreThoseOfPlainLoops() {
        for (int i = 0; i < 300; i++) {
            int n = size();
            int k = size();
            int m = size();
            Array a = normal(n, k);
            Array b = normal(k, m);
            Array expected = product(a, b);
            String sizes = n + " x " + k + " x " + m;
            assertArrayEquals(expected.values(), a.dot(b).values(), 1e-12, sizes);
            assertArrayEquals(expected.values(), a.transpose().transposedDot(b).values(), 1e-12, sizes);
            assertArrayEquals(expected.values(), a.dotTransposed(b.transpose()).values(), 1e-12, sizes);
            assertArrayEquals(new int[] {n, m}, a.dot(b).shape());
        }
    }

    private static Array product(Array a, Array b) {
        Array result = Array.zeros(a.size(0), b.size(1));
        for (int i = 0; i < a.size(0); i++) {
            for (int j = 0; j < b.size(1); j++) {
                double sum = 0;
                for (int p = 0; p < a.size(1); p++) {
                    sum += a.get(i, p) * b.get(p, j);
                }
                result.set(sum, i, j);
            }
        }
        return result;
    }

    @Test
    void rowsAreSummedAddedAndTaken() {
        Array matrix = Array.rows(new double[] {1, 2, 3}, new double[] {4, 9, 6});
        assertArrayEquals(new double[] {5, 11, 9}, matrix.sumOfRows().values());
        assertArrayEquals(new int[] {2, 1}, matrix.argMax());
        assertArrayEquals(
                new double[] {4, 9, 6, 1, 2, 3, 4, 9, 6}, matrix.take(1, 0, 1).values());
        assertEquals(9, matrix.get(1, 1));
        assertEquals(25, matrix.sum());
        assertEquals(Math.sqrt(147), matrix.norm(), 1e-15);
        assertArrayEquals(new double[] {1, 4, 2, 9, 3, 6}, matrix.transpose().values());
        Array vector = Array.of(new double[] {10, 20, 30}, 3);
        assertArrayEquals(
                new double[] {11, 22, 33, 14, 29, 36}, matrix.addToRows(vector).values());
    }

    @Test
    void valuesThatDoNotFitAreRefusedWithTheirSizes() {
        Array matrix = Array.zeros(2, 3);
        refused("5 values do not fill the shape [2, 3]", () -> Array.of(new double[5], 2, 3));
        refused("3 columns cannot be multiplied with one of 2 rows", () -> matrix.dot(matrix));
        refused("[2, 3] and [3, 2]", () -> matrix.plus(matrix.transpose()));
        refused("vector of 2 values", () -> matrix.addToRows(Array.zeros(2)));
        refused("same length, here 2", () -> Array.rows(new double[2], new double[3]));
        refused("2 axes", () -> matrix.dot(Array.zeros(3)));
    }

    private static void refused(String part, Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(part), message);
    }
}
