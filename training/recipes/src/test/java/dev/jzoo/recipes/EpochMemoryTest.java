package dev.jzoo.recipes;

import static org.junit.jupiter.api.Assertions.assertAll;
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

/** A run of many epochs needs no more memory than one of a few, neither of Java's heap nor of the engine's arrays. */
@Tag("acceptance")
class EpochMemoryTest {

    private static final int EPOCHS = 24;

    /** After the first two epochs nothing is left of what was needed to begin, and after the first eight the engines' pools are full. */
    private static final int BEGUN = 2;

    private static final int WARM = 8;

    private static final double MOST = 1.03;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "mnist1d-cnn, djl, 1000",
        "mnist1d-gru, djl, 1000",
        "mnist1d-cnn, dl4j, 1000",
        "mnist-lenet, djl, 1000",
        "shakespeare-lstm, djl, 64"
    })
    void memoryIsFlatOverTheEpochs(String recipe, String engine, int limit) throws Exception {
        Assumptions.assumeTrue(
                Files.isReadable(Path.of("/proc/self/status")), "skipped: only Linux tells what is resident");
        System.out.println(recipe + ", " + engine);
        String said = said(recipe, engine, limit);
        assertAll(() -> assertFlat("heap", said), () -> assertFlat("native", said));
    }

    private static void assertFlat(String memory, String said) {
        long[] bytes = said.lines()
                .filter(line -> line.startsWith(memory + " "))
                .mapToLong(line -> Long.parseLong(line.substring(memory.length() + 1)))
                .toArray();
        assertEquals(EPOCHS, bytes.length, said);
        long early = Arrays.stream(bytes, BEGUN, WARM).max().orElseThrow();
        long late = Arrays.stream(bytes, EPOCHS - WARM, EPOCHS).min().orElseThrow();
        System.out.printf("%s: %.1f MB early, %.1f MB late%n", memory, early / 1e6, late / 1e6);
        assertTrue(late <= MOST * early, () -> memory + " " + Arrays.toString(bytes));
    }

    /**
     * What that training printed in a process whose resident memory is that of arrays in use: all of Java's heap is resident from the
     * start, the compilers' share is small (C2's is not, and comes at any time), and the C library gives back at once what was freed (its
     * habit of keeping some, in pieces, moves the figure by more than a leak would).
     */
    private String said(String recipe, String engine, int limit) throws Exception {
        ProcessBuilder child = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms512m",
                "-Xmx512m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                EpochMemory.class.getName(),
                recipe,
                engine,
                Integer.toString(EPOCHS),
                Integer.toString(limit),
                folder.resolve("run").toString());
        child.environment().put("MALLOC_ARENA_MAX", "1");
        child.environment().put("MALLOC_MMAP_THRESHOLD_", "65536");
        Path errors = folder.resolve("errors.txt");
        Process process = child.redirectError(errors.toFile()).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said + Files.readString(errors));
        return said;
    }
}
