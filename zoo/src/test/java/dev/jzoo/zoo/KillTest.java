package dev.jzoo.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.download.Encoding;
import dev.jzoo.zoo.download.RangedDownload;
import dev.jzoo.zoo.download.Resource;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.publishing.Publisher;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed at random moments. Every visible file is complete, and the next process completes the work. */
@Tag("acceptance")
class KillTest {

    private static final int KILLS = 50;
    private static final byte[] CONTENT = Fixtures.bytes((int) RangedDownload.LARGE + 1, 7);
    private static final Resource RESOURCE = Fixtures.resource("large.bin", CONTENT, Encoding.IDENTITY);

    /** Reports that it starts, then downloads. */
    static final class Downloader {
        public static void main(String[] args) throws IOException {
            Store store = Store.open(new Settings(Path.of(args[0]), List.of(URI.create(args[1])), false));
            begin();
            store.fetch(RESOURCE, ProgressListener.NONE);
        }
    }

    /** Reports that it starts, then publishes. */
    static final class Publishing {
        public static void main(String[] args) throws IOException {
            Publisher publisher = Publisher.into(Path.of(args[1]));
            begin();
            publisher.publish(Path.of(args[0]), Fixtures.contents());
        }
    }

    private static void begin() {
        System.out.write('b');
        System.out.flush();
    }

    /** Starts a process and kills it a given time after it starts to work, unless it has ended. */
    private static void killed(Class<?> main, long micros, String... arguments) throws Exception {
        Process process = Fixtures.jvm(main, arguments);
        assertEquals('b', process.getInputStream().read());
        TimeUnit.MICROSECONDS.sleep(micros);
        process.destroyForcibly().waitFor();
    }

    @Test
    void downloadIsWholeOrNotThereAndIsCompletedByTheNext(@TempDir Path folder) throws Exception {
        Random random = new Random(1);
        int unfinished = 0;
        try (FileServer server = new FileServer()) {
            server.files.put("/large.bin", CONTENT);
            for (int kill = 0; kill < KILLS; kill++) {
                Path home = folder.resolve("home-" + kill / 5); // leftovers are continued and left again
                killed(
                        Downloader.class,
                        random.nextInt(600_000),
                        home.toString(),
                        server.uri().toString());
                Path file = home.resolve("data/large.bin");
                if (Files.exists(file)) {
                    assertEquals(RESOURCE.sha256(), Sha256.of(file));
                } else {
                    unfinished++;
                }
                if (kill % 5 == 4) {
                    Path fetched = Fixtures.store(home, server.uri()).fetch(RESOURCE, ProgressListener.NONE);
                    assertArrayEquals(CONTENT, Files.readAllBytes(fetched));
                    Fixtures.store(home).collectGarbage();
                    assertEquals(List.of("data/large.bin", "digests/data/large.bin.sha256"), Fixtures.filesBelow(home));
                }
            }
        }
        assertTrue(unfinished > 5, "only " + unfinished + " of " + KILLS + " were killed before the end");
    }

    @Test
    void publicationIsListedWholeOrNotAtAllAndIsCompletedByTheNext(@TempDir Path folder) throws Exception {
        Random random = new Random(2);
        Path run = Fixtures.modelFolder(folder.resolve("run"), "digits", "1.0.0", Fixtures.bytes(20_000_000, 3));
        int unfinished = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Path models = folder.resolve("models-" + kill / 5);
            killed(Publishing.class, random.nextInt(900_000), run.toString(), models.toString());
            if (!isListedWhole(models)) {
                unfinished++;
            }
            if (kill % 5 == 4) {
                Publisher.into(models).publish(run, Fixtures.contents());
                assertTrue(isListedWhole(models));
                assertEquals(
                        List.of(".jzoo.lock", Manifest.FILE_NAME, "digits"),
                        List.of(models.toFile().list()).stream().sorted().toList());
            }
        }
        assertTrue(unfinished > 5, "only " + unfinished + " of " + KILLS + " were killed before the end");
    }

    /** Returns whether a model is listed. A listed model must be there with the right bytes. */
    private static boolean isListedWhole(Path models) throws IOException {
        Path file = models.resolve(Manifest.FILE_NAME);
        Manifest manifest = Files.exists(file) ? Manifest.read(file) : new Manifest(List.of());
        for (Manifest.Entry entry : manifest.entries()) {
            for (Manifest.FileDigest listed : entry.published().orElseThrow().files()) {
                assertEquals(listed.sha256(), Sha256.of(models.resolve(listed.path())), listed.path());
            }
        }
        return !manifest.entries().isEmpty();
    }
}
