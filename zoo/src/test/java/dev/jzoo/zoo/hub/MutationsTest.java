package dev.jzoo.zoo.hub;

import static dev.jzoo.zoo.Fixtures.filesBelow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.jzoo.zoo.FileServer;
import dev.jzoo.zoo.Fixtures;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.SplitModels;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.Zoo;
import dev.jzoo.zoo.cache.CacheDirectory;
import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.download.RetryPolicy;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.Json;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.publishing.Publisher;
import dev.jzoo.zoo.settings.Hubs;
import dev.jzoo.zoo.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random changes to manifests, references, and responses of hubs and servers. Each is accepted, or rejected with a code. There is
 * no Error, no other exception and no file outside the cache. Every failure names the seed; {@code -Dfuzz.seed} repeats
 * it.
 */
class MutationsTest {

    private static final String COMMIT = "1234567890abcdef1234567890abcdef12345678";
    private static final RetryPolicy IMPATIENT =
            new RetryPolicy(Duration.ofMillis(500), Duration.ofMillis(500), 1, Duration.ZERO);

    /** Text that breaks readers: ends of ranges, other types, names that lead elsewhere. */
    private static final List<String> PIECES = List.of(
            "null",
            "-1",
            "0",
            "1e999",
            "9223372036854775808",
            "99999",
            "\"\"",
            "{}",
            "[]",
            "[[[[",
            "true",
            "../",
            "/",
            "\\u0000",
            "\\ud800",
            "%",
            "%2F",
            "#",
            "?",
            "@",
            ":",
            "//",
            "\u00e9",
            "\ud83d\ude00",
            "C:\\\\",
            "NUL",
            "\r\n",
            "\u001b[2J",
            "Content-Length: 5\r\n",
            "Location: file:///etc/passwd\r\n",
            "ETag: \"x\"\r\n",
            "a".repeat(300),
            "9".repeat(1_200));

    /** How many times fewer changes the targets get that download files: each takes some milliseconds. */
    private static final int SLOW = 20;

    @TempDir
    Path folder;

    /** Uses a changed text. */
    private interface Target {
        void run(byte[] changed) throws IOException;
    }

    private static long seed() {
        return Long.getLong("fuzz.seed", 20_261_130);
    }

    private void mutate(byte[] original, int rounds, Target target) throws IOException {
        Random random = new Random(seed());
        for (int i = 0; i < rounds; i++) {
            byte[] changed = original;
            for (int k = 0; k <= random.nextInt(4); k++) {
                changed = changed(changed, random);
            }
            try {
                target.run(changed);
            } catch (DataFormatException | JZooException | IllegalArgumentException e) {
                if (e.getMessage() == null || e.getMessage().length() > 20_000) {
                    fail("seed " + seed() + ", mutation " + i + ": an unreadable message", e);
                }
                if (e instanceof IllegalArgumentException && !isOfTheCaller(target)) {
                    fail("seed " + seed() + ", mutation " + i + ": taken for a mistake of the caller", e);
                }
            } catch (IOException | RuntimeException | Error e) {
                fail("seed " + seed() + ", mutation " + i + ": " + shown(changed), e);
            }
        }
        List<String> elsewhere = filesBelow(folder).stream()
                .filter(name -> !name.matches("(home|mirror|run)/.*"))
                .toList();
        assertEquals(List.of(), elsewhere, "nothing is written outside of the home");
    }

    /** Returns whether the caller writes the text, as with references. */
    private static boolean isOfTheCaller(Target target) {
        return target instanceof ReferenceTarget;
    }

    private interface ReferenceTarget extends Target {}

    private static String shown(byte[] text) {
        String all = new String(text, StandardCharsets.ISO_8859_1);
        return all.substring(0, Math.min(3_000, all.length()));
    }

    private static byte[] changed(byte[] text, Random random) {
        int at = random.nextInt(text.length + 1);
        int to = Math.min(text.length, at + random.nextInt(20));
        byte[] piece =
                switch (random.nextInt(5)) {
                    case 0 -> new byte[] {(byte) random.nextInt()};
                    case 1 -> new byte[0];
                    case 2 -> Arrays.copyOfRange(text, at, to);
                    default -> PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
                };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(text, 0, at);
        out.writeBytes(piece);
        int from = random.nextBoolean() ? at : to;
        out.write(text, from, text.length - from);
        return out.toByteArray();
    }

    private Settings settings(List<URI> mirrors, URI hub) {
        return new Settings(folder.resolve("home"), mirrors, false)
                .withHubs(new Hubs(List.of(hub), hub, "", folder.resolve("hf"), List.of(hub)));
    }

    private Zoo zoo(List<URI> mirrors, URI hub) {
        return new Zoo(Store.open(settings(mirrors, hub), IMPATIENT));
    }

    private static final URI NOWHERE = URI.create("http://127.0.0.1:9/");

    private void manifests(int rounds) throws IOException {
        Path mirror = folder.resolve("mirror");
        Publisher.into(mirror.resolve("models"))
                .publish(
                        Fixtures.modelFolder(folder.resolve("run"), "net", "1.0.0", Fixtures.bytes(100, 1)),
                        Fixtures.contents());
        Path file = mirror.resolve("models/" + Manifest.FILE_NAME);
        mutate(Files.readAllBytes(file), rounds, changed -> {
            Files.write(file, changed);
            Manifest.read(file).text();
            zoo(List.of(mirror.toUri()), NOWHERE).pull("net", ProgressListener.NONE);
        });
    }

