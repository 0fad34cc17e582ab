package dev.jzoo.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests of shared threads. ONNX Runtime's threads belong to the process, so each case runs in its own process. */
class SharedThreadsTest {

    @BeforeEach
    void onLinux() {
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self/task")), "skipped: only Linux lists threads");
    }

    @Test
    void withTheirOwnThreadsEachModelBringsSome() throws Exception {
        Assumptions.assumeTrue(
                Runtime.getRuntime().availableProcessors() > 1, "skipped: on one core no model has threads");
        List<Long> threads = threads("-Dsome.other.property=4");
        for (int model = 1; model < 5; model++) {
            assertTrue(threads.get(model) > threads.get(model - 1), threads.toString());
        }
    }

    @Test
    void sharingModelsHaveAsManyThreadsAsOne() throws Exception {
        List<Long> four = threads("-D" + SessionSettings.SHARED_THREADS + "=4");
        List<Long> two = threads("-D" + SessionSettings.SHARED_THREADS + "=2");
        assertEquals(1, four.stream().distinct().count(), four.toString());
        assertEquals(1, two.stream().distinct().count(), two.toString());
        assertEquals(2, four.get(0) - two.get(0));
    }

    private static List<Long> threads(String property) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        property,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SharedThreads.class.getName(),
                        Fixtures.file("add.onnx").toString(),
                        "5")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        assertEquals(
                List.of("0.0", "2.0", "4.0", "6.0", "8.0"),
                said.lines()
                        .filter(line -> line.startsWith("sum "))
                        .map(line -> line.split(" ")[1])
                        .toList());
        return said.lines()
                .filter(line -> line.startsWith("sum "))
                .map(line -> Long.valueOf(line.split(" ")[3]))
                .toList();
    }
}
