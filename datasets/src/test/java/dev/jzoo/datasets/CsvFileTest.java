package dev.jzoo.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.datasets.CsvFile.CsvLine;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {

    @TempDir
    Path folder;

    private static Path cases(String name) {
        return Path.of("src/test/resources/cases").resolve(name);
    }

    private CsvFile read(String text) throws IOException {
        return CsvFile.read(Files.writeString(folder.resolve("a.csv"), text));
    }

    private static double[] last(CsvFile table) throws IOException {
        int column = table.width() - 1;
        return table.numbers(table.rows(column), column);
    }

    @Test
    void cellsEndAtTheSeparatorOutsideOfQuotes() throws IOException {
        assertEquals(
                List.of(new CsvLine(1, List.of("day; month", "Count")), new CsvLine(3, List.of("7", "9"))),
                read("\uFEFF\"day; month\";Count\n\n7;\"9\" \n").lines());
    }

    @Test
    void aFileHasOneSeparator() throws IOException {
        assertEquals(
                List.of("3,5", "80,25"),
                read("3,5;80,25\n4,5;81,75\n").lines().get(0).cells());
        assertEquals(List.of("a;b", "1"), read("x,y\na;b,1\n").lines().get(1).cells());
        assertEquals(List.of("1,2;3", "4"), read("1,2;3\t4\n").lines().get(0).cells());
        assertEquals(List.of("one", "2"), read("A, B\none,2\n").lines().get(1).cells());
        assertEquals(1, read("one\ntwo\n").width());
        assertEquals(0, read(" \n").width());
    }

    @Test
    void rowsOfAnotherWidthAreRefused() {
        for (String text : List.of("a;b;c\n1;2,5\n", "a\tb\n1\t2\t3\n", "a,b\n1,2\n3\n", "Temp\n3,5\n", "a;b\n1,2\n")) {
            DataFormatException refusal = assertThrows(DataFormatException.class, () -> read(text), text);
            assertTrue(
                    refusal.getMessage().matches("(?s).*a\\.csv: line [23]: expected [123] cells?.*found [123]"),
                    refusal.getMessage());
        }
    }

    @Test
    void aDecimalCommaIsReadWhereCommasDoNotSeparate() throws IOException {
        assertArrayEquals(new double[] {80.25, 81.75, 82.5}, last(CsvFile.read(cases("tables/three.csv"))));
        assertArrayEquals(new double[] {-1.5, 2, 1200}, last(read("t\tv\na\t-1,5\nb\t2\nc\t1,2e3\n")));
        assertArrayEquals(new double[] {3.5, 4.5}, last(read("a;3.5\nb;4.5\n")));
        String mixed = assertThrows(DataFormatException.class, () -> last(read("n;v\na;1,234\nb;12.5\n")))
                .getMessage();
        assertTrue(
                mixed.endsWith("line 3, cell 2: expected a decimal comma, as in the rest of the column, found '12.5'"),
                mixed);
        assertThrows(DataFormatException.class, () -> last(read("n;v\na;1,234,567\nb;12\n")));
    }

    @Test
    void aMarkOfByteOrderIsNoPartOfTheFirstValue() throws IOException {
        double[] values = last(CsvFile.read(cases("tables/bom_one_column.csv")));
        assertEquals(15, values.length);
        assertEquals(112, values[0]);
    }

    @Test
    void aCommaInQuotesSeparatesNothing() throws IOException {
        double[] values = last(CsvFile.read(cases("tables/quoted_comma_text.csv")));
        assertEquals(15, values.length);
        assertEquals(112, values[0]);
        assertEquals(141, values[14]);
    }

    @Test
    void numbersAreDecimalAndFinite() {
        assertEquals(-0.25, CsvFile.number(" -.25 ").orElseThrow());
        assertEquals(1200, CsvFile.number("1.2e3").orElseThrow());
        for (String text : List.of("", "x", "1d", "0x1p3", "NaN", "1e999", "1e39", "1,5", "1 2")) {
            assertTrue(CsvFile.number(text).isEmpty(), text);
        }
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        Path file = Files.write(folder.resolve("b.csv"), new byte[] {'1', ',', (byte) 0xff});
        String refusal = assertThrows(DataFormatException.class, () -> CsvFile.read(file))
                .getMessage();
        assertTrue(refusal.startsWith(file + ": expected a text in UTF-8"), refusal);
    }
}
