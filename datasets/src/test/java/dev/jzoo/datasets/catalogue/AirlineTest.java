package dev.jzoo.datasets.catalogue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jzoo.datasets.Series;
import dev.jzoo.zoo.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AirlineTest {

    private final Series airline = Airline.series();

    @Test
    void theSeriesHasTheKnownLengthSumAndRange() {
        assertEquals(144, airline.size());
        assertEquals(40_363, Arrays.stream(airline.values()).sum());
        assertEquals(104, Arrays.stream(airline.values()).min().getAsDouble());
        assertEquals(622, Arrays.stream(airline.values()).max().getAsDouble());
        assertEquals(YearMonth.of(1949, 1), airline.start());
        assertEquals(YearMonth.of(1960, 12), airline.last());
        assertEquals("airline: 144 months from 1949-01 to 1960-12, thousand passengers", airline.toString());
    }

    @Test
    void writtenAsTheUsualCsvTheValuesHaveTheDigestOfTheProvenance() {
        StringBuilder csv = new StringBuilder("\"Month\",\"Passengers\"\r\n");
        for (int i = 0; i < airline.size(); i++) {
            csv.append('"').append(airline.month(i)).append("\",").append((int) airline.values()[i]);
            csv.append("\r\n");
        }
        assertEquals(Airline.provenance().sha256(), Sha256.of(csv.toString().getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void twoThirdsAreCutOffForTrainingWithTheirMonths() {
        Series train = airline.first(96);
        Series test = airline.after(96);
        assertEquals(YearMonth.of(1956, 12), train.last());
        assertEquals(YearMonth.of(1957, 1), test.start());
        assertEquals(48, test.size());
        assertArrayEquals(Arrays.copyOfRange(airline.values(), 96, 144), test.values());
        assertThrows(IllegalArgumentException.class, () -> airline.first(0));
        assertThrows(IllegalArgumentException.class, () -> airline.first(145));
        assertThrows(IllegalArgumentException.class, () -> airline.after(144));
        assertThrows(IllegalArgumentException.class, () -> airline.after(-1));
    }

    @Test
    void aSeriesKeepsNoReferenceToArraysOfTheCaller() {
        double[] mine = {1, 2};
        Series series = new Series("mine", "apples", YearMonth.of(2000, 12), mine);
        mine[0] = 7;
        series.values()[1] = 7;
        assertArrayEquals(new double[] {1, 2}, series.values());
    }

    @Test
    void aValueThatIsNoNumberIsRefusedNamingItsMonth() {
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> new Series("mine", "apples", YearMonth.of(2000, 12), 1, Double.NaN));
        assertEquals("The series 'mine' must have finite values, not NaN for 2001-01.", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new Series("mine", "apples", YearMonth.of(2000, 12)));
    }
}
