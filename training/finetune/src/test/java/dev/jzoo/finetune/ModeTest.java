package dev.jzoo.finetune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ModeTest {

    @Test
    void randomWeightsLearnLongerAndFaster() {
        assertEquals(new Mode.Full(Mode.Start.BASE, 10, 16, 0.0005), Mode.Full.of(Mode.Start.BASE));
        assertEquals(new Mode.Full(Mode.Start.RANDOM, 40, 16, 0.002), Mode.Full.of(Mode.Start.RANDOM));
        assertEquals("full", Mode.Full.of(Mode.Start.BASE).toString());
        assertEquals("scratch", Mode.Full.of(Mode.Start.RANDOM).toString());
    }

    @Test
    void settingsBelowTheirRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Mode.Full(Mode.Start.BASE, 0, 16, 1));
        assertThrows(IllegalArgumentException.class, () -> new Mode.Full(Mode.Start.BASE, 1, 16, 0));
    }

    @Test
    void theHeadlineIsTheAccuracyOnPicturesForValidationWhereThereAreAny() {
        assertEquals(
                "validation.accuracy",
                Finetune.headline(Map.of("cv.accuracy", 0.9, "test.accuracy", 0.7, "validation.accuracy", 0.8)));
        assertEquals("cv.accuracy", Finetune.headline(Map.of("cv.accuracy", 0.9, "test.accuracy", 0.7)));
    }
}
