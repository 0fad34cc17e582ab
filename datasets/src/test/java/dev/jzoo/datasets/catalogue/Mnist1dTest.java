package dev.jzoo.datasets.catalogue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jzoo.datasets.LabelledSignals;
import dev.jzoo.datasets.Provenance;
import dev.jzoo.zoo.file.Sha256;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Mnist1dTest {

    /** The expected values are those of the published file, rounded to six decimals. */
    @Test
    void theFirstSignalIsThePublishedOne() {
        LabelledSignals train = Mnist1d.train();
        assertEquals("mnist1d train: [4000, 40], 10 labels", train.toString());
        double[] published = {-.332006, -.471910, -.778697, -1.009741, -.882353, .103935, 1.643284};
        assertArrayEquals(published, Arrays.copyOf(train.signal(0), 7), 5e-7);
        assertArrayEquals(new int[] {2, 6}, Arrays.copyOf(train.labels(), 2));
    }

    /** The digests are those of the published signals as CSV. They cover all 200,000 values with six decimals. */
    @Test
    void allSignalsAreThePublishedOnesToSixDecimals() {
        assertEquals(
                "d0736eba50c367bc44a3cbabb09d6c432cc7ab55af19987b3b1caf99ee36a72f",
                Mnist1d.train().provenance().sha256().hex());
        assertEquals(
                "cb314dd184f5e82cf9306d3ad4775310cbd68bfeaf1c4ac03df9a38314711c01",
                Mnist1d.test().provenance().sha256().hex());
        assertEquals("mnist1d test: [1000, 40], 10 labels", Mnist1d.test().toString());
    }

    @Test
    void otherSignalsHaveAsManyOfEachClassAndAreStandardised() {
        LabelledSignals signals = Mnist1d.generate(200, 7);
        assertEquals("mnist1d 200 with seed 7: [200, 40], 10 labels", signals.toString());
        int[] counts = new int[10];
        Arrays.stream(signals.labels()).forEach(label -> counts[label]++);
        assertArrayEquals(new int[] {20, 20, 20, 20, 20, 20, 20, 20, 20, 20}, counts);
        double sum = 0;
        double squares = 0;
        for (float value : signals.toFloats()) {
            sum += value;
            squares += value * value;
        }
        assertEquals(0, sum / 8000, 1e-6);
        assertEquals(1, squares / 8000, 1e-6);
        assertFalse(Arrays.equals(signals.signal(0), Mnist1d.generate(200, 8).signal(0)));
        assertThrows(IllegalArgumentException.class, () -> Mnist1d.generate(15, 7));
        assertThrows(IllegalArgumentException.class, () -> Mnist1d.generate(0, 7));
    }

    @Test
    void signalsAreReadByIndexAndReordered() {
        Provenance here = new Provenance("mine", "all", Sha256.of(new byte[0]), "");
        LabelledSignals signals =
                LabelledSignals.of(new double[] {1, 2, 3, 4, 5, 6}, new int[] {1, 0}, 3, Mnist.LABEL_NAMES, here);
        LabelledSignals other = signals.reordered(new int[] {2, 0, 1});
        assertArrayEquals(new double[] {6, 4, 5}, other.signal(1));
        assertArrayEquals(new float[] {3, 1, 2, 6, 4, 5}, other.toFloats());
        assertEquals(0, other.label(1));
        assertArrayEquals(new double[] {4, 5, 6}, signals.range(1, 2).signal(0));
        assertEquals(0, signals.range(1, 2).label(0));
        assertThrows(IllegalArgumentException.class, () -> signals.reordered(new int[] {0, 1}));
        assertThrows(IllegalArgumentException.class, () -> signals.reordered(new int[] {0, 1, 1}));
        assertThrows(IllegalArgumentException.class, () -> signals.reordered(new int[] {0, 1, 2, 3}));
        assertThrows(IndexOutOfBoundsException.class, () -> signals.signal(2));
    }

    @Test
    void whatAreNoSignalsIsRefused() {
        Provenance here = new Provenance("mine", "all", Sha256.of(new byte[0]), "");
        assertThrows(
                IllegalArgumentException.class,
                () -> LabelledSignals.of(new double[5], new int[2], 3, Mnist.LABEL_NAMES, here));
        assertThrows(
                IllegalArgumentException.class,
                () -> LabelledSignals.of(new double[] {Double.NaN}, new int[1], 1, Mnist.LABEL_NAMES, here));
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> LabelledSignals.of(new double[2], new int[] {0, 10}, 1, Mnist.LABEL_NAMES, here));
        assertEquals(
                "Label 10 of signal 1 has no name; there are 10 names: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].",
                e.getMessage());
    }
}
