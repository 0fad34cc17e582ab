package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.jzoo.zoo.file.Sha256;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of models from other hubs, mirrors and jars, with the commands that a user types. JZoo's own models represent
 * foreign ones.
 */
class HubsTest {

    private static final Path MODELS = Path.of("../zoo/models").toAbsolutePath().normalize();
    private static final Path SEVEN =
            Path.of("../docs/pictures/seven.png").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @Test
    void modelOfAManifestOfTheOnnxHubRunsAndIsInspectedAndVerified() throws Exception {
        Shell shell = Shell.in(folder).with("JZOO_ONNX_HUB", MODELS);
        Shell.Result run = shell.type("run", "onnx:MNIST-lenet", SEVEN.toString(), "--top", "1", "--json");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("7", run.json().at("/0/predictions/0/label").asText());
        assertEquals(0, shell.type("inspect", "onnx:mnist-lenet").exitCode());
        Shell.Result verified = shell.type("verify", "onnx:mnist-lenet", "--json");
        assertEquals(0, verified.exitCode(), verified.out());
        JsonNode pulled =
                shell.type("pull", "onnx:mnist-lenet", "--json").json().get(0);
        assertEquals("onnx:mnist-lenet", pulled.get("id").asText());
        Shell.Result wrong = shell.type("pull", "onnx:mnist-lenett");
        assertEquals(3, wrong.exitCode());
        assertTrue(wrong.err().contains("mnist-lenet"), wrong.err());
        Shell.Result shown = shell.type("show", "onnx:mnist-lenet");
        assertEquals(2, shown.exitCode());
        assertTrue(shown.err().contains("jzoo inspect onnx:mnist-lenet"), shown.err());
    }

    @Test
    void addressIsTrustedOnceOrHasADigest() throws Exception {
        Path model = MODELS.resolve("mnist-logistic/1.0.0/model.onnx");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = Files.readAllBytes(model);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/m.onnx";
        Shell shell = Shell.in(folder).with("JZOO_OFFLINE", "0");
        try {
            assertEquals(4, shell.type("run", address, SEVEN.toString()).exitCode());
            assertEquals(4, shell.type("pull", address).exitCode());
            Shell.Result pulled = shell.type("pull", address, "--trust", "--progress", "json");
            assertEquals(0, pulled.exitCode(), pulled.err());
            JsonNode last = new ObjectMapper()
                    .readTree(pulled.err().lines().reduce((a, b) -> b).orElseThrow());
            assertEquals(Files.size(model), last.get("done").asLong());
            assertEquals(Files.size(model), last.get("total").asLong());
            assertEquals(
                    0,
                    shell.type("pull", address + "#sha256=" + Sha256.of(model)).exitCode());
        } finally {
            server.stop(0);
        }
        assertEquals(
                0, shell.type("run", address, SEVEN.toString(), "--offline").exitCode());
    }

    @Test
    void mirrorServesMachinesWithoutANetwork() throws Exception {
        Path mirror = folder.resolve("mirror");
        Shell.Result made = Shell.in(folder)
                .with("JZOO_ONNX_HUB", MODELS)
                .type("mirror", "--to", mirror.toString(), "cifar10-resnet20", "onnx:mnist-mlp");
        assertEquals(0, made.exitCode(), made.err());
        Shell inside = Shell.in(folder.resolve("inside"))
                .with("JZOO_MIRROR", mirror)
                .with("JZOO_ONNX_HUB", folder.resolve("nothing"));
        assertEquals(0, inside.type("run", "onnx:mnist-mlp", SEVEN.toString()).exitCode());
        JsonNode pulled =
                inside.type("pull", "cifar10-resnet20", "--json").json().get(0);
        assertArrayEquals(
                Files.readAllBytes(MODELS.resolve("cifar10-resnet20/1.0.0/model.onnx")),
                Files.readAllBytes(Path.of(pulled.get("model")
                        .asText()
                        .replace("DIR", folder.resolve("inside").toString()))));
        assertFalse(Files.exists(mirror.resolve("models/mnist-lenet")));
    }

    @Test
    void packedModelIsADependencyOfMaven() throws Exception {
        Shell shell = Shell.in(folder);
        Shell.Result packed =
                shell.type("pack", "mnist-lenet", "--maven", "org.example:digits:1.0", "--to", "repository");
        assertEquals(0, packed.exitCode(), packed.err());
        assertEquals("DIR/repository/org/example/digits/1.0/digits-1.0.jar\n", packed.out());
        Shell user = shell.with("JZOO_MAVEN", folder.resolve("repository")).with("JZOO_HOME", folder.resolve("other"));
        Shell.Result run = user.type("run", "mvn:org.example:digits:1.0", SEVEN.toString(), "--top", "1", "--json");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("7", run.json().at("/0/predictions/0/label").asText());
        assertEquals(
                3,
                user.type("run", "mvn:org.example:digits:2.0", SEVEN.toString()).exitCode());
        assertEquals(
                2,
                shell.type("pack", "mnist-lenet", "--maven", "digits", "--to", "r")
                        .exitCode());
    }

    @Test
    void garbageIsCollected() {
        Shell shell = Shell.in(folder).with("JZOO_ONNX_HUB", MODELS);
        assertEquals(0, shell.type("pull", "onnx:mnist-logistic").exitCode());
        assertEquals("Freed 0 B in DIR/home\n", shell.type("cache", "gc").out());
    }
}
