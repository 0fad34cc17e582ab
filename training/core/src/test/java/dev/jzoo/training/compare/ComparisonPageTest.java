package dev.jzoo.training.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.training.testing.ChartReader;
import dev.jzoo.training.testing.ChartReader.Chart;
import dev.jzoo.training.testing.Xml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class ComparisonPageTest {

    @TempDir
    Path folder;

    private static String page(String... runs) throws IOException {
        return ComparisonPage.of(
                        RunComparison.of(Stream.of(runs).map(StoredRuns::of).toList()))
                .html();
    }

    @Test
    void aPageShowsDifferencesCurvesAndMetrics() throws Exception {
        Document page = Xml.parse(page("first", "second"));
        assertEquals(
                List.of("Settings that differ", "Curves", "Metrics", "Settings of all runs"), Xml.texts(page, "h2"));
        List<String> rows = Xml.texts(page, "tr");
        assertEquals(List.of("settingfirstsecond", "epochs58", "learningRate0.0010.02"), rows.subList(0, 3));
        assertTrue(rows.contains("test.rmse184.947.69"), rows::toString);
        assertTrue(rows.contains("data.airline allf468a80ad97a"), rows::toString);
    }

    @Test
    void allRunsAreInOneChartAndBeginWithEpoch1() throws Exception {
        List<Chart> charts = ChartReader.charts(page("first", "second", "sweep"));
        assertEquals(3, charts.size(), "loss, learning rate, test.loss");
        for (Chart chart : charts) {
            assertEquals(
                    Map.of("first", "green", "second", "orange", "sweep", "sky"),
                    chart.legend(),
                    "no run has the colour of train or test");
            assertEquals(List.of("1", "2", "3", "4", "5", "6", "7", "8"), chart.bottom());
        }
        assertTrue(
                charts.get(0).description().contains("first: from 0.04509 to 0.01495, lowest 0.01495"),
                charts.get(0).description());
    }

    @Test
    void aRunWithoutEpochsIsNamed() throws Exception {
        String page = page("shapes", "shapes-full");
        assertTrue(page.contains("shapes has no curves because it has no epochs."), page);
        assertEquals(
                List.of("shapes-full"),
                List.copyOf(ChartReader.charts(page).get(0).legend().keySet()));
    }

    @Test
    void runsWithoutMetricsAndWithTheSameSettingsHaveAPageToo() throws Exception {
        Path copy = Files.createDirectories(folder.resolve("copy"));
        Files.copy(StoredRuns.of("interrupted").resolve("recipe.json"), copy.resolve("recipe.json"));
        Files.writeString(
                copy.resolve("history.csv"), "epoch,seconds,loss,learningRate\n0,1,Infinity,0.1\n1,1,2.5,0.1\n");
        String page = ComparisonPage.of(RunComparison.of(List.of(StoredRuns.of("interrupted"), copy)))
                .html();
        assertTrue(page.contains("All settings are the same."), page);
        assertTrue(page.contains("None of the runs has metrics yet."), page);
        Chart loss = ChartReader.charts(page).get(0);
        assertTrue(loss.description().contains("copy: from 2.5 to 2.5"), loss.description());
        assertFalse(page.contains("NaN"), page);
    }
}
