package dev.jzoo.zoo.hub;

import static dev.jzoo.zoo.Fixtures.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.FileServer;
import dev.jzoo.zoo.Fixtures;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.SplitModels;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.Zoo;
import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.Json;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.publishing.Publisher;
import dev.jzoo.zoo.settings.Hubs;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources with the same file names. None replaces the files of another, and a mirror never has the last word. */
class SourcesApartTest {

    private static final String COMMIT = "1234567890abcdef1234567890abcdef12345678";
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9/");

    @TempDir
    Path folder;

    private FileServer server;
    private final byte[] first = bytes(3_000, 1);
    private final byte[] second = bytes(3_000, 2);

    @BeforeEach
    void start() throws IOException {
        server = new FileServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Path home() {
        return folder.resolve("home");
    }

    private Settings settings(List<URI> mirrors, URI hub, boolean offline) {
        return new Settings(home(), mirrors, offline)
                .withHubs(new Hubs(List.of(hub), hub, "", folder.resolve("hf"), List.of(hub)));
    }

    private static Zoo zoo(Settings settings) {
        return new Zoo(Store.open(settings, Fixtures.QUICK));
    }

    private Path fetch(URI hub, String reference) throws IOException {
        return zoo(settings(List.of(), hub, false))
                .fetch(reference, ProgressListener.NONE)
                .model();
    }

    private static void assertHas(byte[] expected, Path file) throws IOException {
        assertArrayEquals(expected, Files.readAllBytes(file));
    }

    // ---- each source has its own folder

    @Test
    void twoManifestsOfTheOnnxHubWithOnePath() throws Exception {
        try (FileServer other = new FileServer()) {
            onnxHub(server, first);
            onnxHub(other, second);
            Path one = fetch(server.uri(), "onnx:net");
            Path two = fetch(other.uri(), "onnx:net");
            assertHas(first, one);
            assertHas(second, two);
            server.requests.clear();
            assertEquals(one, fetch(server.uri(), "onnx:net"));
            assertEquals(1, server.requests.size(), "the manifest alone");
        }
    }

    @Test
    void twoDigestsOfOneAddress() throws Exception {
        String address = server.uri() + "net.onnx";
        server.files.put("/net.onnx", first);
        Path one = fetch(NOWHERE, address + "#sha256=" + Sha256.of(first));
        server.files.put("/net.onnx", second);
        Path two = fetch(NOWHERE, address + "#sha256=" + Sha256.of(second));
        assertHas(first, one);
        assertHas(second, two);
        server.files.clear();
        assertEquals(one, fetch(NOWHERE, address + "#sha256=" + Sha256.of(first)));
    }

    @Test
    void twoHubsThatSayThatTheyAreHuggingFace() throws Exception {
        try (FileServer other = new FileServer()) {
            repository(server, first);
            repository(other, second);
            Path one = fetch(server.uri(), "hf:o/n");
            Path two = fetch(other.uri(), "hf:o/n");
            assertHas(first, one);
            assertHas(second, two);
        }
    }

    @Test
    void twoJarsWithOneModel() throws Exception {
        for (String artifact : List.of("a", "b")) {
            Path packing = folder.resolve("packing-" + artifact);
            publish(packing, artifact.equals("a") ? first : second);
            zoo(new Settings(folder.resolve("home-" + artifact), List.of(packing.toUri()), true))
                    .pack(
                            List.of("net"),
                            new ModelReference.InMaven("g", artifact, "1", ""),
                            folder.resolve("repository"),
                            ProgressListener.NONE);
        }
        URI repository = folder.resolve("repository").toUri();
        Path one = fetch(repository, "mvn:g:a:1");
        Path two = fetch(repository, "mvn:g:b:1");
        assertHas(first, one);
        assertHas(second, two);
        assertEquals(List.of(), zoo(settings(List.of(), NOWHERE, true)).list(), "a jar of others is not the catalogue");
    }

    @Test
    void aVersionThatWasPulledDoesNotChangeWithTheMirror() throws Exception {
        publish(folder.resolve("mirror"), first);
        publish(folder.resolve("other"), second);
        List<URI> mirror = List.of(folder.resolve("mirror").toUri());
        List<URI> other = List.of(folder.resolve("other").toUri());
        Path one = pull(mirror);
        assertEquals(one, pull(other));
        assertEquals(
                Sha256.of(first),
                zoo(settings(other, NOWHERE, true)).show("net").sha256());
        Store.open(settings(other, NOWHERE, true)).clear();
        assertHas(second, pull(other));
    }

    private Path pull(List<URI> mirrors) throws IOException {
        return zoo(settings(mirrors, NOWHERE, true))
                .pull("net", ProgressListener.NONE)
                .model();
    }

    // ---- a mirror serves bytes; its records count only if no other source has decided

    @Test
    void aMirrorDoesNotDecideWhatABranchIs() throws Exception {
        repository(server, first);
        Settings settings =
                settings(List.of(mirror("hf:o/n", "hubs/hf/o/n/" + COMMIT + "/model.onnx")), server.uri(), false);
        assertHas(first, zoo(settings).fetch("hf:o/n", ProgressListener.NONE).model());
    }

    @Test
    void aMirrorDoesNotDecideWhatACommitHas() throws Exception {
        repository(server, first);
        String reference = "hf:o/n@" + COMMIT;
        server.files.put("/api/models/o/n/revision/" + COMMIT, server.files.get("/api/models/o/n/revision/main"));
        Settings settings =
                settings(List.of(mirror(reference, "hubs/hf/o/n/" + COMMIT + "/model.onnx")), server.uri(), false);
        assertHas(first, zoo(settings).fetch(reference, ProgressListener.NONE).model());
    }

    @Test
    void aMirrorDoesNotDecideWhatTheOnnxHubLists() throws Exception {
        onnxHub(server, first);
        Settings settings = settings(List.of(mirror("onnx:net", "hubs/onnx/path/net.onnx")), server.uri(), false);
        assertHas(first, zoo(settings).fetch("onnx:net", ProgressListener.NONE).model());
    }

    @Test
    void aMirrorDoesNotDecideWhatAnAddressWithADigestIs() throws Exception {
        server.files.put("/net.onnx", first);
        String address = server.uri() + "net.onnx#sha256=" + Sha256.of(first);
        ModelReference reference = ModelReference.parse(address);
        String path = new WebFile((ModelReference.OnWeb) reference, false)
                .resolve()
                .model()
                .path();
        Settings settings = settings(List.of(mirror(address, path)), NOWHERE, false);
        assertHas(first, zoo(settings).fetch(address, ProgressListener.NONE).model());
    }

    @Test
    void aMirrorDoesNotReplaceWhatAReferenceMeantBefore() throws Exception {
        repository(server, first);
        Path before = fetch(server.uri(), "hf:o/n");
        Settings settings =
                settings(List.of(mirror("hf:o/n", "hubs/hf/o/n/" + COMMIT + "/model.onnx")), NOWHERE, false);
        assertEquals(
                before, zoo(settings).fetch("hf:o/n", ProgressListener.NONE).model());
    }

    @Test
    void aMirrorAnswersWhereThePublisherCannotBeAsked() throws Exception {
        Settings settings =
                settings(List.of(mirror("hf:o/n", "hubs/hf/o/n/" + COMMIT + "/model.onnx")), NOWHERE, false);
        assertHas(second, zoo(settings).fetch("hf:o/n", ProgressListener.NONE).model());
    }

    @Test
    void aNoteThatWasPlantedForAnotherDigestIsNotBelieved() throws Exception {
        server.files.put("/net.onnx", first);
        String address = server.uri() + "net.onnx#sha256=" + Sha256.of(first);
        ModelReference reference = ModelReference.parse(address);
        String path = new WebFile((ModelReference.OnWeb) reference, false)
                .resolve()
                .model()
                .path();
        note(home(), address, path, second);
        assertHas(first, fetch(NOWHERE, address));
    }

    // ---- version 0.1.0

    @Test
    void whatVersion010FetchedIsUsedWhereItIs() throws Exception {
        String path = "hubs/hf/o/n/" + COMMIT + "/model.onnx";
        note(home(), "hf:o/n", path, first);
        Fixtures.write(home().resolve(path), first);
        Fixtures.write(
                home().resolve("digests/" + path + ".sha256"), (Sha256.of(first) + "  " + path + "\n").getBytes());
        Zoo offline = zoo(settings(List.of(), NOWHERE, true));
        assertEquals(
                home().resolve(path),
                offline.fetch("hf:o/n", ProgressListener.NONE).model());
        Store store = Store.open(settings(List.of(), NOWHERE, true));
        assertEquals(0, store.collectGarbage());
        assertEquals("hf:o/n", store.names().get(path));
        assertEquals(
                home().resolve(path),
                offline.fetch("hf:o/n", ProgressListener.NONE).model());
        repository(server, first);
        assertEquals(home().resolve(path), fetch(server.uri(), "hf:o/n"));
    }

    @Test
    void whatIsDamagedOfVersion010IsFetchedAgain() throws Exception {
        repository(server, first);
        String path = "hubs/hf/o/n/" + COMMIT + "/model.onnx";
        note(home(), "hf:o/n", path, first);
        Fixtures.write(home().resolve(path), second);
        Path fetched = fetch(server.uri(), "hf:o/n");
        assertNotEquals(home().resolve(path), fetched);
        assertHas(first, fetched);
    }

    @Test
    void aFolderOfFilesThatAreNotBesideTheModelIsNoModel() {
        Manifest.FileDigest model = new Manifest.FileDigest("hubs/a/model.onnx", 1, Sha256.of(first));
        Manifest.FileDigest beside = new Manifest.FileDigest("hubs/b/weights", 1, Sha256.of(first));
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> new PinnedReferences.PinnedFiles("x", model.path(), List.of(model, beside)));
        assertTrue(e.getMessage().contains("is not in the folder of"), e.getMessage());
    }

