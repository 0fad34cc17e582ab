package dev.jzoo.finetune.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.onnx.Half;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which features a head reads: not those that differ between pictures by rounding alone. */
class ScalingTest {

    private final Random random = new Random(3);

    @Test
    void aFeatureThatNeverChangesIsLeftOut() {
        assertEquals(1, constant(i -> new float[] {0.7f, (float) random.nextGaussian()}));
        assertEquals(1, constant(i -> new float[] {0, (float) random.nextGaussian()}));
    }

    @Test
    void aFeatureThatChangesByRoundingIsLeftOut() {
        assertEquals(1, constant(i -> new float[] {0.7f + 2e-8f * i, (float) random.nextGaussian()}));
        assertEquals(1, constant(i -> new float[] {-1000 + 0.01f * random.nextFloat(), (float) random.nextGaussian()}));
    }

    @Test
    void aFeatureThatIsSmallButChangesIsRead() {
        assertEquals(0, constant(i -> new float[] {1e-12f * i, 1e9f * i}));
        assertEquals(0, constant(i -> new float[] {100 + 0.5f * random.nextFloat(), i}));
    }

    @Test
    void halvesThatChangeByTheirLastBitAreLeftOut() {
        assertEquals(1, constant(i -> new float[] {
            Half.toFloat(Half.of(i % 2 == 0 ? 0.7f : 0.7005f)), Half.toFloat(Half.of(random.nextFloat()))
        }));
    }

    @Test
    void whatIsLeftOutIsZeroWhereverItIsRead() {
        float[][] rows = new float[20][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new float[] {0.7f, i};
        }
        Scaling scaling = Scaling.of(Features.of(rows));
        double[] standard = new double[2];
        scaling.apply(new float[] {5, 19}, standard);
        assertEquals(0, standard[0]);
        assertTrue(standard[1] > 1);
        Head head = scaling.folded(new double[][] {{3, 1}, {-3, -1}}, new double[] {0, 0});
        assertEquals(0, head.weightTensor().floats()[0]);
        double[] one = head.probabilities(new float[] {0.7f, 4});
        double[] other = head.probabilities(new float[] {1e6f, 4});
        assertEquals(one[0], other[0]);
    }

    private interface Row {
        float[] of(int number);
    }

    private static int constant(Row row) {
        float[][] rows = new float[50][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row.of(i);
        }
        return Scaling.of(Features.of(rows)).constant();
    }
}
