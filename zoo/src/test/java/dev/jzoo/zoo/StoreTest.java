package dev.jzoo.zoo;

import static dev.jzoo.zoo.Fixtures.bytes;
import static dev.jzoo.zoo.Fixtures.filesBelow;
import static dev.jzoo.zoo.Fixtures.gzip;
import static dev.jzoo.zoo.Fixtures.resource;
import static dev.jzoo.zoo.Fixtures.store;
import static dev.jzoo.zoo.Fixtures.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.cache.CacheCheck;
import dev.jzoo.zoo.cache.CachedFile;
import dev.jzoo.zoo.download.Encoding;
import dev.jzoo.zoo.download.Resource;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.settings.Settings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache with mirrors that are folders. */
class StoreTest {

    @TempDir
    Path folder;

    private Path home;
    private Path first;
    private Path second;
    private final byte[] content = bytes(200_000, 1);
    private final Resource plain = resource("set/a.bin", content, Encoding.IDENTITY);
    private final Resource zipped = resource("set/b.bin.gz", content, Encoding.GZIP);

    @BeforeEach
    void folders() {
        home = folder.resolve("home");
        first = folder.resolve("first");
        second = folder.resolve("second");
    }

    @Test
    void fileOfAMirrorIsCopiedCheckedAndFoundAgainWithoutTheMirror() throws Exception {
        write(first.resolve("set/a.bin"), content);
        List<String> heard = new ArrayList<>();
        Path file = store(home, first.toUri()).fetch(plain, (task, done, total) -> heard.add(done + " of " + total));
        assertEquals(home.resolve("data/set/a.bin"), file);
        assertArrayEquals(content, Files.readAllBytes(file));
        assertEquals("200000 of 200000", heard.get(heard.size() - 1));
        assertEquals(List.of("data/set/a.bin", "digests/data/set/a.bin.sha256"), filesBelow(home));
        assertEquals(file, store(home).fetch(plain, ProgressListener.NONE));
        assertEquals(Optional.of(file), store(home).cached(plain));
    }

    @Test
    void digestFileIsThatOfSha256sum() throws Exception {
        write(first.resolve("set/a.bin"), content);
        store(home, first.toUri()).fetch(plain, ProgressListener.NONE);
        assertEquals(
                Sha256.of(content) + "  data/set/a.bin\n",
                Files.readString(home.resolve("digests/data/set/a.bin.sha256")));
    }

    @Test
    void compressedFileIsDecompressedWhateverItsCompression() throws Exception {
        write(first.resolve("set/b.bin.gz"), gzip(content));
        Path file = store(home, first.toUri()).fetch(zipped, ProgressListener.NONE);
        assertEquals(home.resolve("data/set/b.bin"), file);
        assertArrayEquals(content, Files.readAllBytes(file));
    }

    @Test
    void mirrorsAreTriedInOrderThenTheSources() throws Exception {
        Path source = folder.resolve("source.bin");
        write(source, content);
        write(first.resolve("set/a.bin"), bytes(200_000, 2)); // another file of the same size
        Resource resource = resource("set/a.bin", content, Encoding.IDENTITY, source.toUri());
        Path file = store(home, first.toUri(), second.toUri()).fetch(resource, ProgressListener.NONE);
        assertArrayEquals(content, Files.readAllBytes(file));
    }

    @Test
    void wrongDigestIsAnIntegrityFailureThatNamesEveryPlaceAndKeepsNothing() throws Exception {
        write(first.resolve("set/a.bin"), bytes(200_000, 2));
        write(second.resolve("set/a.bin"), bytes(3, 2));
        Path missing = folder.resolve("missing.bin");
        Resource resource = resource("set/a.bin", content, Encoding.IDENTITY, missing.toUri());
        JZooException e = assertThrows(JZooException.class, () -> store(home, first.toUri(), second.toUri())
                .fetch(resource, ProgressListener.NONE));
        assertEquals(JZooException.Code.INTEGRITY, e.code());
        assertTrue(e.getMessage().contains("expected " + Sha256.of(content)), e.getMessage());
        assertTrue(e.getMessage().contains("has 3 bytes, expected 200000"), e.getMessage());
        assertTrue(e.getMessage().contains(missing + ": no such file"), e.getMessage());
        assertEquals(List.of(), filesBelow(home));
    }

    @Test
    void nothingReachableIsANetworkFailure() {
        JZooException e = assertThrows(
                JZooException.class, () -> store(home, first.toUri()).fetch(plain, ProgressListener.NONE));
        assertEquals(JZooException.Code.NETWORK, e.code());
        assertTrue(e.hint().contains("JZOO_MIRROR"), e.hint());
        JZooException nowhere =
                assertThrows(JZooException.class, () -> store(home).fetch(plain, ProgressListener.NONE));
        assertTrue(nowhere.getMessage().contains("no mirror is set"), nowhere.getMessage());
    }

    @Test
    void decompressionBombIsStoppedAtTheExpectedSize() throws Exception {
        write(first.resolve("set/b.bin.gz"), gzip(new byte[50_000_000]));
        JZooException e = assertThrows(
                JZooException.class, () -> store(home, first.toUri()).fetch(zipped, ProgressListener.NONE));
        assertEquals(JZooException.Code.INTEGRITY, e.code());
        assertTrue(e.getMessage().contains("more than the expected 200000 bytes"), e.getMessage());
        assertEquals(List.of(), filesBelow(home));
    }