    private void references(int rounds) throws IOException {
        for (String text : List.of(
                "mnist-logistic@1.0.0",
                "onnx:MNIST@12",
                "hf:owner/name@main/onnx/model.onnx",
                "mvn:org.example:insects:1.0.0/ants@1.0.0",
                "http://me:pw@127.0.0.1:9/a/model.onnx?x=1#sha256=" + "0a".repeat(32))) {
            mutate(text.getBytes(), rounds, (ReferenceTarget) changed -> {
                String reference = new String(changed, StandardCharsets.UTF_8);
                ModelReference parsed = ModelReference.parse(reference);
                new PinnedReferences(new CacheDirectory(folder.resolve("home"))).find(parsed);
                Settings offline = new Settings(folder.resolve("home"), List.of(), true)
                        .withHubs(settings(List.of(), NOWHERE).hubs());
                new Zoo(Store.open(offline, IMPATIENT)).fetch(parsed, Zoo.Trust.FIRST, ProgressListener.NONE);
            });
        }
    }

    private void hubAnswers(int rounds) throws IOException {
        byte[] model = SplitModels.withWeightsIn("weights");
        byte[] weights = Fixtures.bytes(200, 3);
        String revision = "{\"sha\": \"" + COMMIT + "\", \"siblings\": ["
                + "{\"rfilename\": \"m.onnx\", \"size\": 4, \"blobId\": \"" + COMMIT + "\", \"lfs\": {\"sha256\": \""
                + Sha256.of(model) + "\", \"size\": " + model.length + "}}, "
                + "{\"rfilename\": \"weights\", \"lfs\": {\"sha256\": \"" + Sha256.of(weights)
                + "\", \"size\": 200}}]}";
        try (FileServer server = new FileServer()) {
            server.files.put("/o/n/resolve/" + COMMIT + "/m.onnx", model);
            server.files.put("/o/n/resolve/" + COMMIT + "/weights", weights);
            mutate(revision.getBytes(), rounds / SLOW, changed -> {
                server.files.put("/api/models/o/n/revision/main", changed);
                zoo(List.of(), server.uri()).fetch("hf:o/n", ProgressListener.NONE);
            });
            mutate((Sha256.of(model) + "  a-1.jar\n").getBytes(), rounds, changed -> {
                server.files.put("/g/a/1/a-1.jar.sha256", changed);
                server.files.put("/g/a/1/a-1.jar", model);
                zoo(List.of(), server.uri()).fetch("mvn:g:a:1", ProgressListener.NONE);
            });
            PinnedReferences.PinnedFiles note = new PinnedReferences.PinnedFiles(
                    "hf:o/mirrored",
                    "hubs/hf/o/mirrored/" + COMMIT + "/m.onnx",
                    List.of(new Manifest.FileDigest(
                            "hubs/hf/o/mirrored/" + COMMIT + "/m.onnx", model.length, Sha256.of(model))));
            server.files.put("/hubs/hf/o/mirrored/" + COMMIT + "/m.onnx", model);
            mutate(Json.pretty(note).getBytes(), rounds / SLOW, changed -> {
                server.files.put("/" + PinnedReferences.path(ModelReference.parse("hf:o/mirrored")), changed);
                zoo(List.of(server.uri()), NOWHERE).fetch("hf:o/mirrored", ProgressListener.NONE);
                Store.open(settings(List.of(), NOWHERE)).clear();
            });
        }
    }

    private void httpAnswers(int rounds) throws IOException {
        String answer = "HTTP/1.1 200 OK\r\nETag: \"a\"\r\nAccept-Ranges: bytes\r\nContent-Type: x/y\r\n"
                + "Content-Range: bytes 0-9/10\r\nRetry-After: 0\r\nConnection: close\r\nContent-Length: 10\r\n\r\n0123456789";
        try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            byte[][] next = {answer.getBytes()};
            Thread thread = new Thread(() -> answerAll(socket, next));
            thread.setDaemon(true);
            thread.start();
            URI uri = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
            mutate(answer.getBytes(), rounds / SLOW, changed -> {
                synchronized (next) {
                    next[0] = changed;
                }
                zoo(List.of(), uri).fetch(ModelReference.parse(uri + "m.onnx"), Zoo.Trust.FIRST, ProgressListener.NONE);
                Store.open(settings(List.of(), uri)).clear();
            });
        }
    }

    private static void answerAll(ServerSocket socket, byte[][] next) {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                byte[] request = new byte[4096];
                if (connection.getInputStream().read(request) > 0) {
                    byte[] answer;
                    synchronized (next) {
                        answer = next[0];
                    }
                    connection.getOutputStream().write(answer);
                }
            } catch (IOException e) {
                // the client has disconnected, or the test is over
            }
        }
    }

    @Test
    void changedManifestsReferencesAndAnswersAreTakenOrRefusedWithACode() throws Exception {
        all(500);
    }

    @Test
    @Tag("acceptance")
    void manyChangesFindNoOtherFailure() throws Exception {
        all(Integer.getInteger("fuzz.rounds", 30_000));
    }

    private void all(int each) throws IOException {
        manifests(each);
        references(each);
        hubAnswers(each);
        httpAnswers(each);
    }
}
