package dev.jzoo.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

    @Test
    void writingReplacesThePageAndLeavesNothingElse(@TempDir Path folder) throws IOException {
        RunFolder run = RunFolder.at(folder.resolve("run"));
        Path report = folder.resolve("run/report");
        run.writeReport(Report.titled("old"));
        Path file = run.writeReport(Report.titled("new ✓"));
        assertEquals(report.resolve("index.html"), file);
        assertTrue(Files.readString(file).contains("<h1>new ✓</h1>"));
        try (Stream<Path> files = Files.list(report)) {
            assertEquals(List.of(file), files.toList());
        }
    }
}
