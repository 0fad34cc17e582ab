package dev.jzoo.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {

    @TempDir
    Path folder;

    /** Read back by hand: the columns and the numbering are those of version 0.1.0. */
    @Test
    void epochsAreStoredFrom0AndReadBack() throws IOException {
        History history = new History(List.of(
                new Epoch(0, 0.25, 1.5, 0.001, new TreeMap<>(Map.of("test.accuracy", 0.5, "train.accuracy", 0.75))),
                new Epoch(1, 0.5, 0.125, 2e-5, new TreeMap<>(Map.of("test.accuracy", 0.625, "train.accuracy", 1.0)))));
        RunFolder.at(folder).writeHistory(history);
        String csv = Files.readString(folder.resolve("history.csv"));
        assertEquals("""
                epoch,seconds,loss,learningRate,test.accuracy,train.accuracy
                0,0.250,1.500000,0.00100000,0.500000,0.750000
                1,0.500,0.125000,2.00000e-05,0.625000,1.000000
                """, csv);
        assertEquals(history, History.parse("history.csv", csv));
    }
}