    // ---- weights

    @Test
    void weightsWithoutADigestAreTakenFromAnAddressThatIsTrustedAlone() throws Exception {
        byte[] model = SplitModels.withWeightsIn("parts/w 1.bin");
        server.files.put("/d/net.onnx", model);
        server.files.put("/d/parts/w%201.bin", second);
        String address = server.uri() + "d/net.onnx";
        JZooException e =
                assertThrows(JZooException.class, () -> fetch(NOWHERE, address + "#sha256=" + Sha256.of(model)));
        assertEquals(JZooException.Code.INTEGRITY, e.code());
        assertTrue(e.getMessage().contains("'parts/w 1.bin'") && e.hint().contains("--trust"), e.getMessage());
        server.answers.put("/d/parts/w 1.bin", exchange -> {
            exchange.sendResponseHeaders(200, second.length);
            exchange.getResponseBody().write(second);
        });
        Path fetched = zoo(settings(List.of(), NOWHERE, false))
                .fetch(ModelReference.parse(address), Zoo.Trust.FIRST, ProgressListener.NONE)
                .model();
        assertHas(second, fetched.resolveSibling("parts/w 1.bin"));
    }

    @Test
    void weightsThatLeaveTheFolderOrAreNotThereAreRefused() throws Exception {
        for (String name : List.of("../../secret", "/etc/passwd", "a/../../b", "c:\\x", "missing.bin")) {
            repository(server, SplitModels.withWeightsIn(name));
            Exception e = assertThrows(Exception.class, () -> fetch(server.uri(), "hf:o/n"), name);
            assertTrue(
                    e instanceof DataFormatException
                            || e instanceof JZooException failure && failure.code() == JZooException.Code.NOT_FOUND,
                    e.toString());
        }
        assertFalse(Files.exists(home().resolve("hubs")));
    }

