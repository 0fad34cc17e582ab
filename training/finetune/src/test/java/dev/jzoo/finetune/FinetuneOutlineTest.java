package dev.jzoo.finetune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.datasets.pictures.PictureFolder;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.training.testing.ChartReader;
import dev.jzoo.training.testing.ChartReader.Chart;
import dev.jzoo.training.testing.Xml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pages of runs in which all layers learn. The base has a batch normalisation of 3 channels, 12 numbers, half of them statistics,
 * and 8 filters of 3 x 3 x 3.
 */
class FinetuneOutlineTest {

    @TempDir
    Path folder;

    private String page(Mode.Full mode) throws Exception {
        Path base = folder.resolve("base.onnx");
        Bases.remembering(new float[] {110, 64, 110}, new float[] {1700, 1600, 1700})
                .write(base);
        FinetuneSettings settings = new FinetuneSettings(
                "tuned",
                base,
                "base.onnx",
                PictureFolder.read(Bases.pictures(folder.resolve("data"), 14, 14)),
                mode,
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                1,
                1,
                "jzoo finetune");
        TrainingResult result =
                Finetune.run(settings, folder.resolve("run"), folder.resolve("cache"), TransferListener.NONE);
        return Files.readString(result.run().resolve("report/index.html"));
    }

    private static String only(List<String> rows, String beginning) {
        List<String> found =
                rows.stream().filter(row -> row.startsWith(beginning)).toList();
        assertEquals(1, found.size(), beginning + " in " + rows);
        return found.get(0);
    }

    @Test
    void theNormalisationsOfABaseThatLearnsOnStayAsTheyWere() throws Exception {
        String page = page(new Mode.Full(Mode.Start.BASE, 2, 8, 1e-3));
        List<String> rows = Xml.texts(Xml.parse(page), "tr");
        assertTrue(only(rows, "base.onnx up to").endsWith("216"), rows::toString);
        assertTrue(only(rows, "its batch normalisations, frozen").endsWith("12"), rows::toString);
        assertEquals("all layers' learning rate0.001, 0.05 of it at the input", only(rows, "all layers' learning"));
        assertEquals("all layers' epochs2 of at most 2", only(rows, "all layers' epochs"));
        assertEquals("all layers' batch8 pictures", only(rows, "all layers' batch"));
        assertEquals("all layers' weight decay0.01", only(rows, "all layers' weight decay"));
        List<Chart> ofEpochs =
                ChartReader.charts(page).stream().filter(Chart::isOfEpochs).toList();
        assertEquals(3, ofEpochs.size(), "loss, learning rate, accuracy");
        ofEpochs.forEach(chart -> assertEquals(List.of("1", "2"), chart.bottom(), chart.description()));
        assertEquals(Map.of("training loss", "blue"), ofEpochs.get(0).legend());
        assertEquals(Map.of("validation", "purple"), ofEpochs.get(2).legend());
    }

    @Test
    void fromRandomWeightsAllButTheStatisticsOfTheDataIsLearnt() throws Exception {
        String page = page(new Mode.Full(Mode.Start.RANDOM, 1, 8, 1e-3));
        List<String> rows = Xml.texts(Xml.parse(page), "tr");
        assertTrue(only(rows, "base.onnx up to").endsWith("222"), rows::toString);
        assertTrue(rows.stream().noneMatch(row -> row.contains("frozen")), rows::toString);
        assertEquals("all layers' initialisationrandom", only(rows, "all layers' initialisation"));
    }
}
