package dev.jzoo.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that memory does not grow during a million predictions on eight threads, or during opening and closing. */
@Tag("acceptance")
class EnduranceTest {

    /** Number of warm-up reports among 20, since the JVM compiles for some time. */
    private static final int WARM = 8;

    private static final double MOST = 1.1;

    @TempDir
    Path folder;

    @Test
    void memoryIsFlatOverPredictionsAndOverModels() throws Exception {
        Assumptions.assumeTrue(
                Files.isReadable(Path.of("/proc/self/status")), "skipped: only Linux tells what is resident");
        String said = run();
        for (String what : new String[] {PredictionMemory.PREDICTIONS, PredictionMemory.CYCLES}) {
            long[] resident = said.lines()
                    .filter(line -> line.startsWith(what))
                    .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                    .toArray();
            assertEquals(20, resident.length, said);
            long early = Arrays.stream(resident, 0, WARM).max().orElseThrow();
            long late = Arrays.stream(resident, resident.length - WARM, resident.length)
                    .min()
                    .orElseThrow();
            System.out.printf("%s: %d kB resident early, %d kB late%n", what, early / 1000, late / 1000);
            assertTrue(late <= MOST * early, said);
        }
    }

    private String run() throws Exception {
        Path errors = folder.resolve("errors.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms64m",
                        "-Xmx64m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PredictionMemory.class.getName(),
                        "1000000",
                        "200")
                .redirectError(errors.toFile())
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said + Files.readString(errors));
        return said;
    }
}