    // ---- fixtures

    private static void onnxHub(FileServer server, byte[] model) {
        Manifest.Entry entry = new Manifest.Entry(
                "net",
                "1.2",
                12,
                new Manifest.FileDigest("path/net.onnx", model.length, Sha256.of(model)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
        server.files.put(
                "/" + Manifest.FILE_NAME, new Manifest(List.of(entry)).text().getBytes());
        server.files.put("/path/net.onnx", model);
    }

    private static void repository(FileServer server, byte[] model) {
        server.files.put("/o/n/resolve/" + COMMIT + "/model.onnx", model);
        server.files.put(
                "/api/models/o/n/revision/main",
                ("{\"sha\": \"" + COMMIT + "\", \"siblings\": [{\"rfilename\": \"model.onnx\", \"lfs\": {\"sha256\": \""
                                + Sha256.of(model) + "\", \"size\": " + model.length + "}}]}")
                        .getBytes());
    }

    /** Returns a mirror with another model under a reference. */
    private URI mirror(String reference, String path) throws IOException {
        Path mirror = folder.resolve("mirror-of-notes");
        note(mirror, reference, path, second);
        Fixtures.write(mirror.resolve(path), second);
        return mirror.toUri();
    }

    private static void note(Path place, String reference, String path, byte[] model) throws IOException {
        PinnedReferences.PinnedFiles meaning = new PinnedReferences.PinnedFiles(
                reference, path, List.of(new Manifest.FileDigest(path, model.length, Sha256.of(model))));
        Fixtures.write(
                place.resolve(PinnedReferences.path(ModelReference.parse(reference))),
                Json.pretty(meaning).getBytes());
    }

    private void publish(Path place, byte[] model) throws IOException {
        Path run = Fixtures.modelFolder(folder.resolve("run-" + place.getFileName()), "net", "1.0.0", model);
        Publisher.into(place.resolve("models")).publish(run, Fixtures.contents());
    }
}
