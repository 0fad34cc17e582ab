package dev.jzoo.examples.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.jzoo.inference.Classification;
import dev.jzoo.inference.Label;
import dev.jzoo.inference.pictures.ImageClassifier;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the page in headless Chromium, if it is installed. ONNX Runtime for the browser comes from ORT_WEB or npm. */
class BrowserTest {

    private static final String ORT_WEB = "onnxruntime-web@1.23.2";

    @TempDir
    Path folder;

    @Test
    void theBrowserSaysWhatJavaSays() throws Exception {
        Path chromium = command("chromium", "chromium-browser", "google-chrome", "chrome")
                .orElseGet(() -> skipped("there is no chromium or google-chrome on the PATH"));
        Path runtime = runtime()
                .orElseGet(() -> skipped("there is no onnxruntime-web: name its folder dist in ORT_WEB,"
                        + " or let npm be on the PATH and reach its registry"));
        BufferedImage picture = small(ImageIO.read(new File("../../docs/pictures/seven.png")));
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", png);
        CompletableFuture<String> said = new CompletableFuture<>();
        HttpServer server = Serve.start(runtime, 0);
        serve(
                server,
                "/test.html",
                BrowserTest.class.getResourceAsStream("test.html").readAllBytes());
        serve(server, "/picture.png", png.toByteArray());
        server.createContext("/said", exchange -> {
            said.complete(new String(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        Process browser =
                open(chromium, "http://localhost:" + server.getAddress().getPort() + "/test.html");
        String[] answer;
        try {
            answer = said.get(120, TimeUnit.SECONDS).split(" ");
        } finally {
            kill(browser);
            server.stop(0);
        }
        assertEquals("7", answer[0], Arrays.toString(answer));
        try (ImageClassifier digits = ImageClassifier.load("mnist-lenet")) {
            Classification expected = digits.classify(picture);
            assertEquals(10, expected.labels().size());
            for (Label label : expected.labels()) {
                float actual = Float.parseFloat(answer[2 + Integer.parseInt(label.name())]);
                assertEquals(label.score(), actual, 1e-5, label.name());
            }
        }
    }

    @Test
    void nothingElseIsServed() throws Exception {
        HttpServer server = Serve.start(folder, 0);
        try {
            Files.writeString(folder.resolve("secret"), "x");
            for (String path : List.of("/ort/secret", "/ort/../secret", "/Serve.class", "/ort/%2e%2e/pom.xml")) {
                assertEquals(404, status(server, path), path);
            }
            assertEquals(200, status(server, "/"));
            assertEquals(200, status(server, "/model.onnx"));
        } finally {
            server.stop(0);
        }
    }

    private static int status(HttpServer server, String path) throws Exception {
        URI address = URI.create("http://localhost:" + server.getAddress().getPort() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
                .statusCode();
    }

    /** Resizes a picture to the model's size, so that the browser need not resize it. */
    private static BufferedImage small(BufferedImage picture) {
        BufferedImage small = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = small.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, 0, 0, 28, 28, null);
        graphics.dispose();
        return small;
    }

    private static void serve(HttpServer server, String path, byte[] content) {
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", path.endsWith("html") ? "text/html" : "image/png");
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
    }

    private Process open(Path chromium, String address) throws IOException {
        ProcessBuilder browser = new ProcessBuilder(
                        chromium.toString(),
                        "--headless=new",
                        "--no-sandbox", // otherwise it does not start as root; it only opens our page
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--user-data-dir=" + folder.resolve("profile"),
                        address)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("chromium.log").toFile());
        browser.environment().put("TMPDIR", folder.toString()); // its files are deleted with the folder
        return browser.start();
    }

    /** Ends the browser with all its processes: a remaining one would write to a folder that is being deleted. */
    private static void kill(Process browser) throws InterruptedException {
        List<ProcessHandle> others = browser.descendants().toList();
        browser.destroyForcibly().waitFor();
        others.forEach(ProcessHandle::destroyForcibly);
    }

    private static Optional<Path> runtime() throws Exception {
        String named = System.getenv("ORT_WEB");
        if (named != null) {
            assertTrue(Files.isDirectory(Path.of(named)), "ORT_WEB is no folder: " + named);
            return Optional.of(Path.of(named));
        }
        Path target = Path.of("target").toAbsolutePath();
        Path dist = target.resolve("package/dist");
        Optional<Path> npm = command("npm");
        if (!Files.isDirectory(dist) && npm.isPresent()) {
            Path archive = target.resolve(ORT_WEB.replace('@', '-') + ".tgz");
            boolean unpacked = run(target, npm.get().toString(), "pack", ORT_WEB)
                    && run(target, "tar", "-xzf", archive.toString());
            assertFalse(unpacked && !Files.isDirectory(dist), archive + " has no folder package/dist.");
        }
        return Optional.of(dist).filter(Files::isDirectory);
    }

    private static boolean run(Path folder, String... words) throws Exception {
        Process process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(180, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private static Optional<Path> command(String... names) {
        return Stream.of(names)
                .flatMap(name -> Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .map(place -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path skipped(String why) {
        System.err.println("SKIPPED: the page was not tried in a browser, " + why + ".");
        return Assumptions.abort(why);
    }
}
