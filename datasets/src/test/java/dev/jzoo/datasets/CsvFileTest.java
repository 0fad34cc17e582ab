package dev.jzoo.datasets;

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

    @Test
    void cellsEndAtAnySeparatorOutsideOfQuotes() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "\uFEFF\"day; month\";Count\n\n7,8\t \"9\" \n");
        List<CsvLine> lines = CsvFile.lines(file, CsvFile.ANY_SEPARATOR);
        assertEquals(
                List.of(new CsvLine(1, List.of("day; month", "Count")), new CsvLine(3, List.of("7", "8", "9"))), lines);
        assertEquals(
                List.of("\"day; month\";Count".replace("\"", "")),
                CsvFile.lines(file, ",").get(0).cells());
    }

    @Test
    void numbersAreDecimalAndFinite() {
        assertEquals(-0.25, CsvFile.number(" -.25 ").orElseThrow());
        assertEquals(1200, CsvFile.number("1.2e3").orElseThrow());
        for (String text : List.of("", "x", "1d", "0x1p3", "NaN", "1e999", "1,5", "1 2")) {
            assertTrue(CsvFile.number(text).isEmpty(), text);
        }
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        Path file = Files.write(folder.resolve("b.csv"), new byte[] {'1', ',', (byte) 0xff});
        String refusal = assertThrows(DataFormatException.class, () -> CsvFile.lines(file, ","))
                .getMessage();
        assertTrue(refusal.startsWith(file + ": expected a text in UTF-8"), refusal);
    }
}
