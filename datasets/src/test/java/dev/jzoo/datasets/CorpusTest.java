package dev.jzoo.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {

    @TempDir
    Path folder;

    @Test
    void aTextOfTheUserIsReadAndNotCalledShakespeare() throws IOException {
        byte[] bytes = "Fünf\r\n".getBytes(StandardCharsets.UTF_8);
        Corpus corpus = Corpus.read(Files.write(folder.resolve("mine.txt"), bytes));
        assertEquals("Fünf\r\n", corpus.text());
        assertEquals("text mine.txt: 6 characters", corpus.toString());
        assertEquals(Sha256.of(bytes), corpus.provenance().sha256());
    }

    @Test
    void anEmptyTextIsRefused() throws IOException {
        refused(new byte[0], "expected a text, found an empty file");
        Provenance provenance = new Provenance("text", "none", Sha256.of(new byte[0]), "");
        var e = assertThrows(IllegalArgumentException.class, () -> new Corpus("", provenance));
        assertEquals("The text 'text none' is empty.", e.getMessage());
    }

    @Test
    void whatIsNoUtf8IsRefused() throws IOException {
        refused(new byte[] {'a', (byte) 0xff}, "expected a text in UTF-8, found other bytes");
    }

    private void refused(byte[] bytes, String problem) throws IOException {
        Path file = Files.write(folder.resolve("mine.txt"), bytes);
        var e = assertThrows(DataFormatException.class, () -> Corpus.read(file));
        assertEquals(file + ": " + problem, e.getMessage());
    }
}
