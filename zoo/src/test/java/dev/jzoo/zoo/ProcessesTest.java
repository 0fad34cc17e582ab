package dev.jzoo.zoo;

import static dev.jzoo.zoo.Fixtures.bytes;
import static dev.jzoo.zoo.Fixtures.resource;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.cache.CacheDirectory;
import dev.jzoo.zoo.catalogue.PublishedModel;
import dev.jzoo.zoo.download.Encoding;
import dev.jzoo.zoo.download.Resource;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.publishing.Publisher;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes with one cache. */
class ProcessesTest {

    private static final byte[] CONTENT = bytes(3_000_000, 5);
    private static final Resource RESOURCE = resource("set/a.bin", CONTENT, Encoding.IDENTITY);

    /** Waits for a byte, then fetches the file and pulls the model. */
    static final class Puller {
        public static void main(String[] args) throws IOException {
            Settings settings = new Settings(Path.of(args[0]), List.of(URI.create(args[1])), false);
            System.out.write('r');
            System.out.flush();
            System.in.read();
            Path file = Store.open(settings).fetch(RESOURCE, ProgressListener.NONE);
            PublishedModel model = Zoo.open(settings).pull("digits", ProgressListener.NONE);
            System.out.println(Sha256.of(file) + " " + Sha256.of(model.model()));
        }
    }

    @Test
    void processesThatPullTheSameAtOnceAllSucceedAndDownloadOnce(@TempDir Path folder) throws Exception {
        byte[] model = bytes(100_000, 6);
        Path run = Fixtures.modelFolder(folder.resolve("run"), "digits", "1.0.0", model);
        Publisher.into(folder.resolve("mirror/models")).publish(run, Fixtures.contents());
        Path home = folder.resolve("home");
        try (FileServer server = new FileServer()) {
            server.files.put("/set/a.bin", CONTENT);
            for (String file : Fixtures.filesBelow(folder.resolve("mirror"))) {
                server.files.put(
                        "/" + file, Files.readAllBytes(folder.resolve("mirror").resolve(file)));
            }
            List<Process> processes = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                processes.add(
                        Fixtures.jvm(Puller.class, home.toString(), server.uri().toString()));
            }
            for (Process process : processes) {
                assertEquals('r', process.getInputStream().read());
            }
            for (Process process : processes) {
                process.getOutputStream().write('\n');
                process.getOutputStream().flush();
            }
            for (Process process : processes) {
                String output = new String(process.getInputStream().readAllBytes());
                assertTrue(process.waitFor(30, TimeUnit.SECONDS));
                assertEquals(0, process.exitValue(), output);
                assertEquals(Sha256.of(CONTENT) + " " + Sha256.of(model), output.strip());
            }
            for (String path : List.of("/set/a.bin", "/models/digits/1.0.0/model.onnx")) {
                assertEquals(
                        1,
                        server.requests.stream()
                                .filter(request -> path.equals(request.getFirst("path")))
                                .count(),
                        path);
            }
        }
    }

    @Test
    void killedDownloadIsResumedByTheNextProcess(@TempDir Path home) throws Exception {
        try (FileServer server = new FileServer()) {
            server.files.put("/set/a.bin", CONTENT);
            server.next.add(exchange -> {
                exchange.getResponseHeaders()
                        .set("ETag", '"' + Sha256.of(CONTENT).hex().substring(0, 16) + '"');
                exchange.sendResponseHeaders(200, CONTENT.length);
                exchange.getResponseBody().write(CONTENT, 0, 1_000_000);
                exchange.getResponseBody().flush();
                sleep();
            });
            Process process =
                    Fixtures.jvm(Puller.class, home.toString(), server.uri().toString());
            assertEquals('r', process.getInputStream().read());
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            Path part = new CacheDirectory(home).part("data/set/a.bin").bytes();
            for (int i = 0; i < 200 && !(Files.exists(part) && Files.size(part) > 500_000); i++) {
                Thread.sleep(25);
            }
            process.destroyForcibly().waitFor();
            assertTrue(Files.notExists(home.resolve("data/set/a.bin")));
            Path file = Fixtures.store(home, server.uri()).fetch(RESOURCE, ProgressListener.NONE);
            assertArrayEquals(CONTENT, Files.readAllBytes(file));
            String range = server.requests.get(1).getFirst("Range");
            assertTrue(range.matches("bytes=\\d{6,}-"), range);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