    @Test
    void truncatedGzipAndTextInPlaceOfGzipAreIntegrityFailures() throws Exception {
        write(first.resolve("set/b.bin.gz"), Arrays.copyOf(gzip(content), 1000));
        write(second.resolve("set/b.bin.gz"), "<!DOCTYPE html><title>Log in</title>".getBytes());
        JZooException e = assertThrows(JZooException.class, () -> store(home, first.toUri(), second.toUri())
                .fetch(zipped, ProgressListener.NONE));
        assertEquals(JZooException.Code.INTEGRITY, e.code());
        assertTrue(e.getMessage().contains("is not an intact gzip file"), e.getMessage());
        assertTrue(e.getMessage().contains("HTML page"), e.getMessage());
    }

    @Test
    void gitLfsPointerIsRecognised() throws Exception {
        write(first.resolve("set/a.bin"), "version https://git-lfs.github.com/spec/v1\noid sha256:0\n".getBytes());
        JZooException e = assertThrows(
                JZooException.class, () -> store(home, first.toUri()).fetch(plain, ProgressListener.NONE));
        assertTrue(e.getMessage().contains("git lfs pull"), e.getMessage());
    }

    @Test
    void damagedFileInTheCacheIsFoundByVerifyAndReplacedByFetch() throws Exception {
        write(first.resolve("set/a.bin"), content);
        Store store = store(home, first.toUri());
        Path file = store.fetch(plain, ProgressListener.NONE);
        assertTrue(store.verify(ProgressListener.NONE).get(0).ok());
        byte[] damaged = content.clone();
        damaged[100_000] ^= 1;
        Files.write(file, damaged);
        CacheCheck check = store.verify(ProgressListener.NONE).get(0);
        assertFalse(check.ok());
        assertEquals("data/set/a.bin", check.file().path());
        assertEquals(Optional.empty(), store.cached(plain));
        assertArrayEquals(content, Files.readAllBytes(store.fetch(plain, ProgressListener.NONE)));
    }

    @Test
    void listNamesWhatWasFetchedAndClearDeletesItAndNothingElse() throws Exception {
        write(first.resolve("set/a.bin"), content);
        write(first.resolve("set/b.bin.gz"), gzip(content));
        Store store = store(home, first.toUri());
        assertEquals(List.of(), store.list());
        store.fetch(plain, ProgressListener.NONE);
        store.fetch(zipped, ProgressListener.NONE);
        write(home.resolve("data/set/mine.txt"), new byte[1]);
        assertEquals(
                List.of("data/set/a.bin", "data/set/b.bin"),
                store.list().stream().map(CachedFile::path).toList());
        assertEquals(200_000, store.list().get(0).bytes());
        assertEquals(400_000, store.clear());
        assertEquals(List.of(), store.list());
        assertEquals(List.of("data/set/mine.txt"), filesBelow(home));
    }

    @Test
    void offlineUsesFoldersAndNotTheNetwork() throws Exception {
        Settings offline = new Settings(home, List.of(first.toUri(), URI.create("http://127.0.0.1:9/")), true);
        JZooException e =
                assertThrows(JZooException.class, () -> Store.open(offline).fetch(plain, ProgressListener.NONE));
        assertEquals(JZooException.Code.NETWORK, e.code());
        assertTrue(e.hint().contains("JZOO_OFFLINE"), e.hint());
        assertTrue(e.getMessage().contains("not tried while offline"), e.getMessage());
        write(first.resolve("set/a.bin"), content);
        assertArrayEquals(content, Files.readAllBytes(Store.open(offline).fetch(plain, ProgressListener.NONE)));
    }

    @Test
    void fileInThePlaceOfTheHomeIsAClearFailure() throws Exception {
        write(first.resolve("set/a.bin"), content);
        Files.write(home, new byte[1]);
        JZooException e = assertThrows(
                JZooException.class, () -> store(home, first.toUri()).fetch(plain, ProgressListener.NONE));
        assertEquals(JZooException.Code.FAILED, e.code());
        assertTrue(e.hint().contains("JZOO_HOME"), e.hint());
        assertTrue(e.getMessage().contains("could not be written"), e.getMessage());
    }

    @Test
    void folderInThePlaceOfTheFileLeavesNothingHalfWritten() throws Exception {
        write(first.resolve("set/a.bin"), content);
        write(home.resolve("data/set/a.bin/mine.txt"), new byte[1]);
        JZooException e = assertThrows(
                JZooException.class, () -> store(home, first.toUri()).fetch(plain, ProgressListener.NONE));
        assertEquals(JZooException.Code.FAILED, e.code());
        assertEquals(
                List.of("data/set/a.bin/mine.txt"),
                filesBelow(home).stream().filter(f -> !f.startsWith("digests")).toList());
    }

    @Test
    void cacheThatCannotBeWrittenStillGivesWhatItHas() throws Exception {
        write(first.resolve("set/a.bin"), content);
        store(home, first.toUri()).fetch(plain, ProgressListener.NONE);
        Files.walk(home.resolve("locks")).filter(Files::isRegularFile).forEach(lock -> lock.toFile()
                .delete());
        Files.delete(home.resolve("locks"));
        Files.write(home.resolve("locks"), new byte[0]); // locking fails, as in a read-only image
        assertArrayEquals(content, Files.readAllBytes(store(home).fetch(plain, ProgressListener.NONE)));
    }

    @Test
    void threadsThatFetchTheSameFileAtOnceAllGetIt() throws Exception {
        write(first.resolve("set/b.bin.gz"), gzip(content));
        int count = 8;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<Path>> files = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                files.add(threads.submit(() -> {
                    start.await();
                    return store(home, first.toUri()).fetch(zipped, ProgressListener.NONE);
                }));
            }
            start.countDown();
            for (Future<Path> file : files) {
                assertArrayEquals(content, Files.readAllBytes(file.get()));
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
