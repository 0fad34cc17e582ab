package dev.jzoo.zoo.hub;

import static dev.jzoo.zoo.Fixtures.bytes;
import static dev.jzoo.zoo.Fixtures.filesBelow;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.FetchedModel;
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
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that others published. A server on the loopback address stands in for each hub. */
class ModelHubsTest {

    private static final String COMMIT = "1234567890abcdef1234567890abcdef12345678";

    @TempDir
    Path folder;

    private FileServer server;
    private final byte[] model = bytes(20_000, 1);
    private final byte[] weights = bytes(50_000, 2);
    private final byte[] split = SplitModels.withWeightsIn("model.onnx_data");

    @BeforeEach
    void start() throws IOException {
        server = new FileServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    // ---- the ONNX Hub

    @Test
    void modelOfTheOnnxHubIsFetchedByNameAndOpset() throws Exception {
        byte[] older = bytes(100, 3);
        manifest(
                server,
                entry("MNIST", 12, "vision/mnist-12.onnx", model),
                entry("MNIST", 8, "vision/mnist-8.onnx", older));
        server.files.put("/vision/mnist-12.onnx", model);
        server.files.put("/vision/mnist-8.onnx", older);
        FetchedModel newest = fetch("onnx:mnist");
        assertArrayEquals(model, Files.readAllBytes(newest.model()));
        assertEquals(Sha256.of(model), newest.sha256());
        assertEquals(Optional.empty(), newest.published());
        assertArrayEquals(older, Files.readAllBytes(fetch("onnx:MNIST@8").model()));
        JZooException opset = assertThrows(JZooException.class, () -> fetch("onnx:MNIST@9"));
        assertEquals("It lists opset 12, 8.", opset.hint());
        JZooException name = assertThrows(JZooException.class, () -> fetch("onnx:MINST"));
        assertEquals(JZooException.Code.NOT_FOUND, name.code());
        assertTrue(name.hint().contains("MNIST"), name.hint());
    }

    @Test
    void noteOfGitLfsIsExplainedAndTheNextAddressTried() throws Exception {
        byte[] note = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 20000\n".getBytes();
        manifest(server, entry("MNIST", 12, "mnist.onnx", model));
        server.files.put("/mnist.onnx", note);
        try (FileServer mirror = new FileServer()) {
            mirror.files.put("/hub/mnist.onnx", model);
            Settings both = settings(List.of(server.uri(), mirror.uri().resolve("hub/")), "", server.uri(), false);
            assertArrayEquals(
                    model, Files.readAllBytes(fetch(both, "onnx:MNIST").model()));
        }
        Settings one = new Settings(folder.resolve("other"), List.of(), false).withHubs(hubs(server.uri()));
        JZooException e = assertThrows(JZooException.class, () -> fetch(one, "onnx:MNIST"));
        assertEquals(JZooException.Code.INTEGRITY, e.code());
        assertTrue(e.getMessage().contains("Git LFS pointer"), e.getMessage());
    }

    @Test
    void hubWithoutManifestIsANetworkFailureThatNamesEveryAddress() {
        JZooException e = assertThrows(JZooException.class, () -> fetch("onnx:MNIST"));
        assertEquals(JZooException.Code.NETWORK, e.code());
        assertTrue(e.getMessage().contains(server.uri() + "ONNX_HUB_MANIFEST.json: no such file"), e.getMessage());
        assertTrue(e.hint().contains("JZOO_ONNX_HUB"), e.hint());
    }

    // ---- Hugging Face

    @Test
    void modelOfHuggingFaceIsFetchedWithTheWeightsBesideIt() throws Exception {
        repository(
                "main",
                lfs("onnx/model.onnx", split),
                lfs("onnx/model.onnx_data", weights),
                lfs("onnx/other.onnx", weights));
        FetchedModel fetched = fetch("hf:owner/name");
        assertArrayEquals(split, Files.readAllBytes(fetched.model()));
        assertArrayEquals(weights, Files.readAllBytes(fetched.model().resolveSibling("model.onnx_data")));
        assertFalse(Files.exists(fetched.model().resolveSibling("other.onnx")));
    }

    @Test
    void whatWasFetchedIsFoundWithoutTheNetworkAndABranchThatMovedIsFollowed() throws Exception {
        repository("main", lfs("model.onnx", model));
        fetch("hf:owner/name");
        server.answers.put("/api/models/owner/name/revision/main", FileServer.status(503));
        assertArrayEquals(model, Files.readAllBytes(fetch("hf:owner/name").model()), "the hub is down");
        server.answers.clear();
        Settings offline = settings(List.of(), "", server.uri(), true);
        assertArrayEquals(
                model, Files.readAllBytes(fetch(offline, "hf:owner/name").model()));

        repository("main", lfs("model.onnx", weights));
        assertArrayEquals(weights, Files.readAllBytes(fetch("hf:owner/name").model()));
    }

    @Test
    void commitIsAskedForOnce() throws Exception {
        repository(COMMIT, lfs("model.onnx", model));
        fetch("hf:owner/name@" + COMMIT);
        int asked = server.requests.size();
        fetch("hf:owner/name@" + COMMIT);
        assertEquals(asked, server.requests.size());
    }

    @Test
    void fileThatGitItselfKeepsIsComparedWithGitsDigest() throws Exception {
        byte[] hello = "hello\n".getBytes();
        String blob = "ce013625030ba8dba906f756967f9e9ca394464a"; // git hash-object
        server.files.put("/owner/name/resolve/" + COMMIT + "/model.onnx", hello);
        revision("main", "{\"rfilename\": \"model.onnx\", \"size\": 6, \"blobId\": \"" + blob + "\"}");
        assertArrayEquals(hello, Files.readAllBytes(fetch("hf:owner/name").model()));

        server.files.put("/owner/name/resolve/" + COMMIT + "/model.onnx", "hallo\n".getBytes());
        Settings elsewhere = new Settings(folder.resolve("other"), List.of(), false).withHubs(hubs(server.uri()));
        JZooException e = assertThrows(JZooException.class, () -> fetch(elsewhere, "hf:owner/name"));
        assertEquals(JZooException.Code.INTEGRITY, e.code());
        assertTrue(e.getMessage().contains("Git SHA-1"), e.getMessage());
    }

    @Test
    void severalModelsAreNamedAndOneCanBeChosen() throws Exception {
        repository("main", lfs("a/encoder.onnx", model), lfs("a/decoder.onnx", weights), lfs("b/model.onnx", model));
        JZooException e = assertThrows(JZooException.class, () -> fetch("hf:owner/name"));
        assertEquals(JZooException.Code.NOT_FOUND, e.code());
        assertTrue(e.hint().contains("a/decoder.onnx, a/encoder.onnx, b/model.onnx"), e.hint());
        assertArrayEquals(
                weights,
                Files.readAllBytes(fetch("hf:owner/name/a/decoder.onnx").model()));
        assertArrayEquals(model, Files.readAllBytes(fetch("hf:owner/name/b").model()));
        JZooException none = assertThrows(JZooException.class, () -> fetch("hf:owner/name/c.onnx"));
        assertTrue(none.getMessage().contains("no ONNX file 'c.onnx'"), none.getMessage());
    }

    @Test
    void tokenIsGivenToTheHubAndToNobodyElse() throws Exception {
        repository("main", lfs("model.onnx", model));
        try (FileServer store = new FileServer()) {
            store.files.put("/blob", model);
            String path = "/owner/name/resolve/" + COMMIT + "/model.onnx";
            server.files.remove(path);
            server.answers.put(path, FileServer.status(302, "Location", store.uri() + "blob"));
            Settings settings = settings(List.of(), "hf_secret", server.uri(), false);
            assertArrayEquals(
                    model, Files.readAllBytes(fetch(settings, "hf:owner/name").model()));
            server.requests.forEach(asked -> assertEquals("Bearer hf_secret", asked.getFirst("Authorization")));
            assertEquals(1, store.requests.size());
            assertNull(store.requests.get(0).getFirst("Authorization"));
            assertFalse(settings.toString().contains("hf_secret"), settings.toString());
        }
    }

    @Test
    void gatedRepositorySaysWhatToDo() {
        server.next.add(FileServer.status(401));
        JZooException without = assertThrows(JZooException.class, () -> fetch("hf:owner/name"));
        assertEquals(JZooException.Code.NETWORK, without.code());
        assertTrue(without.hint().contains("set HF_TOKEN"), without.hint());
        server.next.add(FileServer.status(403));
        Settings settings = settings(List.of(), "hf_secret", server.uri(), false);
        JZooException with = assertThrows(JZooException.class, () -> fetch(settings, "hf:owner/name"));
        assertTrue(with.hint().contains("Accept its terms"), with.hint());
        assertFalse((with.getMessage() + with.hint()).contains("hf_secret"));
    }

    @Test
    void answerThatIsNoneIsBadData() throws Exception {
        revision("main", "{\"rfilename\": \"/etc/passwd\", \"lfs\": []}");
        assertThrows(DataFormatException.class, () -> fetch("hf:owner/name"));
        server.files.put("/api/models/owner/name/revision/main", "[]".getBytes());
        assertThrows(DataFormatException.class, () -> fetch("hf:owner/name"));
        revision("main", lfsJson("../../../../evil.onnx", model));
        assertThrows(DataFormatException.class, () -> fetch("hf:owner/name"));
        assertEquals(List.of(), filesBelow(folder.resolve("home")));
    }

    @Test
    void whatHuggingFacesOwnProgramsDownloadedIsNotDownloadedAgain() throws Exception {
        Path cached = folder.resolve("hf/models--owner--name");
        Path blob = cached.resolve("blobs/" + Sha256.of(model));
        Fixtures.write(blob, model);
        Fixtures.write(cached.resolve("refs/main"), COMMIT.getBytes());
        Path snapshot = Files.createDirectories(cached.resolve("snapshots/" + COMMIT));
        Files.createSymbolicLink(snapshot.resolve("model.onnx"), blob);
        Settings offline = settings(List.of(), "", server.uri(), true);
        assertArrayEquals(
                model, Files.readAllBytes(fetch(offline, "hf:owner/name").model()));

        repository("main", lfs("model.onnx", model));
        server.files.remove("/owner/name/resolve/" + COMMIT + "/model.onnx");
        assertArrayEquals(model, Files.readAllBytes(fetch("hf:owner/name").model()));

        Files.write(blob, bytes(20_000, 9)); // damaged
        Settings elsewhere = new Settings(folder.resolve("other"), List.of(), true).withHubs(hubs(server.uri()));
        assertEquals(
                JZooException.Code.INTEGRITY,
                assertThrows(JZooException.class, () -> fetch(elsewhere, "hf:owner/name"))
                        .code());
    }

    // ---- an address

    @Test
    void addressNeedsADigestOrTrust() throws Exception {
        server.files.put("/m.onnx", model);
        String address = server.uri() + "m.onnx";
        JZooException e = assertThrows(JZooException.class, () -> fetch(address));
        assertEquals(JZooException.Code.INTEGRITY, e.code());
        assertTrue(e.hint().contains("--trust"), e.hint());
        assertArrayEquals(
                model,
                Files.readAllBytes(
                        fetch(address + "#sha256=" + Sha256.of(model)).model()));
        JZooException wrong = assertThrows(JZooException.class, () -> fetch(address + "#sha256=" + Sha256.of(weights)));
        assertEquals(JZooException.Code.INTEGRITY, wrong.code());
    }

    @Test
    void whatWasTrustedOnceMustStayTheSame() throws Exception {
        server.files.put("/m.onnx", model);
        ModelReference address = ModelReference.parse(server.uri() + "m.onnx");
        Zoo zoo = zoo(settings());
        Path file = zoo.fetch(address, Zoo.Trust.FIRST, ProgressListener.NONE).model();
        server.files.put("/m.onnx", weights);
        assertEquals(
                file, zoo.fetch(address, Zoo.Trust.NONE, ProgressListener.NONE).model());
        Files.delete(file);
        JZooException e =
                assertThrows(JZooException.class, () -> zoo.fetch(address, Zoo.Trust.FIRST, ProgressListener.NONE));
        assertEquals(JZooException.Code.INTEGRITY, e.code());
    }

    @Test
    void pageInPlaceOfAModelIsRefusedEvenIfTrusted() {
        server.files.put("/m.onnx", "<!DOCTYPE html><html>Log in</html>".getBytes());
        JZooException e = assertThrows(JZooException.class, () -> zoo(settings())
                .fetch(ModelReference.parse(server.uri() + "m.onnx"), Zoo.Trust.FIRST, ProgressListener.NONE));
        assertEquals(JZooException.Code.INTEGRITY, e.code());
        assertTrue(e.getMessage().contains("HTML page"), e.getMessage());
    }

    @Test
    void redirectsWithoutEndAreGivenUp() {
        server.answers.put("/m.onnx", FileServer.status(302, "Location", "/m.onnx"));
        JZooException e =
                assertThrows(JZooException.class, () -> fetch(server.uri() + "m.onnx#sha256=" + Sha256.of(model)));
        assertTrue(e.getMessage().contains("redirects more than 10 times"), e.getMessage());
        assertEquals(11, server.requests.size());
    }

    // ---- mirrors, jars, garbage

    @Test
    void mirrorServesWhatItsOwnerFetched() throws Exception {
        repository("main", lfs("model.onnx", split), lfs("model.onnx_data", weights));
        Path mirror = folder.resolve("mirror");
        zoo(settings()).mirror(List.of(ModelReference.parse("hf:owner/name")), mirror, ProgressListener.NONE);
        server.files.clear();
        Settings airGapped =
                new Settings(folder.resolve("inside"), List.of(mirror.toUri()), true).withHubs(hubs(server.uri()));
        Path file = fetch(airGapped, "hf:owner/name").model();
        assertArrayEquals(split, Files.readAllBytes(file));
        assertArrayEquals(weights, Files.readAllBytes(file.resolveSibling("model.onnx_data")));
    }

    @Test
    void mirrorThatNamesFilesOfOtherModelsIsNotBelieved() throws Exception {
        repository("main", lfs("model.onnx", model));
        ModelReference reference = ModelReference.parse("hf:owner/name");
        Path mirror = folder.resolve("mirror");
        String path = "hubs/hf/somebody/else/model.onnx";
        Fixtures.write(mirror.resolve(path), weights);
        PinnedReferences.PinnedFiles evil = new PinnedReferences.PinnedFiles(
                "hf:owner/name", path, List.of(new Manifest.FileDigest(path, weights.length, Sha256.of(weights))));
        Fixtures.write(
                mirror.resolve(PinnedReferences.path(reference)),
                Json.pretty(evil).getBytes());
        Settings settings =
                new Settings(folder.resolve("home"), List.of(mirror.toUri()), false).withHubs(hubs(server.uri()));
        assertArrayEquals(
                model, Files.readAllBytes(fetch(settings, "hf:owner/name").model()));
        assertFalse(Files.exists(folder.resolve("home").resolve(path)));
    }

    @Test
    void packedModelsAreFoundByCoordinatesOnDiskAndOnTheWeb() throws Exception {
        Path published = folder.resolve("published");
        for (String id : List.of("ants", "bees")) {
            Path run = Fixtures.modelFolder(folder.resolve("run-" + id), id, "1.0.0", bytes(1000, id.hashCode()));
            Publisher.into(published.resolve("models")).publish(run, Fixtures.contents());
        }
        Path repository = folder.resolve("repository");
        ModelReference.InMaven coordinates = new ModelReference.InMaven("org.example", "insects", "1.0", "");
        Path jar = zoo(new Settings(folder.resolve("packing"), List.of(published.toUri()), false))
                .pack(List.of("ants", "bees"), coordinates, repository, ProgressListener.NONE);
        assertEquals(repository.resolve("org/example/insects/1.0/insects-1.0.jar"), jar);

        Settings onDisk = maven("disk", repository.toUri());
        FetchedModel ants = fetch(onDisk, "mvn:org.example:insects:1.0/ants");
        assertArrayEquals(bytes(1000, "ants".hashCode()), Files.readAllBytes(ants.model()));
        assertEquals("ants", ants.published().orElseThrow().id());
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader application =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(application);
            Zoo zoo = Zoo.of(Store.open(maven("application", folder.toUri()), Fixtures.QUICK));
            assertEquals("the class path", zoo.show("bees").origin());
            assertEquals("bees", zoo.pull("bees", ProgressListener.NONE).id());
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
        JZooException both = assertThrows(JZooException.class, () -> fetch(onDisk, "mvn:org.example:insects:1.0"));
        assertTrue(both.hint().contains("ants@1.0.0, bees@1.0.0"), both.hint());
        JZooException none = assertThrows(JZooException.class, () -> fetch(onDisk, "mvn:org.example:insects:2.0"));
        assertEquals(JZooException.Code.NOT_FOUND, none.code());

        for (String file : filesBelow(repository)) {
            server.files.put("/" + file, Files.readAllBytes(repository.resolve(file)));
        }
        Settings onWeb = maven("web", server.uri());
        fetch(onWeb, "mvn:org.example:insects:1.0/bees");
        server.files.put("/org/example/insects/1.0/insects-1.0.jar", bytes(3000, 5));
        JZooException spoiled = assertThrows(
                JZooException.class, () -> fetch(maven("spoiled", server.uri()), "mvn:org.example:insects:1.0/bees"));
        assertEquals(JZooException.Code.INTEGRITY, spoiled.code());
    }

    @Test
    void garbageIsWhatNoReferenceMeansAnyMore() throws Exception {
        repository("main", lfs("model.onnx", model));
        fetch("hf:owner/name");
        repository("main", "abcdef", lfs("model.onnx", weights));
        FetchedModel now = fetch("hf:owner/name");
        Store store = Store.open(settings(), Fixtures.QUICK);
        assertEquals(2, store.list().size());
        assertEquals(model.length, store.collectGarbage());
        assertEquals(1, store.list().size());
        assertTrue(Files.exists(now.model()));
        assertEquals(0, store.collectGarbage());
    }

    // ---- fixtures

    private record HubFile(String path, byte[] content) {}

    private static HubFile lfs(String path, byte[] content) {
        return new HubFile(path, content);
    }

    private void repository(String revision, HubFile... files) {
        repository(revision, COMMIT.substring(0, 6), files);
    }

    /** Serves a revision whose commit starts with a prefix. */
    private void repository(String revision, String commit, HubFile... files) {
        List<String> siblings =
                new ArrayList<>(List.of("{\"rfilename\": \"README.md\", \"size\": 1, \"blobId\": \"x\"}"));
        for (HubFile file : files) {
            siblings.add(lfsJson(file.path, file.content));
            server.files.put("/owner/name/resolve/" + whole(commit) + "/" + file.path, file.content);
        }
        server.files.put(
                "/api/models/owner/name/revision/" + revision,
                ("{\"id\": \"owner/name\", \"sha\": \"" + whole(commit) + "\", \"siblings\": " + siblings + "}")
                        .getBytes());
    }

    private static String whole(String commit) {
        return commit + COMMIT.substring(commit.length());
    }

    private void revision(String revision, String sibling) {
        server.files.put(
                "/api/models/owner/name/revision/" + revision,
                ("{\"sha\": \"" + COMMIT + "\", \"siblings\": [" + sibling + "]}").getBytes());
    }

    private static String lfsJson(String path, byte[] content) {
        return "{\"rfilename\": \"" + path + "\", \"size\": 9, \"blobId\": \""
                + HexFormat.of().formatHex(new byte[20])
                + "\", \"lfs\": {\"sha256\": \"" + Sha256.of(content) + "\", \"size\": " + content.length
                + ", \"pointerSize\": 130}}";
    }

    private static Manifest.Entry entry(String model, int opset, String path, byte[] content) {
        return new Manifest.Entry(
                model,
                "1.2",
                opset,
                new Manifest.FileDigest(path, content.length, Sha256.of(content)),
                List.of("vision"),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static void manifest(FileServer server, Manifest.Entry... entries) {
        server.files.put(
                "/" + Manifest.FILE_NAME, new Manifest(List.of(entries)).text().getBytes());
    }

    private Hubs hubs(URI address) {
        return new Hubs(List.of(address), address, "", folder.resolve("hf"), List.of());
    }

    private Settings settings() {
        return settings(List.of(server.uri()), "", server.uri(), false);
    }

    private Settings settings(List<URI> onnx, String token, URI huggingFace, boolean offline) {
        return new Settings(folder.resolve("home"), List.of(), offline)
                .withHubs(new Hubs(onnx, huggingFace, token, folder.resolve("hf"), List.of()));
    }

    private Settings maven(String home, URI repository) {
        return new Settings(folder.resolve(home), List.of(), false)
                .withHubs(new Hubs(List.of(), server.uri(), "", folder.resolve("hf"), List.of(repository)));
    }

    private static Zoo zoo(Settings settings) {
        return new Zoo(Store.open(settings, Fixtures.QUICK));
    }

    private FetchedModel fetch(String reference) throws IOException {
        return fetch(settings(), reference);
    }

    private static FetchedModel fetch(Settings settings, String reference) throws IOException {
        return zoo(settings).fetch(reference, ProgressListener.NONE);
    }
}
