package dev.jzoo.zoo;

import static dev.jzoo.zoo.Fixtures.filesBelow;
import static dev.jzoo.zoo.Fixtures.resource;
import static dev.jzoo.zoo.Fixtures.store;
import static dev.jzoo.zoo.Fixtures.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.download.Encoding;
import dev.jzoo.zoo.download.Resource;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives of a mirror, unpacked into folders of the cache. */
class UnpackTest {

    @TempDir
    Path folder;

    @Test
    void anArchiveIsAFolderInTheHome() throws Exception {
        Path unpacked = unpack("pets/", "pets/cat/1.jpg=meow", "pets/dog/a b(c).jpg=woof");
        assertEquals(folder.resolve("home/unpacked/set/pets"), unpacked);
        assertEquals(List.of("pets/cat/1.jpg", "pets/dog/a b(c).jpg"), filesBelow(unpacked));
        assertEquals("woof", Files.readString(unpacked.resolve("pets/dog/a b(c).jpg")));
        assertEquals(List.of(), filesBelow(folder.resolve("home/partial")));
    }

    @Test
    void whatIsThereAndAgreesIsLeftAlone() throws Exception {
        Path file = unpack("cat/1.jpg=meow").resolve("cat/1.jpg");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
        unpack("cat/1.jpg=meow");
        assertEquals(1_000_000, Files.getLastModifiedTime(file).toMillis());
    }

    @Test
    void whatWasChangedAddedOrDeletedIsPutRight() throws Exception {
        String[] pets = {"cat/1.jpg=meow", "cat/2.jpg=purr"};
        Path unpacked = unpack(pets);
        Path cat = unpacked.resolve("cat/1.jpg");
        Files.writeString(cat, "woof"); // the same number of bytes
        unpack(pets);
        assertEquals("meow", Files.readString(cat));
        Files.delete(cat);
        unpack(pets);
        assertEquals("meow", Files.readString(cat));
        Files.createSymbolicLink(unpacked.resolve("cat/3.jpg"), Path.of("1.jpg"));
        unpack(pets);
        assertEquals(List.of("cat/1.jpg", "cat/2.jpg"), filesBelow(unpacked));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.txt",
                "cat/../../evil.txt",
                "/evil.txt",
                "cat//evil.txt",
                "./evil.txt",
                "C:/evil.txt",
                "cat\\..\\..\\evil.txt",
                "../"
            })
    void aNameThatCouldLeaveTheFolderIsRefusedAndNothingUnpacked(String name) throws Exception {
        DataFormatException refusal =
                assertThrows(DataFormatException.class, () -> unpack("cat/1.jpg=meow", name + "=evil"));
        assertTrue(refusal.getMessage().contains("pets.zip: entry '" + name + "': "), refusal.getMessage());
        assertFalse(Files.exists(folder.resolve("home/unpacked/set")));
        try (var tree = Files.walk(folder)) {
            assertTrue(tree.noneMatch(path -> path.getFileName().toString().contains("evil")));
        }
    }

    @Test
    void namesThatAreOneFileSomewhereAreRefused() {
        assertThrows(DataFormatException.class, () -> unpack("cat/1.jpg=meow", "Cat/1.JPG=woof"));
    }

    @Test
    void whatIsNoArchiveIsRefused() throws Exception {
        byte[] text = "no archive".getBytes(StandardCharsets.UTF_8);
        write(folder.resolve("mirror/set/pets.zip"), text);
        Resource resource = resource("set/pets.zip", text, Encoding.IDENTITY);
        assertThrows(DataFormatException.class, () -> store(
                        folder.resolve("home"), folder.resolve("mirror").toUri())
                .unpack(resource, ProgressListener.NONE));
    }

    /** A header may state a wrong length. */
    @Test
    void anEntryThatIsLongerThanItSaysIsRefused() throws Exception {
        byte[] zip = zip("cat/1.jpg=" + "a".repeat(100_000));
        byte[] size = {(byte) 0xA0, (byte) 0x86, 1, 0};
        for (int i = 0; i < zip.length - 4; i++) {
            if (Arrays.equals(zip, i, i + 4, size, 0, 4)) {
                zip[i + 2] = 0; // 34,464
            }
        }
        assertThrows(IOException.class, () -> unpack(zip));
        assertFalse(Files.exists(folder.resolve("home/unpacked/set/pets")));
    }

    @Test
    void threadsThatUnpackAtOnceGetTheSameWholeFolder() throws Exception {
        String[] pets = new String[200];
        for (int i = 0; i < pets.length; i++) {
            pets[i] = "cat/" + i + ".jpg=" + "meow ".repeat(1000 + i);
        }
        byte[] zip = zip(pets);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            write(folder.resolve("mirror/set/pets.zip"), zip);
            Callable<Integer> unpacking = () -> filesBelow(fetched(zip)).size();
            for (Future<Integer> files : threads.invokeAll(List.of(unpacking, unpacking, unpacking, unpacking))) {
                assertEquals(200, files.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void clearingTheCacheTakesWhatWasUnpacked() throws Exception {
        byte[] zip = zip("cat/1.jpg=meow");
        Path unpacked = unpack(zip);
        assertEquals(zip.length + 4, store(folder.resolve("home")).clear());
        assertFalse(Files.exists(unpacked));
    }

    private Path unpack(String... entries) throws IOException {
        return unpack(zip(entries));
    }

    private Path unpack(byte[] zip) throws IOException {
        write(folder.resolve("mirror/set/pets.zip"), zip);
        return fetched(zip);
    }

    private Path fetched(byte[] zip) throws IOException {
        return store(folder.resolve("home"), folder.resolve("mirror").toUri())
                .unpack(resource("set/pets.zip", zip, Encoding.IDENTITY), ProgressListener.NONE);
    }

    /** Returns an archive of entries such as "cat/1.jpg=meow". An entry that ends in a slash is a folder. */
    private static byte[] zip(String... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String entry : entries) {
                String[] parts = entry.split("=", 2);
                zip.putNextEntry(new ZipEntry(parts[0]));
                if (parts.length > 1 && !parts[0].endsWith("/")) {
                    zip.write(parts[1].getBytes(StandardCharsets.UTF_8));
                }
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
