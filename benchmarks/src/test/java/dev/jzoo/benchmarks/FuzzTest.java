package dev.jzoo.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        damage(kind, 0, rounds);
    }

    @ParameterizedTest
    @CsvSource({"block, 15000", "dl4j, 600", "manifest, 15000", "picture, 15000"})
    @Tag("acceptance")
    void manyDamagedFilesAreReadOrRefused(String kind, long rounds) throws Exception {
        damage(kind, Long.getLong("fuzz.seed", 20_261_130), Long.getLong("fuzz.rounds", rounds));
    }

    private void damage(String kind, long first, long rounds) throws Exception {
        System.out.println("Damages of " + kind + " from number " + first);
        Fuzzer fuzzer = new Fuzzer(folder, kind);
        List<String> faults = new ArrayList<>();
        for (long i = 0; i < rounds && faults.size() < 20; i++) {
            faults.addAll(fuzzer.round(first + i));
        }
        assertEquals("", String.join("\n", faults));
    }
}
