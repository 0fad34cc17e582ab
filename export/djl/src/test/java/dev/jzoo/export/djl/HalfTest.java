package dev.jzoo.export.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.jzoo.onnx.Half;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HalfTest {

    @Test
    void everyHalfComesBackAsItWas() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = Half.toFloat((short) bits);
            if (!Float.isNaN(value)) {
                assertEquals((short) bits, Half.of(value), Integer.toHexString(bits));
            }
        }
    }

    @Test
    void boundsAreThoseOfTheStandard() {
        assertEquals(65504, Half.rounded(65519.99f));
        assertEquals(Float.POSITIVE_INFINITY, Half.rounded(65520));
        assertEquals(Float.NEGATIVE_INFINITY, Half.rounded(-1e10f));
        assertEquals(0x1p-24f, Half.rounded(0x1.8p-25f));
        assertEquals(0, Half.rounded(0x1p-25f));
        assertEquals(-0.0f, Half.rounded(-0.0f));
        assertTrue(Float.isNaN(Half.rounded(Float.NaN)));
    }

    /** Tests values of all magnitudes, including ties between two halves. */
    @Test
    void roundsAsPyTorchDoes() {
        Random random = new Random(5);
        float[] values = new float[100_000];
        for (int i = 0; i < values.length; i++) {
            float value = (float) Math.scalb(random.nextGaussian(), random.nextInt(45) - 28);
            values[i] = i % 2 == 0 ? value : Float.intBitsToFloat(Float.floatToRawIntBits(value) & 0xfffff000);
        }
        try (NDManager manager = NDManager.newBaseManager();
                NDArray theirs =
                        manager.create(values).toType(DataType.FLOAT16, true).toType(DataType.FLOAT32, true)) {
            float[] expected = theirs.toFloatArray();
            for (int i = 0; i < values.length; i++) {
                assertEquals(expected[i], Half.rounded(values[i]), Float.toHexString(values[i]));
            }
        }
    }
}
