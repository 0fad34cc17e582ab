package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jzoo.cli.console.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of other programs' tables, read by a forecaster that adds 2 and by a regressor with four columns. */
class TablesTest {

    private static final Path CASES = Path.of("src/test/resources/cases");

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void publish() throws IOException {
        shell = Shell.in(folder).with("JZOO_MIRROR", StandIns.mirror(folder));
        for (String table : new String[] {"three", "bom_one_column", "quoted_comma_text"}) {
            Files.copy(CASES.resolve("tables/" + table + ".csv"), folder.resolve(table + ".csv"));
        }
    }

    private double next(String file) throws Exception {
        Shell.Result result = shell.type("run", "plus-two", file, "--steps", "1", "--json");
        assertEquals(0, result.exitCode(), result.err());
        return result.json().at("/values/0").asDouble();
    }

    @Test
    void aDecimalCommaBehindASemicolonIsNoSeparator() throws Exception {
        assertEquals(84.5, next("three.csv"));
    }

    @Test
    void aMarkOfByteOrderAndQuotedCommasAreReadAsInEveryTable() throws Exception {
        assertEquals(143, next("bom_one_column.csv"));
        assertEquals(143, next("quoted_comma_text.csv"));
    }

    @Test
    void rowsOfAnotherWidthAreRefusedInEveryTable() throws Exception {
        Files.writeString(folder.resolve("ragged.csv"), "a;b\n1;2,5\n1;2;3\n");
        for (String model : new String[] {
            "plus-two", CASES.resolve("onnx/sk_regressor.onnx").toAbsolutePath().toString()
        }) {
            Shell.Result result = shell.type("run", model, "ragged.csv");
            assertEquals(7, result.exitCode());
            assertEquals(
                    "error: DIR/ragged.csv: line 3: expected 2 cells, one for each column, found 3\n", result.err());
        }
    }

    @Test
    void aRegressorOfOthersGivesOnePredictionForEachRow() throws Exception {
        Files.writeString(folder.resolve("iris.csv"), "a;b;c;d\n5,1;3,5;1,4;0,2\n5,1;3,5;1,4;0,2\n");
        for (String name : new String[] {"sk_regressor", "ml_gbm_reg"}) {
            String model =
                    CASES.resolve("onnx/" + name + ".onnx").toAbsolutePath().toString();
            JsonNode words = shell.type("run", model, "5.1", "3.5", "1.4", "0.2", "--json")
                    .json()
                    .get("values");
            JsonNode rows =
                    shell.type("run", model, "iris.csv", "--json").json().get("values");
            assertEquals(1, words.size());
            assertEquals(2, rows.size());
            assertEquals(words.get(0), rows.get(0));
            assertEquals(words.get(0), rows.get(1));
        }
    }

    @Test
    void stepsMakeAForecasterOfAModelWithoutACard() throws Exception {
        String model = CASES.resolve("onnx/sk_regressor.onnx").toAbsolutePath().toString();
        Shell.Result result = shell.type("run", model, "5.1", "3.5", "1.4", "0.2", "--steps", "3", "--json");
        assertEquals(3, result.json().get("values").size(), result.err());
    }

    @Test
    void aTableOfManyRowsIsPrintedInTimeThatGrowsWithThem() {
        TextTable table = new TextTable(TextTable.TextColumn.left("A"), TextTable.TextColumn.right("B"));
        for (int i = 0; i < 100_000; i++) {
            table.row("picture " + i, "1");
        }
        assertTimeout(Duration.ofSeconds(5), () -> table.print(new PrintWriter(PrintWriter.nullWriter())));
    }
}
