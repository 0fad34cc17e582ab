package dev.jzoo.export;

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
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an export adds to the peak of a process that has run its network, all of it resident: Java's heap, the frameworks' and
 * ONNX Runtime's memory, and the pages of mapped files.
 */
@Tag("acceptance")
class ExportMemoryTest {

    private static final double MOST = 1.5;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"djl-vgg16", "dl4j-vgg16"})
    void anExportTakesAtMostOneAndAHalfTimesTheModel(String network) throws Exception {
        Assumptions.assumeTrue(
                Files.isWritable(Path.of("/proc/self/clear_refs")), "skipped: only Linux tells the peak of a process");
        ProcessBuilder child = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                // ND4J takes Java's heap for its own bound otherwise.
                "-Dorg.bytedeco.javacpp.maxbytes=0",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                ExportMemory.class.getName(),
                network,
                folder.resolve("network.onnx").toString());
        // Without these the C library keeps much of what was freed, and the figure would be that of its habits.
        child.environment().put("MALLOC_ARENA_MAX", "1");
        child.environment().put("MALLOC_MMAP_THRESHOLD_", "65536");
        child.environment().remove("OMP_NUM_THREADS");
        Path errors = folder.resolve("errors.txt");
        Process process = child.redirectError(errors.toFile()).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said + Files.readString(errors));
        String line = said.lines()
                .filter(each -> each.startsWith("model "))
                .findFirst()
                .orElseThrow();
        long[] bytes = Arrays.stream(line.replaceAll("[a-z]+ ", "").split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
        double times = (bytes[3] - bytes[2]) / (double) bytes[0];
        System.out.printf("%s: %s; the export adds %.2f times the model%n", network, line, times);
        assertTrue(times <= MOST, () -> line + ": " + times + " times the model");
    }
}
