package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.export.InputDeclarationException;
import dev.jzoo.export.InputDeclarationException.Lack;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.error.JZooException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that an export which needs a declaration advises options to type, not Java. */
class ExportAdviceTest {

    @TempDir
    Path folder;

    private Shell.Result refused(int exitCode, String... words) throws Exception {
        Shell.Result result = Shell.in(folder).type(words);
        assertEquals(exitCode, result.exitCode(), result.err());
        for (String java :
                new String[] {"OnnxExporter", "InputValues", "DataType", "Dimension.", "Tolerance.", "input(\""}) {
            assertFalse(result.err().contains(java), result.err());
        }
        assertFalse(Files.exists(folder.resolve("out.onnx")));
        return result;
    }

    @Test
    void whatDoesNotFitTheNetworkIsDeclaredAgain() throws Exception {
        Dl4jFiles.rows(folder.resolve("rows.zip"), 0.5);
        String[] words = {"export", "rows.zip", "--input", "x=batch,7", "--out", "out.onnx"};
        Shell.Result result = refused(7, words);
        assertTrue(result.err().contains("Declare its shape: --input x=batch,7. Replace"), result.err());
        String[] asJson = Arrays.copyOf(words, words.length + 1);
        asJson[words.length] = "--json";
        Shell.Result json = refused(7, asJson);
        assertTrue(json.json().at("/error/hint").asText().contains("--input x=batch,7"), json.out());
        assertFalse(json.json().at("/error/message").asText().contains("--input"), json.out());
    }

    @Test
    void whatIsLackingIsShownAsOptions() {
        ValueInfo ids = new ValueInfo("ids", DataType.INT64, List.of(Dimension.BATCH, Dimension.of("time")));
        for (Lack lack : Lack.values()) {
            assertTrue(
                    advice(new InputDeclarationException("Problem.", lack, List.of()))
                            .startsWith("Declare each input, in the network's order: --input x=batch,784 "),
                    lack.toString());
        }
        assertEquals(
                "Declare its shape: --input ids:int64=batch,time. Replace the sizes with yours.",
                advice(new InputDeclarationException("Problem.", Lack.SHAPE, List.of(ids))));
        assertEquals(
                "Declare the range of its values: --input ids:int64:LOW..HIGH=batch,time. Replace LOW and HIGH with"
                        + " numbers.",
                advice(new InputDeclarationException("Problem.", Lack.VALUES, List.of(ids))));
    }

    private static String advice(InputDeclarationException failure) {
        JZooException told = ExportAdvice.of(failure);
        assertEquals("Problem.", told.summary());
        assertEquals("Problem. " + told.hint(), told.getMessage());
        return told.hint();
    }

    /** The advice appears once: the library's own hint is not printed before the command's. */
    @Test
    void aNetworkThatIsFiniteNowhereIsToldHowToDeclareValues() throws Exception {
        Dl4jFiles.rows(folder.resolve("rows.zip"), Double.NaN);
        Shell.Result result = refused(4, "export", "rows.zip", "--input", "x=batch,4", "--out", "out.onnx");
        String[] lines = result.err().split("\n");
        assertEquals(2, lines.length, result.err());
        assertTrue(lines[0].contains("There are no finite values to compare."), result.err());
        assertTrue(lines[1].startsWith("Declare the range of each input's values: --input "), result.err());
        assertTrue(lines[1].contains(":LOW..HIGH=batch,4"), result.err());
        assertFalse(lines[0].contains("Declare"), result.err());
    }
}
