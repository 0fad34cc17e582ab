package dev.jzoo.zoo.publishing;

import static dev.jzoo.zoo.Fixtures.bytes;
import static dev.jzoo.zoo.Fixtures.contents;
import static dev.jzoo.zoo.Fixtures.filesBelow;
import static dev.jzoo.zoo.Fixtures.modelFolder;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.Fixtures;
import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.catalogue.PublishedModel;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.Sha256;
import java.io.DataInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublisherTest {

    private static final List<String> FILES = List.of(
            "README.md",
            "metrics.json",
            "model.onnx",
            "recipe.json",
            "test_data_set_0/input_0.pb",
            "test_data_set_0/output_0.pb",
            "test_data_set_1/input_0.pb",
            "test_data_set_1/output_0.pb",
            "test_data_set_2/input_0.pb",
            "test_data_set_2/output_0.pb");

    @TempDir
    Path folder;

    private Path models;
    private Path run;

    @BeforeEach
    void model() throws Exception {
        models = folder.resolve("models");
        run = modelFolder(folder.resolve("run"), "digits", "1.0.0", bytes(1000, 1));
    }

    @Test
    void modelIsPublishedWithAllItsFilesAndListed() throws Exception {
        PublishedModel model = Publisher.into(models).publish(run, contents());
        assertEquals(models.resolve("digits/1.0.0/model.onnx").toAbsolutePath(), model.model());
        for (String file : FILES) {
            assertArrayEquals(
                    Files.readAllBytes(run.resolve(file)),
                    Files.readAllBytes(model.folder().resolve(file)),
                    file);
        }
        Manifest.Entry entry = Manifest.read(models.resolve("ONNX_HUB_MANIFEST.json"))
                .entries()
                .get(0);
        assertEquals("digits", entry.model());
        assertEquals("digits/1.0.0/model.onnx", entry.file().path());
        assertEquals(Sha256.of(bytes(1000, 1)), entry.file().sha256());
        assertEquals(17, entry.opset());
        assertEquals(contents().inputs(), entry.inputs());
        assertEquals(model.card(), entry.published().orElseThrow().card());
        assertEquals(
                FILES.stream().map(file -> "digits/1.0.0/" + file).toList(),
                entry.published().orElseThrow().files().stream()
                        .map(Manifest.FileDigest::path)
                        .toList());
    }

    @Test
    void archiveHasTheWholeFolderInOneFolder() throws Exception {
        PublishedModel model = Publisher.into(models).publish(run, contents());
        Path archive = model.folder().resolve("digits-1.0.0.tar.gz");
        Map<String, byte[]> inside = untar(archive);
        assertEquals(FILES.stream().map(file -> "digits-1.0.0/" + file).toList(), List.copyOf(inside.keySet()));
        assertArrayEquals(bytes(1000, 1), inside.get("digits-1.0.0/model.onnx"));
        Manifest.FileDigest listed = Manifest.read(models.resolve("ONNX_HUB_MANIFEST.json"))
                .entries()
                .get(0)
                .archive()
                .orElseThrow();
        assertEquals(Sha256.of(archive), listed.sha256());
        assertEquals(Files.size(archive), listed.bytes());
    }

    @Test
    void samePublicationAgainChangesNothing() throws Exception {
        Publisher.into(models).publish(run, contents());
        String manifest = Files.readString(models.resolve("ONNX_HUB_MANIFEST.json"));
        List<String> files = filesBelow(models);
        Publisher.into(models).publish(run, contents());
        assertEquals(manifest, Files.readString(models.resolve("ONNX_HUB_MANIFEST.json")));
        assertEquals(files, filesBelow(models));
    }

    @Test
    void publishedVersionIsNeverOverwrittenWithOtherBytes() throws Exception {
        PublishedModel model = Publisher.into(models).publish(run, contents());
        Files.write(run.resolve("model.onnx"), bytes(1000, 2));
        JZooException e =
                assertThrows(JZooException.class, () -> Publisher.into(models).publish(run, contents()));
        assertEquals(JZooException.Code.FAILED, e.code());
        assertTrue(e.getMessage().contains("digits/1.0.0/model.onnx"), e.getMessage());
        assertTrue(e.hint().contains("higher version"), e.hint());
        assertArrayEquals(bytes(1000, 1), Files.readAllBytes(model.model()));
        assertFalse(filesBelow(models).stream().anyMatch(file -> file.contains(".staging")));
    }

    @Test
    void publishedFolderThatWasDamagedIsMended() throws Exception {
        PublishedModel model = Publisher.into(models).publish(run, contents());
        Files.write(model.model(), bytes(1000, 3));
        Files.delete(model.folder().resolve("README.md"));
        Publisher.into(models).publish(run, contents());
        assertArrayEquals(bytes(1000, 1), Files.readAllBytes(model.model()));
        assertTrue(Files.exists(model.folder().resolve("README.md")));
    }

    @Test
    void folderThatIsNotReadyIsRefusedWithAllItsFaults() throws Exception {
        Files.delete(run.resolve("metrics.json"));
        Files.delete(run.resolve("test_data_set_0/output_0.pb"));
        Files.createSymbolicLink(run.resolve("link"), Path.of("/etc/passwd"));
        String message = refused();
        assertTrue(message.contains("metrics.json is missing"), message);
        assertTrue(message.contains("test_data_set_0/output_0.pb is missing"), message);
        assertTrue(message.contains("link is a link or not a regular file"), message);
        assertEquals(List.of(), filesBelow(models));
    }

    @Test
    void recipeThatIsNotTheCardsAndModelThatIsAPointerAreRefused() throws Exception {
        Files.writeString(run.resolve("recipe.json"), "{}");
        Files.writeString(run.resolve("model.onnx"), "version https://git-lfs.github.com/spec/v1\n");
        String message = refused();
        assertTrue(message.contains("recipe.json has the SHA-256"), message);
        assertTrue(message.contains("Git LFS pointer"), message);
    }

    @Test
    void fileInThePlaceOfTheFolderIsAClearFailure() throws Exception {
        Files.write(models, new byte[1]);
        JZooException e =
                assertThrows(JZooException.class, () -> Publisher.into(models).publish(run, contents()));
        assertEquals(JZooException.Code.FAILED, e.code());
        assertTrue(e.hint().contains("publish into another"), e.hint());
    }

    /** Publishes versions 1.0.0, 1.0.1, ... of the folders named in its arguments until it is killed. */
    static final class EndlessPublisher {
        public static void main(String[] args) throws Exception {
            System.out.println("ready");
            for (int i = 0; ; i++) {
                Path run = modelFolder(Path.of(args[1], "v" + i), "digits", "1.0." + i, bytes(30_000, i));
                Publisher.into(Path.of(args[0])).publish(run, contents());
            }
        }
    }

    @Test
    void killedPublisherLeavesNoListedModelThatIsNotWhole() throws Exception {
        for (int round = 0; round < 3; round++) {
            Path target = folder.resolve("killed" + round);
            Path runs = folder.resolve("runs" + round);
            Process process = Fixtures.jvm(EndlessPublisher.class, target.toString(), runs.toString());
            assertEquals('r', process.getInputStream().read());
            while (Files.notExists(target.resolve("ONNX_HUB_MANIFEST.json")) && process.isAlive()) {
                Thread.sleep(5);
            }
            Thread.sleep(17 + 131L * round);
            process.destroyForcibly();
            assertTrue(process.waitFor(10, TimeUnit.SECONDS));
            Manifest manifest = Manifest.read(target.resolve("ONNX_HUB_MANIFEST.json"));
            for (Manifest.Entry entry : manifest.entries()) {
                for (Manifest.FileDigest file : entry.published().orElseThrow().files()) {
                    assertEquals(file.sha256(), Sha256.of(target.resolve(file.path())), file.path());
                }
            }
            int next = manifest.entries().size();
            assertTrue(next > 0, "nothing was published in time");
            Path again = modelFolder(folder.resolve("again" + round), "digits", "1.0." + next, bytes(30_000, next));
            Publisher.into(target).publish(again, contents());
            assertFalse(filesBelow(target).stream().anyMatch(file -> file.contains(".staging")));
        }
    }

    private String refused() {
        JZooException e =
                assertThrows(JZooException.class, () -> Publisher.into(models).publish(run, contents()));
        assertEquals(JZooException.Code.BAD_INPUT, e.code());
        return e.getMessage();
    }

    /** Returns the regular files of a tar archive, read according to POSIX. */
    private static Map<String, byte[]> untar(Path archive) throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(archive)))) {
            while (true) {
                byte[] header = in.readNBytes(512);
                String name = new String(header, 0, 100, StandardCharsets.UTF_8).trim();
                if (name.isEmpty()) {
                    assertEquals(512, in.readAllBytes().length);
                    return files;
                }
                int sum = 0;
                for (int i = 0; i < 512; i++) {
                    sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
                }
                assertEquals(sum, Integer.parseInt(new String(header, 148, 6, StandardCharsets.US_ASCII), 8));
                int size = Integer.parseInt(new String(header, 124, 11, StandardCharsets.US_ASCII), 8);
                files.put(name, in.readNBytes(size));
                in.readNBytes((512 - size % 512) % 512);
            }
        }
    }
}
