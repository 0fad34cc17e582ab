package dev.jzoo.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {

    private static final Samples SEVEN = new Samples(List.of(4.0, 1.0, 7.0, 3.0, 6.0, 2.0, 5.0));

    @Test
    void medianIsTheMiddleValueOrTheMeanOfTheTwoInTheMiddle() {
        assertEquals(4, SEVEN.median());
        assertEquals(2.5, new Samples(List.of(9.0, 2.0, 3.0, 1.0)).median());
        assertEquals(8, new Samples(List.of(8.0)).median());
    }

    @Test
    void quartilesAndEndsAreOfTheSortedValues() {
        assertEquals(2, SEVEN.firstQuartile());
        assertEquals(6, SEVEN.thirdQuartile());
        assertEquals(1, SEVEN.smallest());
        assertEquals(7, SEVEN.largest());
    }

    @Test
    void ratiosAreTakenRoundByRound() {
        Samples ratios = new Samples(List.of(6.0, 20.0, 4.0)).over(new Samples(List.of(3.0, 5.0, 8.0)));
        assertEquals(List.of(2.0, 4.0, 0.5), ratios.values());
        assertEquals(2, ratios.median());
    }

    @Test
    void sumsAndDifferencesAreTakenRoundByRound() {
        Samples first = new Samples(List.of(1.0, 2.0));
        Samples second = new Samples(List.of(10.0, 30.0));
        assertEquals(List.of(11.0, 32.0), first.plus(second).values());
        assertEquals(List.of(9.0, 28.0), second.minus(first).values());
    }

    @Test
    void noValueIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Samples(List.of()));
    }

    @Test
    void figuresKeepTheirOrderAndForgetTheWarmUp() throws Exception {
        SamplesByName samples = new SamplesByName();
        samples.add("b", 100);
        samples.clear();
        samples.add("b", 1);
        samples.add("a", 2);
        samples.add("b", 3);
        samples.time("sleep", () -> Thread.sleep(20));
        assertEquals(List.of("b", "a", "sleep"), List.copyOf(samples.samples().keySet()));
        assertEquals(List.of(1.0, 3.0), samples.samples().get("b").values());
        double slept = samples.samples().get("sleep").median();
        assertTrue(slept >= 0.019 && slept < 20, slept + " s");
    }
}
