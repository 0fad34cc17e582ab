package dev.jzoo.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumericTableTest {

    private static final Provenance HERE = new Provenance("mine", "all", Sha256.of(new byte[0]), "");

    @TempDir
    Path folder;

    /** Other copies of the admissions have such a header. */
    @Test
    void columnsAreReadByNameInTheOrderAskedForWhateverSpacesTheHeaderHas() throws IOException {
        NumericTable table =
                read("\uFEFFLOR ,No.,CGPA, Chance of Admit \r\n4.5,1, 9.65, 0.92\r\n4,2,8.87 ,-1e-2\r\n\r\n");
        assertEquals("table t.csv: 2 rows of 2 columns", table.toString());
        assertArrayEquals(new double[] {.92, -.01}, table.column("Chance of Admit"));
        assertArrayEquals(new double[] {4.5, 4}, table.column("LOR"));
        double[][] both = table.columns(List.of("LOR", "Chance of Admit"));
        assertArrayEquals(new double[] {4, -.01}, both[1]);
    }

    @Test
    void cellsInQuotesMayHoldCommasAndQuotes() throws IOException {
        NumericTable table = read("\"a, \"\"b\"\"\",LOR,Chance of Admit\n\"x,\"\"\",\"1\",.5\n");
        assertArrayEquals(new double[] {1}, table.column("LOR"));
    }

    @Test
    void aMissingColumnIsNamedWithThoseThereAre() throws IOException {
        refused("LOR,Chance\n1,2\n", "line 1: expected a column 'Chance of Admit', found 'LOR', 'Chance'");
        refused("LOR,LOR ,Chance of Admit\n1,2,3\n", "line 1: expected one column 'LOR', found more");
    }

    @Test
    void textInANumberIsRefusedNamingLineAndColumn() throws IOException {
        String header = "LOR,Chance of Admit\n";
        refused(header + "1,2\n1,high\n", "line 3, column 'Chance of Admit': expected a number, found 'high'");
        refused(header + "NaN,1\n", "line 2, column 'LOR': expected a number, found 'NaN'");
        refused(header + "1d,1\n", "line 2, column 'LOR': expected a number, found '1d'");
        refused(header + "1e999,1\n", "line 2, column 'LOR': expected a number, found '1e999'");
    }

    @Test
    void aMissingCellIsRefusedNamingItsLine() throws IOException {
        String header = "LOR,Chance of Admit,x\n";
        refused(header + "1,2\n", "line 2: expected 3 cells, one for each column, found 2");
        refused(header + "1,2,3,4\n", "line 2: expected 3 cells, one for each column, found 4");
        refused(header + "1, ,3\n", "line 2, column 'Chance of Admit': expected a number, found nothing");
        refused(header + "1,2,\"3\n", "line 2: expected a closing quote, found the end of the line");
    }

    @Test
    void aFileWithoutRowsIsRefused() throws IOException {
        refused("", "expected a header and rows, found an empty file");
        refused("LOR,Chance of Admit\n\n", "line 1: expected rows after the header, found none");
    }

    private NumericTable read(String csv) throws IOException {
        return NumericTable.read(Files.writeString(folder.resolve("t.csv"), csv), List.of("Chance of Admit", "LOR"));
    }

    private void refused(String csv, String problem) {
        var e = assertThrows(DataFormatException.class, () -> read(csv));
        String message = e.getMessage();
        assertEquals(folder.resolve("t.csv") + ": " + problem, message);
    }

    @Test
    void aSplitHasEachRowOnceAndIsAFunctionOfItsSeed() {
        NumericTable table = NumericTable.of(
                List.of("i"),
                IntStream.range(0, 50).mapToObj(i -> new double[] {i}).toArray(double[][]::new),
                HERE);
        NumericTable.TableSplit split = table.split(40, 1);
        double[] train = split.train().column("i");
        double[] test = split.test().column("i");
        assertEquals(40, train.length);
        assertArrayEquals(
                table.column("i"),
                DoubleStream.concat(Arrays.stream(train), Arrays.stream(test))
                        .sorted()
                        .toArray());
        assertArrayEquals(train, table.split(40, 1).train().column("i"));
        assertFalse(Arrays.equals(train, table.split(40, 2).train().column("i")));
        assertThrows(IllegalArgumentException.class, () -> table.split(50, 1));
        assertThrows(IllegalArgumentException.class, () -> table.split(0, 1));
    }

    @Test
    void aTableKeepsNoReferenceToArraysOfTheCaller() {
        double[][] mine = {{1, 2}};
        NumericTable table = NumericTable.of(List.of("a", "b"), mine, HERE);
        mine[0][0] = 7;
        table.column("a")[0] = 7;
        table.columns(List.of("a"))[0][0] = 7;
        assertArrayEquals(new double[] {1}, table.column("a"));
    }

    @Test
    void whatIsNoTableIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> NumericTable.of(List.of(), new double[][] {{}}, HERE));
        assertThrows(
                IllegalArgumentException.class,
                () -> NumericTable.of(List.of("a", "a"), new double[][] {{1, 2}}, HERE));
        assertThrows(
                IllegalArgumentException.class, () -> NumericTable.of(List.of("a"), new double[][] {{1, 2}}, HERE));
        assertThrows(
                IllegalArgumentException.class,
                () -> NumericTable.of(List.of("a"), new double[][] {{Double.NaN}}, HERE));
        assertThrows(IllegalArgumentException.class, () -> NumericTable.of(List.of("a"), new double[0][], HERE));
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> NumericTable.of(List.of("a"), new double[][] {{1}}, HERE).column("b"));
        assertEquals("There is no column 'b'. The columns are a.", e.getMessage());
    }
}
