package dev.jzoo.zoo.hub;

import static dev.jzoo.zoo.Fixtures.filesBelow;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.FetchedModel;
import dev.jzoo.zoo.FileServer;
import dev.jzoo.zoo.Fixtures;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.Zoo;
import dev.jzoo.zoo.catalogue.PublishedModel;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.settings.Hubs;
import dev.jzoo.zoo.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mirrors, jars and repositories that once fooled this library. */
class HubCasesTest {

    private static final Path CASES = Path.of("src/test/resources/cases/hub");
    private static final String COMMIT = "1234567890abcdef1234567890abcdef12345678";

    @TempDir
    Path folder;

    private Settings settings(List<URI> mirrors, URI huggingFace, List<URI> maven, boolean offline) {
        return new Settings(folder.resolve("home"), mirrors, offline)
                .withHubs(new Hubs(List.of(), huggingFace, "", folder.resolve("hf"), maven));
    }

    private static Zoo zoo(Settings settings) {
        return Zoo.of(Store.open(settings, Fixtures.QUICK));
    }

    @Test
    void aMirrorDoesNotReplaceTheFileWhoseDigestTheUserWrote() {
        Settings settings = settings(
                List.of(CASES.resolve("mirror_overrides_digest").toUri()),
                URI.create("http://127.0.0.1:9/"),
                List.of(),
                true);
        JZooException e = assertThrows(JZooException.class, () -> zoo(settings)
                .fetch(
                        "http://127.0.0.1:8801/w/ok/m/model.onnx"
                                + "#sha256=9c6524b34e06de29e1b730754ce94409355c01f455a672bf4960702406103ac6",
                        ProgressListener.NONE));
        assertEquals(JZooException.Code.INTEGRITY, e.code());
        assertTrue(
                e.getMessage().contains("expected 9c6524b34e06de29e1b730754ce94409355c01f455a672bf4960702406103ac6"),
                e.getMessage());
    }

    @Test
    void theIndexOfAJarLeadsNowhere() throws Exception {
        Path original = CASES.resolve("jar_index/g/a/1/a-1.jar");
        try (FileServer server = new FileServer()) {
            for (String lure : List.of("INDEX.LIST", "MANIFEST.MF")) {
                Path repository = folder.resolve(lure);
                Fixtures.write(
                        repository.resolve("g/a/1/a-1.jar"),
                        jar(lure, server.uri().resolve("lure.jar")));
                JZooException e = assertThrows(JZooException.class, () -> zoo(settings(
                                List.of(), server.uri(), List.of(repository.toUri()), false))
                        .fetch("mvn:g:a:1", ProgressListener.NONE));
                assertEquals(JZooException.Code.NOT_FOUND, e.code());
                assertTrue(e.getMessage().startsWith("mvn:g:a:1 has no models"), e.getMessage());
            }
            Fixtures.write(folder.resolve("as-found/g/a/1/a-1.jar"), Files.readAllBytes(original));
            assertThrows(JZooException.class, () -> zoo(settings(
                            List.of(),
                            server.uri(),
                            List.of(folder.resolve("as-found").toUri()),
                            false))
                    .fetch("mvn:g:a:1", ProgressListener.NONE));
            assertEquals(List.of(), server.requests);
        }
    }

    /** Returns a jar without models that names another jar. */
    private static byte[] jar(String lure, URI other) throws IOException {
        String text = lure.equals("INDEX.LIST")
                ? "JarIndex-Version: 1.0\n\na-1.jar\n\n" + other + "\nMETA-INF/jzoo\nMETA-INF\n\n"
                : "Manifest-Version: 1.0\r\nClass-Path: " + other + "\r\n\r\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("META-INF/" + lure));
            zip.write(text.getBytes());
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    @Test
    void aModelInAJarDoesNotTakeThePlaceOfTheZoosModelOfThatName() throws Exception {
        Settings settings = settings(
                List.of(),
                URI.create("http://127.0.0.1:9/"),
                List.of(CASES.resolve("mvn_impostor").toUri()),
                true);
        PublishedModel own = zoo(settings).pull("mnist-logistic", ProgressListener.NONE);
        byte[] bytes = Files.readAllBytes(own.model());
        FetchedModel impostor = zoo(settings).fetch("mvn:g:a:1", ProgressListener.NONE);
        assertEquals("mnist-logistic", impostor.published().orElseThrow().id());
        assertNotEquals(own.sha256(), impostor.sha256());
        assertNotEquals(own.model(), impostor.model());
        assertArrayEquals(bytes, Files.readAllBytes(own.model()));
        assertEquals(own.sha256(), zoo(settings).show("mnist-logistic").sha256());
        assertEquals(own, zoo(settings).pull("mnist-logistic", ProgressListener.NONE));
        Settings bare = new Settings(folder.resolve("home"), List.of(), true);
        Zoo withoutJar = new Zoo(Store.open(bare, Fixtures.QUICK));
        assertEquals(own.sha256(), withoutJar.show("mnist-logistic").sha256());
    }

    @Test
    void weightsAreFetchedUnderTheNamesThatTheModelGives() throws Exception {
        try (FileServer server = new FileServer()) {
            List<String> tensors = List.of("B1", "B2", "B3", "K1", "K2", "W3");
            serve(server, "tensors");
            FetchedModel model = zoo(settings(List.of(), server.uri(), List.of(), false))
                    .fetch("hf:x/tensors", ProgressListener.NONE);
            for (String tensor : tensors) {
                assertArrayEquals(
                        Files.readAllBytes(CASES.resolve("tensors").resolve(tensor)),
                        Files.readAllBytes(model.model().resolveSibling(tensor)));
            }
            serve(server, "renamed");
            FetchedModel renamed = zoo(settings(List.of(), server.uri(), List.of(), false))
                    .fetch("hf:x/renamed", ProgressListener.NONE);
            assertArrayEquals(
                    Files.readAllBytes(CASES.resolve("renamed/onnx/decoder_model.onnx_data")),
                    Files.readAllBytes(renamed.model().resolveSibling("decoder_model.onnx_data")));
            server.requests.clear();
            assertEquals(
                    model.model(),
                    zoo(settings(List.of(), server.uri(), List.of(), true))
                            .fetch("hf:x/tensors", ProgressListener.NONE)
                            .model());
            assertEquals(List.of(), server.requests);
        }
    }

    /** Serves a repository in Git LFS as Hugging Face does. */
    private static void serve(FileServer server, String name) throws IOException {
        Path repository = CASES.resolve(name);
        List<String> files = new ArrayList<>();
        for (String file : filesBelow(repository)) {
            byte[] bytes = Files.readAllBytes(repository.resolve(file));
            files.add("{\"rfilename\": \"" + file + "\", \"lfs\": {\"sha256\": \"" + Sha256.of(bytes) + "\", \"size\": "
                    + bytes.length + "}}");
            server.files.put("/x/" + name + "/resolve/" + COMMIT + "/" + file, bytes);
        }
        server.files.put(
                "/api/models/x/" + name + "/revision/main",
                ("{\"sha\": \"" + COMMIT + "\", \"siblings\": " + files + "}").getBytes());
    }
}
