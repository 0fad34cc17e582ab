package dev.jzoo.zoo.hub;

import static dev.jzoo.zoo.Fixtures.bytes;
import static dev.jzoo.zoo.Fixtures.filesBelow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.FileServer;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.Zoo;
import dev.jzoo.zoo.download.RetryPolicy;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.settings.Hubs;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Responses of servers that break a promise. They are reported as a fault of the server, not of the user's command or of this
 * library.
 */
class HostileAnswersTest {

    private static final RetryPolicy IMPATIENT =
            new RetryPolicy(Duration.ofMillis(500), Duration.ofMillis(500), 1, Duration.ZERO);
    private static final String COMMIT = "1234567890abcdef1234567890abcdef12345678";

    @TempDir
    Path folder;

    private FileServer server;
    private final byte[] model = bytes(20_000, 1);

    @BeforeEach
    void start() throws IOException {
        server = new FileServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Zoo zoo(URI hub) {
        Settings settings = new Settings(folder.resolve("home"), List.of(), false)
                .withHubs(new Hubs(List.of(hub), hub, "", folder.resolve("hf"), List.of(hub)));
        return new Zoo(Store.open(settings, IMPATIENT));
    }

    private Exception refused(String reference) {
        return assertThrows(Exception.class, () -> zoo(server.uri()).fetch(reference, ProgressListener.NONE));
    }

    private void revision(String sha, String file) {
        server.files.put(
                "/api/models/o/n/revision/main",
                ("{\"sha\": \"" + sha + "\", \"siblings\": [" + file + "]}").getBytes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"rfilename\": \"m.onnx\", \"lfs\": {\"sha256\": \"DIGEST\"}}",
                "{\"rfilename\": \"m.onnx\", \"lfs\": {\"sha256\": \"DIGEST\", \"size\": -5}}",
                "{\"rfilename\": \"m.onnx\", \"lfs\": {\"sha256\": \"DIGEST\", \"size\": \"many\"}}",
                "{\"rfilename\": \"m.onnx\", \"lfs\": {\"sha256\": \"abcdef\", \"size\": 9}}",
                "{\"rfilename\": \"m.onnx\", \"lfs\": {\"sha256\": \"DIGESTDIGEST\", \"size\": 9}}",
                "{\"rfilename\": \"m.onnx\", \"lfs\": {\"sha256\": 5, \"size\": 9}}",
                "{\"rfilename\": \"\"}",
                "{\"rfilename\": \"a\\ud800.onnx\"}",
                "{\"rfilename\": \"a\\u0000.onnx\"}",
                "{}",
                "5"
            })
    void aFileOfARepositoryThatIsNotDescribedIsBadData(String file) throws Exception {
        revision(COMMIT, file.replace("DIGEST", Sha256.of(model).hex()));
        assertEquals(DataFormatException.class, refused("hf:o/n").getClass());
        assertEquals(List.of(), filesBelow(folder.resolve("home")));
    }

    @Test
    void aCommitThatIsNoneIsBadData() {
        for (String sha : List.of("", "main", "../../x", COMMIT + "0", "x".repeat(1_000_000))) {
            revision(sha, "{\"rfilename\": \"m.onnx\", \"blobId\": \"" + COMMIT + "\"}");
            Exception e = refused("hf:o/n");
            assertEquals(DataFormatException.class, e.getClass(), sha);
            assertTrue(e.getMessage().length() < 1_000, "the message is short");
        }
    }

    @Test
    void aSmallFileWithoutADigestIsAnIntegrityFailure() {
        for (String blob : List.of("", "12", "z".repeat(40))) {
            revision(COMMIT, "{\"rfilename\": \"m.onnx\", \"blobId\": \"" + blob + "\"}");
            assertEquals(JZooException.Code.INTEGRITY, ((JZooException) refused("hf:o/n")).code());
        }
    }

    @Test
    void aDigestOfAJarThatIsNoneIsBadData() {
        for (String ending : List.of(".sha256", ".sha1")) {
            for (String digest : List.of("abcd", "", "<html>", "z".repeat(64))) {
                server.files.clear();
                server.files.put("/g/a/1/a-1.jar" + ending, digest.getBytes());
                assertEquals(DataFormatException.class, refused("mvn:g:a:1").getClass(), ending + digest);
            }
        }
    }

    @Test
    void redirectsToNowhereAreFailuresOfTheNetwork() {
        for (String target : List.of(
                "http://127.0.0.1:99999/x",
                "http://127.0.0.1:-1/x",
                "http:///x",
                "http://",
                "file:///etc/passwd",
                "jar:file:/x!/y",
                "//",
                "?",
                "http://a b/",
                "http://[::1/x",
                "http://%zz/",
                "\u00e4")) {
            server.answers.put("/m.onnx", FileServer.status(302, "Location", target));
            Exception e = refused(server.uri() + "m.onnx#sha256=" + Sha256.of(model));
            assertEquals(JZooException.class, e.getClass(), target + ": " + e);
            assertEquals(JZooException.Code.NETWORK, ((JZooException) e).code(), target);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n\r\n",
                "HTTP/1.1\r\n\r\n",
                "HTTP/1.1 999999999999 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nx",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nx",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\nx",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nxxxxx",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\n: no name\r\n\r\n",
                "HTTP/1.1 302 Found\r\nLocation: \u0001\r\n\r\n",
                "HTTP/1.1 206 Partial\r\nContent-Range: bytes 9-1/0\r\nContent-Length: 1\r\n\r\nx",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
                "HTTP/1.1 429 Slow\r\nRetry-After: 99999999999999999999\r\nContent-Length: 0\r\n\r\n",
                "SSH-2.0-OpenSSH\r\n"
            })
    void whatIsNoHttpIsAFailureOfTheNetworkOrOfTheContent(String answer) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> answerAll(socket, answer));
            thread.setDaemon(true);
            thread.start();
            URI uri = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
            Exception file = assertThrows(Exception.class, () -> zoo(uri).fetch(
                            uri + "m.onnx#sha256=" + Sha256.of(model), ProgressListener.NONE));
            assertEquals(JZooException.class, file.getClass(), file.toString());
            Exception list = assertThrows(Exception.class, () -> zoo(uri).fetch("hf:o/n", ProgressListener.NONE));
            assertTrue(list instanceof JZooException || list instanceof DataFormatException, list.toString());
        }
    }

    private static void answerAll(ServerSocket socket, String answer) {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                byte[] request = new byte[4096];
                if (connection.getInputStream().read(request) > 0) {
                    connection.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                }
            } catch (IOException e) {
                // the client has disconnected, or the test is over
            }
        }
    }
}
