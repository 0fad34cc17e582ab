package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code run} of models that read rows of numbers: prices.onnx computes width + 10 height + 100 GRE Score + 1, signals.onnx
 * scores "up" by the first of three values and "down" by the others.
 */
class RowsTest {

    private static final Path MODELS = Path.of("../inference/src/test/resources/dev/jzoo/inference");

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void copyModels() throws IOException {
        shell = Shell.in(folder);
        for (String model : List.of("prices.onnx", "signals.onnx")) {
            Files.copy(MODELS.resolve(model), folder.resolve(model));
        }
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private void assertPrints(String expected, String... words) {
        Shell.Result result = shell.type(words);
        assertEquals(expected, result.out(), result.err());
        assertEquals(0, result.exitCode());
    }

    private void assertRefused(int exitCode, String expected, String... words) {
        Shell.Result result = shell.type(words);
        assertEquals(expected, result.err());
        assertEquals(exitCode, result.exitCode());
        assertEquals("", result.out());
    }

    @Test
    void numbersAreOneRow() {
        assertPrints("""
                ROW  PRICE [dollars]
                  1         322.0000
                """, "run", "prices.onnx", "1", "2", "3");
    }

    @Test
    void aCsvFileIsReadByTheNamesOfItsColumns() throws Exception {
        write("houses.csv", "GRE Score,who,height,width\n3,\"A, B\",2,1\n0,C,0,-5\n");
        assertPrints("""
                ROW  PRICE [dollars]
                  1         322.0000
                  2          -4.0000
                """, "run", "prices.onnx", "houses.csv");
    }

    @Test
    void jsonOfARegressorHasTheAgreedFields() throws Exception {
        JsonNode json =
                shell.type("run", "prices.onnx", "1", "2", "3", "--json").json();
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        assertEquals(List.of("values", "unit", "target", "provider"), names);
        assertEquals(322, json.at("/values/0").asDouble());
        assertEquals("dollars", json.get("unit").asText());
    }

    @Test
    void textInPlaceOfANumberIsRefusedNamingItsColumn() throws Exception {
        assertRefused(
                2,
                "error: 'tall' for height is not a number. DIR/prices.onnx expects width, height, GRE Score, in this"
                        + " order.\n",
                "run",
                "prices.onnx",
                "1",
                "tall",
                "3");
        write("houses.csv", "width,height,GRE Score\n1,2,3\n1,tall,3\n");
        assertRefused(
                7,
                "error: DIR/houses.csv: line 3, column 'height': expected a number, found 'tall'\n",
                "run",
                "prices.onnx",
                "houses.csv");
    }

    @Test
    void tooFewAndTooManyValuesAreRefusedNamingTheColumns() {
        assertRefused(
                2,
                "error: no value for height, GRE Score. DIR/prices.onnx expects width, height, GRE Score, in this order.\n",
                "run",
                "prices.onnx",
                "1");
        assertRefused(
                2,
                "error: found 4 values for 3 columns. DIR/prices.onnx expects width, height, GRE Score, in this order.\n",
                "run",
                "prices.onnx",
                "1",
                "2",
                "3",
                "4");
        assertTrue(
                shell.type("run", "prices.onnx").err().contains("predicts from 3 values (width, height, GRE Score)"));
    }

    @Test
    void aMissingColumnIsRefusedNamingIt() throws Exception {
        write("houses.csv", "width,hight,GRE Score\n1,2,3\n");
        assertRefused(
                7,
                "error: DIR/houses.csv: line 1: expected a column 'height', found 'width', 'hight', 'GRE Score'\n",
                "run",
                "prices.onnx",
                "houses.csv");
    }

    @Test
    void eachLineOfAFileIsASignal() throws Exception {
        write("signals.csv", "a;b;c\n5;1;1\n\n0;1;1\n");
        assertPrints("""
                SIGNAL         LABEL   SCORE
                signals.csv:2  up     6.0000
                signals.csv:4  down   3.0000
                """, "run", "signals.onnx", "signals.csv", "--top", "1");
    }

    @Test
    void aColumnOfNumbersIsASignalToo() throws Exception {
        write("signal.csv", "value\n0\n1\n2\n");
        JsonNode json =
                shell.type("run", "signals.onnx", "signal.csv", "--json").json();
        assertEquals("signal.csv", json.at("/0/input").asText());
        assertEquals("down", json.at("/0/predictions/0/label").asText());
        assertEquals(4, json.at("/0/predictions/0/score").asDouble());
        assertEquals(2, json.at("/0/predictions").size());
    }

    @Test
    void signalsThatCannotBeReadAreRefusedNamingThePlace() throws Exception {
        write("text.csv", "1,2,3\n1,x,3\n");
        assertRefused(
                7,
                "error: DIR/text.csv: line 2, cell 2: expected a number, found 'x'\n",
                "run",
                "signals.onnx",
                "text.csv");
        write("short.csv", "1,2,3\n1,2\n");
        assertRefused(
                7,
                "error: DIR/short.csv: line 2: expected 3 cells, one for each column, found 2\n",
                "run",
                "signals.onnx",
                "short.csv");
        write("column.csv", "1\n2\n");
        assertRefused(
                7,
                "error: DIR/column.csv: expected a signal of 3 numbers, one per line, found 2\n",
                "run",
                "signals.onnx",
                "column.csv");
        write("empty.csv", "\n");
        assertRefused(
                7,
                "error: DIR/empty.csv: expected at least one signal of 3 numbers, found none\n",
                "run",
                "signals.onnx",
                "empty.csv");
        assertRefused(
                2,
                "error: DIR/signals.onnx expects 3 values for a signal, found 2.\n",
                "run",
                "signals.onnx",
                "1",
                "2");
    }
}
