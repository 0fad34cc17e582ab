package dev.jzoo.datasets.catalogue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.Shuffler;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ProceduralDigitsTest {

    /** A frozen digest: the pixels are the same on every platform and Java version. Change it only with the digits. */
    @Test
    void theDigitsOfASeedAreTheSameEverywhere() {
        assertEquals(
                "8a0530d0baa7172e4640a479afd9d23d3fdae1f04ee70e02128a0c897221c7c9",
                ProceduralDigits.generate(200, 1).provenance().sha256().hex());
    }

    @Test
    void theSetSaysThatItIsAStandIn() {
        LabelledImages digits = ProceduralDigits.generate(10, 3);
        assertEquals("procedural-digits", digits.provenance().dataset());
        assertEquals("10 with seed 3", digits.provenance().part());
        assertTrue(digits.provenance().note().contains("stand-in for MNIST"));
        assertEquals("procedural-digits 10 with seed 3: uint8 [10, 28, 28, 1], 10 labels", digits.toString());
    }

    @Test
    void fewerDigitsAreTheFirstOfMore() {
        LabelledImages few = ProceduralDigits.generate(15, 3);
        LabelledImages more = ProceduralDigits.generate(40, 3);
        assertArrayEquals(few.labels(), Arrays.copyOf(more.labels(), 15));
        for (int i = 0; i < 15; i++) {
            assertArrayEquals(few.image(i), more.image(i));
        }
        assertFalse(Arrays.equals(few.image(0), ProceduralDigits.generate(15, 4).image(0)));
        assertNotEquals(
                few.provenance().sha256(),
                ProceduralDigits.generate(15, 4).provenance().sha256());
    }

    @Test
    void everyTenImagesHaveEachDigitOnce() {
        int[] labels = ProceduralDigits.generate(100, 8).labels();
        for (int from = 0; from < 100; from += 10) {
            assertEquals(10, Arrays.stream(labels, from, from + 10).distinct().count(), "from image " + from);
        }
    }

    /** MNIST has a mean of 33.3 of 255 over all pixels, and no ink at the edge of the picture. */
    @Test
    void digitsHaveTheBrightnessAndPlaceOfMnist() {
        LabelledImages digits = ProceduralDigits.generate(2_000, 11);
        long sum = 0;
        for (int i = 0; i < digits.size(); i++) {
            byte[] image = digits.image(i);
            for (int pixel = 0; pixel < image.length; pixel++) {
                int value = Byte.toUnsignedInt(image[pixel]);
                int row = pixel / 28;
                int column = pixel % 28;
                boolean edge = row == 0 || row == 27 || column == 0 || column == 27;
                assertTrue(!edge || value < 64, "image " + i + " has " + value + " at " + row + ", " + column);
                sum += value;
            }
        }
        assertEquals(33.3, (double) sum / (digits.size() * 784), 3);
    }

    @Test
    void softmaxRegressionLearnsThemWellAboveNinetyPercent() {
        SoftmaxRegression model = new SoftmaxRegression();
        LabelledImages train = ProceduralDigits.generate(6_000, 1);
        for (int epoch = 0; epoch < 5; epoch++) {
            model.train(train, Shuffler.permutation(train.size(), 1, epoch));
        }
        double accuracy = model.accuracy(ProceduralDigits.generate(1_000, 2));
        assertTrue(accuracy > .93, "accuracy " + accuracy);
    }

    @Test
    void countsBelowOneOrBeyondAnArrayAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> ProceduralDigits.generate(0, 1));
        assertThrows(IllegalArgumentException.class, () -> ProceduralDigits.generate(3_000_000, 1));
    }
}
