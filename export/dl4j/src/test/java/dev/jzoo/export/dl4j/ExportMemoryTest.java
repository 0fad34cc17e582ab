package dev.jzoo.export.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.onnx.OnnxFile;
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
 * Tests the memory that an export adds to the needs of its two engines: the framework that runs the loaded network, or
 * ONNX Runtime that runs the file, whichever is larger. All resident memory counts: Java's heap, the engines' memory,
 * and the pages of mapped files.
 */
@Tag("acceptance")
class ExportMemoryTest {

    private static final double MOST = 1.5;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"djl-vgg16", "dl4j-vgg16", "djl-resnet50", "dl4j-resnet50"})
    void anExportTakesAtMostOneAndAHalfTimesTheModel(String network) throws Exception {
        Assumptions.assumeTrue(
                Files.isWritable(Path.of("/proc/self/clear_refs")), "skipped: only Linux tells the peak of a process");
        Path file = folder.resolve("network.onnx");
        String exported = printed("model ", network, file);
        // As in the verification: the weights are in a second file, to be mapped.
        Path mapped = folder.resolve("mapped.onnx");
        OnnxFile.read(file).writeDraft(mapped, 16 << 20);
        long session = numbers(printed("session ", "session", mapped))[0];
        long[] bytes = numbers(exported);
        long engines = Math.max(bytes[2], bytes[1] + session);
        double times = (bytes[3] - engines) / (double) bytes[0];
        String line = exported + " session " + session;
        System.out.printf("%s: %s; the export adds %.2f times the model%n", network, line, times);
        assertTrue(times <= MOST, () -> line + ": " + times + " times the model");
    }

    private static long[] numbers(String line) {
        return Arrays.stream(line.replaceAll("[a-z]+ ", "").split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
    }

    /** Runs a program in its own process and returns its line with a beginning. */
    private String printed(String beginning, String what, Path file) throws Exception {
        ProcessBuilder child = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                // Otherwise ND4J uses the limit of Java's heap for its own memory.
                "-Dorg.bytedeco.javacpp.maxbytes=0",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                ExportMemory.class.getName(),
                what,
                file.toString());
        // Without these the C library keeps much freed memory, and the result would depend on that.
        child.environment().put("MALLOC_ARENA_MAX", "1");
        child.environment().put("MALLOC_MMAP_THRESHOLD_", "65536");
        child.environment().remove("OMP_NUM_THREADS");
        Path errors = folder.resolve("errors.txt");
        Process process = child.redirectError(errors.toFile()).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said + Files.readString(errors));
        return said.lines()
                .filter(each -> each.startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }
}
