package dev.jzoo.zoo.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTreeTest {

    @TempDir
    Path folder;

    @Test
    void filesFoldersAndLinksAreListedInOrder() throws Exception {
        Path inner = Files.createDirectories(folder.resolve("b/c"));
        Path file = Files.writeString(inner.resolve("file"), "");
        Path link = Files.createSymbolicLink(folder.resolve("a"), inner);
        CacheTree tree = new CacheTree(folder);
        assertEquals(List.of(link, file), tree.files());
        assertEquals(List.of(folder, folder.resolve("b"), inner), tree.folders());
        assertEquals(List.of(), new CacheTree(folder.resolve("missing")).files());
    }

    /** With {@code Files.walk} this failed within a few walks. */
    @Test
    void entriesThatDisappearDuringTheWalkAreLeftOut() throws Exception {
        Path kept = Files.writeString(folder.resolve("kept"), "");
        AtomicBoolean done = new AtomicBoolean();
        Thread changes = new Thread(() -> {
            try {
                while (!done.get()) {
                    for (int i = 0; i < 20; i++) {
                        Path inner = Files.createDirectories(folder.resolve("inner" + i));
                        Files.deleteIfExists(Files.writeString(inner.resolve("a.tmp"), ""));
                        Files.deleteIfExists(inner);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        changes.start();
        try {
            for (int i = 0; i < 1_000; i++) {
                assertEquals(
                        kept,
                        CacheDirectory.filesBelow(folder).stream()
                                .filter(file -> file.endsWith("kept"))
                                .findFirst()
                                .orElseThrow());
            }
        } finally {
            done.set(true);
            changes.join();
        }
    }
}
