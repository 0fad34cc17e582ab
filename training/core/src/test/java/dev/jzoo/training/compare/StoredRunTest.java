package dev.jzoo.training.compare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredRunTest {

    @TempDir
    Path folder;

    @Test
    void aTrainingRunGivesSettingsEpochsAndMetrics() throws IOException {
        StoredRun run = StoredRun.read(StoredRuns.of("second"));
        assertEquals(
                List.of(
                        "recipe",
                        "engine",
                        "engineVersion",
                        "network",
                        "initialisation",
                        "optimizer",
                        "objective",
                        "epochs",
                        "batch",
                        "learningRate",
                        "seed",
                        "limit",
                        "preparation",
                        "data.airline all"),
                List.copyOf(run.settings().keySet()));
        assertEquals("0.02", run.settings().get("learningRate"));
        assertEquals(
                "f468a80ad97a9018d13064f7b4a8dc2d56a31d56db1a1707a034bc21a07ca89b",
                run.settings().get("data.airline all"));
        assertEquals(8, run.history().epochs().size());
        assertEquals(0, run.history().epochs().get(0).index(), "files count from 0");
        assertEquals(1, run.history().epochs().get(0).number(), "people count from 1");
        assertEquals(0.003321, run.history().last().loss());
        assertEquals(0.008475, run.history().last().metrics().get("test.loss"));
        assertEquals(48.664110514566204, run.metrics().get("persistence.test.rmse"));
    }

    @Test
    void aSweepHasTheHistoryOfTheSeedWhoseModelItKept() throws IOException {
        StoredRun run = StoredRun.read(StoredRuns.of("sweep"));
        assertArrayEquals(
                new double[] {0.045093, 0.022578, 0.017403}, run.history().losses());
        assertEquals(2, run.metrics().get("test.rmse.seeds"));
    }

    @Test
    void anInterruptedRunHasTheEpochsThatWereDoneAndNoMetrics() throws IOException {
        StoredRun run = StoredRun.read(StoredRuns.of("interrupted"));
        assertEquals(3, run.history().epochs().size());
        assertTrue(run.metrics().isEmpty());
    }

    @Test
    void aFineTuningRunGivesItsSettingsByWhereTheyStand() throws IOException {
        StoredRun head = StoredRun.read(StoredRuns.of("shapes"));
        assertEquals("mnist-lenet", head.settings().get("base.name"));
        assertEquals("0.0001", head.settings().get("head.decay"));
        assertEquals("1, 1", head.settings().get("head.classWeights"));
        assertFalse(head.settings().containsKey("tuning"), "it has none");
        assertEquals(List.of(), head.history().epochs());
        StoredRun full = StoredRun.read(StoredRuns.of("shapes-full"));
        assertArrayEquals(new double[] {1, 1}, full.history().metric("validation.accuracy"));
    }

    @Test
    void aFolderWithoutARunIsRefusedNamingIt() {
        JZooException none = assertThrows(JZooException.class, () -> StoredRun.read(folder));
        assertEquals(JZooException.Code.NOT_FOUND, none.code());
        assertTrue(none.getMessage().contains(folder.toString()), none.getMessage());
        Path missing = folder.resolve("missing");
        JZooException nowhere = assertThrows(JZooException.class, () -> StoredRun.read(missing));
        assertEquals("There is no folder " + missing + ".", nowhere.summary());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "recipe.json | not json | recipe.json",
                "recipe.json | [1, 2] | expected an object with the settings of a run",
                "metrics.json | {\"test.accuracy\": \"good\"} | expected a number for 'test.accuracy'",
                "history.csv | a,b | line 1: expected the columns epoch,seconds,loss,learningRate",
                "history.csv | epoch,seconds,loss,learningRate;0,1,2 | line 2: expected 4 values, found 3",
                "history.csv | epoch,seconds,loss,learningRate;0,1,2,x | line 2: expected numbers"
            })
    void aDamagedFileIsRefusedNamingIt(String file, String content, String message) throws IOException {
        Files.writeString(folder.resolve("recipe.json"), "{\"seed\": 1}");
        Files.writeString(folder.resolve(file), content.replace(';', '\n'));
        DataFormatException e = assertThrows(DataFormatException.class, () -> StoredRun.read(folder));
        assertTrue(e.getMessage().contains(folder.resolve(file).toString()), e.getMessage());
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }
}
