package dev.jzoo.zoo.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.file.Disk;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheUsesTest {

    private static final String PATH = "data/set/used.bin";

    @TempDir
    Path home;

    /** The path is listed already, so that the thread does not write to the list, which would wait anyway. */
    @Test
    void aThreadThatStartsDuringACleanupWaitsForItsEnd() throws Exception {
        CacheUses uses = CacheUses.of(home, Disk.below(home, "Free some space."));
        assertEquals(1, uses.during(PATH, () -> 1));
        CountDownLatch fetching = new CountDownLatch(1);
        CompletableFuture<Integer> fetched = new CompletableFuture<>();
        boolean overlaps = uses.cleaning(used -> {
            assertEquals(Set.of(), used);
            new Thread(() -> {
                        try {
                            fetched.complete(uses.during(PATH, () -> {
                                fetching.countDown();
                                return 2;
                            }));
                        } catch (Exception e) {
                            fetched.completeExceptionally(e);
                        }
                    })
                    .start();
            try {
                return fetching.await(300, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertFalse(overlaps, "The cleanup does not know that the path is in use.");
        assertEquals(2, fetched.get(10, TimeUnit.SECONDS));
    }

    @Test
    void aCleanupKnowsTheRunningUses() throws Exception {
        CacheUses uses = CacheUses.of(home, Disk.below(home, "Free some space."));
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            try {
                uses.during(PATH, () -> {
                    started.countDown();
                    try {
                        return end.await(10, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        return false;
                    }
                });
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        assertTrue(started.await(10, TimeUnit.SECONDS));
        assertEquals(Set.of(PATH), uses.cleaning(Set::copyOf));
        end.countDown();
        thread.join();
        assertEquals(Set.of(), uses.cleaning(Set::copyOf));
    }
}
