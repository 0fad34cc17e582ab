package dev.jzoo.finetune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jzoo.finetune.head.Features;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureCacheTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("some").resolve("x.rows");
    }

    @Test
    void rowsAreFoundAgainAfterOpeningAnew() throws IOException {
        FeatureCache cache = FeatureCache.open(file, 2);
        cache.add(key(1), new float[] {1, 2});
        cache.add(key(2), new float[] {3, 4});
        FeatureCache again = FeatureCache.open(file, 2);
        assertArrayEquals(new float[] {3, 4}, read(again, key(2)));
        assertArrayEquals(new float[] {1, 2}, read(again, key(1)));
        assertEquals(-1, again.find(key(3)));
    }

    @Test
    void aRowThatWasCutShortIsPassedOverAndItsPlaceIsUsed() throws IOException {
        FeatureCache cache = FeatureCache.open(file, 2);
        cache.add(key(1), new float[] {1, 2});
        cache.add(key(2), new float[] {3, 4});
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));
        FeatureCache again = FeatureCache.open(file, 2);
        assertEquals(-1, again.find(key(2)));
        again.add(key(3), new float[] {5, 6});
        assertEquals(bytes.length, Files.size(file));
        assertArrayEquals(new float[] {5, 6}, read(FeatureCache.open(file, 2), key(3)));
    }

    @Test
    void aRowWhoseBytesHaveChangedIsNotBelieved() throws IOException {
        FeatureCache.open(file, 2).add(key(1), new float[] {1, 2});
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 6] ^= 1;
        Files.write(file, bytes);
        assertEquals(-1, FeatureCache.open(file, 2).find(key(1)));
    }

    @Test
    void aFileOfAnotherFormIsBegunAnew() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "this is something else altogether");
        FeatureCache cache = FeatureCache.open(file, 2);
        cache.add(key(1), new float[] {1, 2});
        assertArrayEquals(new float[] {1, 2}, read(FeatureCache.open(file, 2), key(1)));
    }

    @Test
    void threadsThatAddAtOnceLoseNothing() throws IOException {
        FeatureCache one = FeatureCache.open(file, 1);
        FeatureCache other = FeatureCache.open(file, 1);
        IntStream.range(0, 200).parallel().forEach(i -> {
            try {
                (i % 2 == 0 ? one : other).add(key(i), new float[] {i});
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        FeatureCache again = FeatureCache.open(file, 1);
        for (int i = 0; i < 200; i++) {
            assertArrayEquals(new float[] {i}, read(again, key(i)));
        }
    }

    @Test
    void rowsStayThoseOfThisRunWhenTheCacheIsClearedMeanwhile() throws IOException {
        FeatureCache mine = FeatureCache.open(file, 2);
        mine.add(key(1), new float[] {1, 2});
        mine.add(key(2), new float[] {3, 4});
        Files.delete(file);
        Files.delete(file.getParent());
        FeatureCache others = FeatureCache.open(file, 2);
        others.add(key(7), new float[] {70, 70});
        others.add(key(8), new float[] {80, 80});
        mine.add(key(3), new float[] {5, 6});
        assertArrayEquals(new float[] {1, 2}, read(mine, key(1)));
        assertArrayEquals(new float[] {3, 4}, read(mine, key(2)));
        assertArrayEquals(new float[] {5, 6}, read(mine, key(3)));
        assertArrayEquals(new float[] {80, 80}, read(others, key(8)));
        FeatureCache later = FeatureCache.open(file, 2);
        assertArrayEquals(new float[] {70, 70}, read(later, key(7)));
        assertEquals(-1, later.find(key(1)));
    }

    @Test
    void aThreadThatClearsWhileOthersComputeMixesNothing() throws Exception {
        FeatureCache mine = FeatureCache.open(file, 1);
        AtomicBoolean done = new AtomicBoolean();
        Thread clearing = new Thread(() -> {
            while (!done.get()) {
                try {
                    Files.deleteIfExists(file);
                    FeatureCache.open(file, 1).add(key(9999), new float[] {-1});
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        clearing.start();
        IntStream.range(0, 300).parallel().forEach(i -> {
            try {
                mine.add(key(i), new float[] {i});
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        done.set(true);
        clearing.join();
        for (int i = 0; i < 300; i++) {
            assertArrayEquals(new float[] {i}, read(mine, key(i)));
        }
    }

    @Test
    void featuresCanBeReadWhenTheCacheIsClosed() throws IOException {
        FeatureCache cache = FeatureCache.open(file, 2);
        Features rows = cache.features(new long[] {cache.add(key(1), new float[] {1, 2})});
        cache.close();
        Files.delete(file);
        float[] row = new float[2];
        rows.read(0, row);
        assertArrayEquals(new float[] {1, 2}, row);
    }

    private static float[] read(FeatureCache cache, Sha256 key) throws IOException {
        Features rows = cache.features(new long[] {cache.find(key)});
        float[] row = new float[rows.dimension()];
        rows.read(0, row);
        return row;
    }

    private static Sha256 key(int number) {
        return Sha256.of(new byte[] {(byte) number, (byte) (number >> 8)});
    }
}
