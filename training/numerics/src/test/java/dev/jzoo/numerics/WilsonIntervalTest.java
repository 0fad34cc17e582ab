package dev.jzoo.numerics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected numbers come from scipy.stats.binomtest(s, n).proportion_ci(method='wilson'), SciPy 1.17. */
class WilsonIntervalTest {

    @ParameterizedTest
    @CsvSource({
        "8, 10, 0.4901624715366418, 0.9433178485456248",
        "0, 10, 0.0, 0.27753279986288926",
        "10, 10, 0.7224672001371109, 1.0",
        "1, 1, 0.20654931437723745, 1.0",
        "9224, 10000, 0.9169925882562693, 0.9274830099201832"
    })
    void theEndsAreThoseOfSciPy(long successes, long trials, double low, double high) {
        WilsonInterval interval = WilsonInterval.of(successes, trials);
        assertEquals(low, interval.low(), 1e-15);
        assertEquals(high, interval.high(), 1e-15);
        assertEquals(interval, WilsonInterval.ofShare((double) successes / trials, trials));
    }

    @Test
    void withoutATrialTheIntervalIsEverything() {
        assertEquals(new WilsonInterval(0, 1), WilsonInterval.of(0, 0));
    }
}
