package dev.jzoo.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A card's metrics against what is measured again: by their own size, however small. */
class MetricsCheckTest {

    private static boolean agrees(String name, double claimed, double measured) {
        return MetricsCheck.compare(Map.of(name, claimed), Map.of(name, measured))
                .ok();
    }

    @ParameterizedTest
    @CsvSource({
        "test.rmse, 51.7",
        "test.rmse, 2e-4",
        "train.rmse, 3e-9",
        "test.nats, 0.01",
        "test.mae, 1e-5",
        "loss, 4e-4"
    })
    void anErrorIsHeldToAThousandthOfItself(String name, double claimed) {
        assertTrue(agrees(name, claimed, claimed * 1.0009));
        assertTrue(agrees(name, claimed, claimed * 0.9991));
        assertFalse(agrees(name, claimed, claimed * 1.0011));
        assertFalse(agrees(name, claimed, claimed * 0.9989));
        assertFalse(agrees(name, claimed, 0));
        assertFalse(agrees(name, claimed, 2 * claimed));
        assertFalse(agrees(name, claimed, Double.NaN));
    }

    @ParameterizedTest
    @CsvSource({
        "test.accuracy, 0.95, 0.00095",
        "test.accuracy, 0.1, 0.0005",
        "validation.balanced_accuracy, 0, 0.0005",
        "test.r2, 0.0001, 0.0005",
        "test.r2, -3, 0.003"
    })
    void aShareIsHeldToAThousandthOfTheWholeOrOfItself(String name, double claimed, double allowed) {
        assertTrue(agrees(name, claimed, claimed + 0.99 * allowed));
        assertTrue(agrees(name, claimed, claimed - 0.99 * allowed));
        assertFalse(agrees(name, claimed, claimed + 1.01 * allowed));
        assertFalse(agrees(name, claimed, claimed - 1.01 * allowed));
    }

    @Test
    void anErrorOfZeroIsClaimedByNothingElse() {
        assertTrue(agrees("test.rmse", 0, 0));
        assertFalse(agrees("test.rmse", 0, 1e-12));
    }

    @Test
    void valuesThatLookAlikeWhenRoundedAreToldInFull() {
        assertEquals(
                "Measured again: test.rmse is 0.00123, the card says 0.00121.",
                MetricsCheck.compare(Map.of("test.rmse", 0.00121), Map.of("test.rmse", 0.00123))
                        .detail());
        assertEquals(
                "Measured again: test.rmse is 2, the card says 1.5000.",
                MetricsCheck.compare(Map.of("test.rmse", 1.5), Map.of("test.rmse", 2.0))
                        .detail());
    }
}
