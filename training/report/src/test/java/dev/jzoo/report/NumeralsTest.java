package dev.jzoo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.training.testing.Xml;
import java.util.List;
import org.junit.jupiter.api.Test;

class NumeralsTest {

    @Test
    void numbersAreWrittenWithTheDigitsThatMatter() {
        assertEquals("0.2742", Numerals.significant(0.27416));
        assertEquals("40,360", Numerals.significant(40363));
        assertEquals("1.2·10⁻⁷", Numerals.significant(1.2e-7));
        assertEquals("10⁻⁵", Numerals.significant(1e-5));
        assertEquals("-10¹²", Numerals.significant(-1e12));
        assertEquals("NaN", Numerals.significant(Double.NaN));
        assertEquals("92.2 %", Numerals.percent(0.9224, 1));
        assertEquals("0", Numerals.coordinate(-0.001));
        assertEquals("100", Numerals.coordinate(100));
        assertEquals("10.5", Numerals.coordinate(10.5));
    }

    @Test
    void ticksAreRoundNumbersInsideTheAxis() {
        assertEquals(List.of("0", "5", "10", "15"), labels(Axis.tight("epoch", Scale.LINEAR, 0, 19, true)));
        assertEquals(List.of("0", "1"), labels(Axis.tight("epoch", Scale.LINEAR, 0, 1, true)));
        assertEquals(List.of("89", "90", "91", "92", "93"), labels(Axis.rounded("", Scale.LINEAR, 89.3, 92.5)));
        assertEquals(
                List.of("0.002", "0.005", "0.01", "0.02", "0.05"), labels(Axis.rounded("", Scale.LOG, 0.0021, 0.0464)));
        assertEquals(List.of("10⁻⁶", "10⁻⁵", "0.0001", "0.001"), labels(Axis.rounded("", Scale.LOG, 1.1e-6, 9e-4)));
    }

    @Test
    void tablesAlignNumbersAndLeaveGapsAsDashes() throws Exception {
        Table table = Table.captioned("RMSE")
                .text("method")
                .decimal("test", 2)
                .whole("weights")
                .percent("share", 1)
                .row("LSTM", 50.207, 12345, 0.5)
                .row("naive", "", 0L, "");
        var page = Xml.parse(table.html());
        assertEquals(List.of("50.21", "12,345", "50.0 %", "–", "0", "–"), Xml.texts(page, "td"));
        assertTrue(Xml.elements(page, "td").stream()
                .allMatch(cell -> cell.getAttribute("class").equals("number")));
    }

    @Test
    void longNamesContinueOnTheNextLineAndNumbersDoNot() throws Exception {
        String html = Table.captioned("c")
                .text("tensor")
                .text("value")
                .row("model/layer_norm.weight", "0.5 of 1/2")
                .html();
        assertTrue(html.contains("model/<wbr/>layer_<wbr/>norm.<wbr/>weight"), html);
        assertTrue(html.contains(">0.5 of 1/2<"), html);
        assertEquals(
                List.of("model/layer_norm.weight0.5 of 1/2"),
                Xml.texts(Xml.parse(html), "tr").subList(1, 2));
    }

    @Test
    void columnsOfUnknownSizeHaveFourSignificantDigits() throws Exception {
        Table table = Table.captioned("c")
                .text("metric")
                .significant("run")
                .row("a", 184.87786668)
                .row("b", 0.00012345);
        assertEquals(List.of("184.9", "0.0001234"), Xml.texts(Xml.parse(table.html()), "td"));
    }

    @Test
    void rowsThatDoNotFitTheColumnsAreRefused() {
        Table table = Table.captioned("RMSE").text("method").decimal("test", 2);
        assertThrows(IllegalArgumentException.class, () -> table.row("LSTM"));
        assertThrows(IllegalArgumentException.class, () -> table.row("LSTM", "50.21"));
        assertThrows(IllegalArgumentException.class, () -> table.row(1, 50.21));
        assertThrows(NullPointerException.class, () -> table.row("LSTM", null));
    }

    private static List<String> labels(Axis axis) {
        return axis.ticks().stream().map(Axis.Tick::label).toList();
    }
}
