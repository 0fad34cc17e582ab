package dev.jzoo.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run of many epochs needs no more memory than one of a few: Java's heap, the engine's arrays, and what it leaks. */
@Tag("acceptance")
class EpochMemoryTest {

    private static final int EPOCHS = 24;

    /** The engines fill their pools in the first epochs. */
    private static final int WARM = 8;

    private static final double MOST = 1.05;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "mnist1d-cnn, DJL, 1000",
        "mnist1d-gru, DJL, 1000",
        "mnist1d-cnn, DL4J, 1000",
        "mnist-lenet, DJL, 1000",
        "shakespeare-lstm, DJL, 64"
    })
    void memoryIsFlatOverTheEpochs(String recipe, String engine, int limit) throws Exception {
        Assumptions.assumeTrue(
                Files.isReadable(Path.of("/proc/self/status")), "skipped: only Linux tells what is resident");
        long[] resident = resident(recipe, engine, limit);
        assertEquals(EPOCHS, resident.length);
        long early = Arrays.stream(resident, 0, WARM).max().orElseThrow();
        long late = Arrays.stream(resident, EPOCHS - WARM, EPOCHS).min().orElseThrow();
        System.out.printf("%s, %s: %d MB early, %d MB late%n", recipe, engine, early / 1_000_000, late / 1_000_000);
        assertTrue(late <= MOST * early, () -> Arrays.toString(resident));
    }

    private long[] resident(String recipe, String engine, int limit) throws Exception {
        ProcessBuilder child = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                EpochMemory.class.getName(),
                recipe,
                engine,
                Integer.toString(EPOCHS),
                Integer.toString(limit),
                folder.resolve("run").toString());
        child.environment().put("MALLOC_ARENA_MAX", "1");
        Path errors = folder.resolve("errors.txt");
        Process process = child.redirectError(errors.toFile()).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said + Files.readString(errors));
        return said.lines()
                .filter(line -> line.startsWith("resident "))
                .mapToLong(line -> Long.parseLong(line.substring("resident ".length())))
                .toArray();
    }
}
