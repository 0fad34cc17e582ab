package dev.jzoo.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged file is read, or refused with what is wrong with it; nothing else ever happens. */
class FuzzTest {

    @TempDir
    Path folder;

    @Test
    void damagedFilesAreReadOrRefused() throws Exception {
        Fuzzer fuzzer = new Fuzzer(folder);
        List<String> faults = new ArrayList<>();
        for (long number = 0; number < 1500 && faults.size() < 20; number++) {
            faults.addAll(fuzzer.round(number));
        }
        assertEquals("", String.join("\n", faults));
    }
}
