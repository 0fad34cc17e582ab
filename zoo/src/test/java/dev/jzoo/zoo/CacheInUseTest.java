package dev.jzoo.zoo;

import static dev.jzoo.zoo.Fixtures.bytes;
import static dev.jzoo.zoo.Fixtures.resource;
import static dev.jzoo.zoo.Fixtures.store;
import static dev.jzoo.zoo.Fixtures.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.catalogue.PublishedModel;
import dev.jzoo.zoo.download.Encoding;
import dev.jzoo.zoo.download.Resource;
import dev.jzoo.zoo.publishing.Publisher;
import dev.jzoo.zoo.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cleanups of a cache that another process uses. */
class CacheInUseTest {

    private static final byte[] CONTENT = bytes(100_000, 1);
    private static final Resource USED = resource("set/used.bin", CONTENT, Encoding.IDENTITY);
    private static final Resource OTHER = resource("set/other.bin", CONTENT, Encoding.IDENTITY);
    private static final byte[] ZIP = zip();
    private static final Resource ARCHIVE = resource("set/pictures.zip", ZIP, Encoding.IDENTITY);

    /** Fetches a file, reports it, and after reading a byte checks that the file is still there. */
    static final class Job {
        public static void main(String[] args) throws IOException {
            Store store = Store.open(new Settings(Path.of(args[0]), List.of(URI.create(args[1])), true));
            PublishedModel model = Zoo.of(store).pull("net", ProgressListener.NONE);
            List<Path> used = List.of(
                    store.fetch(USED, ProgressListener.NONE),
                    model.model(),
                    model.folder().resolve("README.md"),
                    store.unpack(ARCHIVE, ProgressListener.NONE).resolve("a.txt"),
                    Files.writeString(
                            Files.createDirectories(store.computed("features")).resolve("a.rows"), "rows"));
            System.out.write('r');
            System.out.flush();
            while (System.in.read() == 'c') {
                System.out.write(used.stream().allMatch(Files::isRegularFile) ? 'y' : 'n');
                System.out.flush();
            }
        }
    }

    /** Pulls a model and checks its files, again and again. */
    static final class Puller {
        public static void main(String[] args) throws IOException {
            System.out.write('r');
            System.out.flush();
            Settings settings = new Settings(Path.of(args[0]), List.of(URI.create(args[1])), true);
            for (int i = 0; i < 25; i++) {
                Store store = Store.open(settings);
                Path file = store.fetch(i % 2 == 0 ? USED : OTHER, ProgressListener.NONE);
                Path model = Zoo.of(store).pull("net", ProgressListener.NONE).model();
                if (!Files.isRegularFile(file) || !Files.isRegularFile(model)) {
                    throw new IllegalStateException("deleted while in use");
                }
            }
        }
    }

    @TempDir
    Path folder;

    private Path home;
    private Path mirror;

    @BeforeEach
    void publish() throws Exception {
        home = folder.resolve("home");
        mirror = folder.resolve("mirror");
        write(mirror.resolve("set/used.bin"), CONTENT);
        write(mirror.resolve("set/other.bin"), CONTENT);
        write(mirror.resolve("set/pictures.zip"), ZIP);
        publish("1.0.0");
    }

    private void publish(String version) throws Exception {
        Path run =
                Fixtures.modelFolder(folder.resolve("run-" + version), "net", version, bytes(1000, version.hashCode()));
        Publisher.into(mirror.resolve("models")).publish(run, Fixtures.contents());
    }

    private static byte[] zip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            ZipEntry entry = new ZipEntry("a.txt");
            entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0)); // the same bytes in each process
            zip.putNextEntry(entry);
            zip.write('a');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private Process started(Class<?> main) throws IOException {
        Process process = Fixtures.jvm(main, home.toString(), mirror.toUri().toString());
        int first = process.getInputStream().read();
        assertEquals('r', first, () -> rest(process));
        return process;
    }

    private static String rest(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes());
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void assertHasAll(Process job) throws IOException {
        job.getOutputStream().write('c');
        job.getOutputStream().flush();
        assertEquals('y', job.getInputStream().read());
    }

    @Test
    void clearSparesWhatAnotherProcessUsesAndDeletesItWhenThatHasEnded() throws Exception {
        Process job = started(Job.class);
        Store store = store(home, mirror.toUri());
        store.fetch(OTHER, ProgressListener.NONE);
        assertEquals(CONTENT.length, store.clear());
        assertFalse(Files.exists(home.resolve("data/set/other.bin")));
        assertHasAll(job);
        assertEquals("net", Zoo.of(store(home)).show("net").id(), "its model is still listed");
        job.destroyForcibly().waitFor();
        assertTrue(store.clear() > CONTENT.length);
        assertEquals(List.of(), Fixtures.filesBelow(home));
    }

    @Test
    void collectingGarbageSparesTheOldVersionThatAnotherProcessUses() throws Exception {
        Process job = started(Job.class);
        publish("2.0.0");
        Store store = store(home, mirror.toUri());
        Zoo.of(store).pull("net", ProgressListener.NONE);
        assertEquals(0, store.collectGarbage());
        assertHasAll(job);
        job.getOutputStream().close();
        assertEquals(0, job.waitFor());
        assertTrue(store.collectGarbage() > 1000);
        assertEquals("2.0.0", Zoo.of(store(home)).show("net").version());
    }

    @Test
    void pullingWhileOthersCleanUpAlwaysSucceeds() throws Exception {
        Process first = started(Puller.class);
        Process second = started(Puller.class);
        Store store = store(home, mirror.toUri());
        while (first.isAlive() || second.isAlive()) {
            store.clear();
            store.collectGarbage();
        }
        for (Process puller : List.of(first, second)) {
            try (InputStream printed = puller.getInputStream()) {
                assertEquals("", withoutWarnings(new String(printed.readAllBytes())));
            }
            assertEquals(0, puller.waitFor());
        }
    }

    /**
     * Removes warnings from the output. A file that was just cleared is missing when it is compared, which is a warning and not a
     * failure.
     */
    private static String withoutWarnings(String printed) {
        return String.join(
                "\n", printed.lines().filter(line -> !line.contains(" WARN ")).toList());
    }

    @Test
    void threadsOfOneProcessThatPullWhileItCleansUpSucceed() throws Exception {
        Store store = store(home, mirror.toUri());
        Thread[] pullers = new Thread[4];
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < pullers.length; i++) {
            pullers[i] = new Thread(() -> {
                try {
                    for (int k = 0; k < 20; k++) {
                        store.fetch(USED, ProgressListener.NONE);
                    }
                } catch (IOException | RuntimeException e) {
                    failures.add(e);
                }
            });
            pullers[i].start();
        }
        for (int k = 0; k < 20; k++) {
            store.clear();
            store.collectGarbage();
        }
        for (Thread puller : pullers) {
            puller.join();
        }
        assertEquals(List.of(), failures);
    }
}
