package dev.jzoo.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a damaged file is either read or rejected with a message about its fault. */
class FuzzTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "block, 1500",
        "dl4j, 60",
        "manifest, 1500",
        "card, 1500",
        "onnx, 1500",
        "idx, 1500",
        "csv, 1500",
        "picture, 1500"
    })
    void damagedFilesAreReadOrRefused(String kind, long rounds) throws Exception {
        damage(kind, 0, rounds, Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"block", "dl4j", "manifest", "picture"})
    @Tag("acceptance")
    void damagedFilesOfAMinuteAreReadOrRefused(String kind) throws Exception {
        damage(kind, System.currentTimeMillis(), Long.MAX_VALUE, System.nanoTime() + 60_000_000_000L);
    }

    private void damage(String kind, long first, long rounds, long deadline) throws Exception {
        System.out.println("Damages of " + kind + " from number " + first);
        Fuzzer fuzzer = new Fuzzer(folder, kind);
        List<String> faults = new ArrayList<>();
        for (long i = 0; i < rounds && faults.size() < 20 && System.nanoTime() < deadline; i++) {
            faults.addAll(fuzzer.round(first + i));
        }
        assertEquals("", String.join("\n", faults));
    }
}
