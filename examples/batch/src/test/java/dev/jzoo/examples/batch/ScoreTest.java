package dev.jzoo.examples.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreTest {

    @TempDir
    Path folder;

    @Test
    void everyFileOfTheFolderHasARow() throws Exception {
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        for (String digit : List.of("one", "seven", "two")) {
            Files.copy(Path.of("../../docs/pictures/" + digit + ".png"), pictures.resolve(digit + ".png"));
        }
        Files.writeString(pictures.resolve("notes.txt"), "not a picture, \"really\"");
        Path csv = folder.resolve("scores.csv");

        Score.score(pictures, csv, 3);

        List<String> rows = Files.readAllLines(csv);
        assertEquals("picture,label,score,error", rows.get(0));
        assertTrue(rows.get(1).contains("notes.txt\",,,\""), rows.get(1));
        assertTrue(rows.get(1).endsWith("found text (\"\"not a picture, \"\"really\"\"\"\")\""), rows.get(1));
        assertTrue(rows.get(2).contains("one.png\",\"1\","), rows.get(2));
        assertTrue(rows.get(3).contains("seven.png\",\"7\","), rows.get(3));
        assertTrue(rows.get(4).contains("two.png\",\"2\","), rows.get(4));
        assertEquals(5, rows.size());
    }
}
