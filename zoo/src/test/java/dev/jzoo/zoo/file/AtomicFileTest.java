package dev.jzoo.zoo.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    @TempDir
    Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFileThatCannotBeWrittenWholeLeavesTheOldOneAndNothingElse() throws IOException {
        Path file = folder.resolve("weights");
        AtomicFile.write(file, "old");
        assertThrows(
                IOException.class,
                () -> AtomicFile.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("cut");
                }));
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("weights"), names());
    }

    @Test
    void whatAKilledProcessLeftIsSweptAndWhatALiveOneWritesIsNot() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        String live = ".last.zip." + ProcessHandle.current().pid() + ".tmp";
        for (String name : List.of("last.zip", ".last.zip." + dead.pid() + ".tmp", live, ".notes.tmp", ".a.b.tmp")) {
            Files.writeString(folder.resolve(name), name);
        }
        AtomicFile.sweep(folder, name -> name.endsWith(".onnx"));
        assertEquals(5, names().size());
        AtomicFile.sweep(folder);
        assertEquals(List.of(".a.b.tmp", live, ".notes.tmp", "last.zip"), names());
        AtomicFile.sweep(folder.resolve("nowhere"));
    }
}
