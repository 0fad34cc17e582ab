package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.jzoo.datasets.catalogue.DataSets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of cached files, downloads, and rejections with their exit codes. */
class CacheCommandsTest {

    @TempDir
    Path folder;

    @Test
    void aDataSetThatAMirrorHasIsNotSaidToBeMissing() throws Exception {
        Path file = folder.resolve("mirror")
                .resolve(DataSets.get("shakespeare").resources().get(0).path());
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[1]);
        String listed = Shell.in(folder)
                .with("JZOO_MIRROR", folder.resolve("mirror"))
                .type("dataset", "list")
                .out();
        assertTrue(listed.lines().anyMatch(line -> line.matches("shakespeare +1\\.1 MB +mirror +MIT.*")), listed);
        assertTrue(listed.lines().anyMatch(line -> line.matches("mnist +55\\.0 MB +no .*")), listed);
    }

    @Test
    void referencesThatAreTooLongAreUsageOrAFileThatIsNotThere() {
        Shell shell = Shell.in(folder);
        for (String reference : new String[] {"a-".repeat(8_000) + "a", "hf:o/n/" + "a/".repeat(8_000)}) {
            for (String command : new String[] {"pull", "run", "inspect", "verify", "show"}) {
                Shell.Result result = shell.type(command, reference);
                assertTrue(result.exitCode() >= 1 && result.exitCode() <= 7, command + ": " + result.exitCode());
                assertFalse(result.err().contains("Unexpected failure"), command);
            }
        }
    }

    @Test
    void noPasswordIsPrintedWhateverIsWrongWithItsAddress() {
        Shell shell = Shell.in(folder);
        for (String address : new String[] {
            "http://me:s3cret@127.0.0.1:99999/m.onnx", "http://me:s3 cret@h/", "http://me:s3cret@127.0.0.1:9/m?k=s3cret"
        }) {
            for (String command : new String[] {"pull", "run", "show", "inspect"}) {
                Shell.Result result = shell.type(command, address);
                assertTrue(result.exitCode() > 0);
                assertFalse((result.out() + result.err()).contains("cret"), command + ": " + result.err());
            }
            Shell.Result mirror = shell.with("JZOO_MIRROR", address).type("list");
            assertFalse((mirror.out() + mirror.err()).contains("cret"), mirror.err());
        }
    }

    @Test
    void answersThatBreakTheirFormatExitWithSevenOrFive() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String digest = "0".repeat(64);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            if (path.startsWith("/redirect")) {
                exchange.getResponseHeaders().set("Location", "http://127.0.0.1:99999/m.onnx");
                exchange.sendResponseHeaders(302, -1);
            } else {
                String lfs =
                        path.contains("short") ? "{\"sha256\":\"12\",\"size\":1}" : "{\"sha256\":\"" + digest + "\"}";
                byte[] answer = ("{\"sha\":\"" + "1".repeat(40) + "\",\"siblings\":[{\"rfilename\":\"m.onnx\",\"lfs\":"
                                + lfs + "}]}")
                        .getBytes();
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
            exchange.close();
        });
        server.start();
        String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        Shell shell = Shell.in(folder).with("JZOO_OFFLINE", "0").with("HF_ENDPOINT", address);
        try {
            assertEquals(7, shell.type("pull", "hf:o/short").exitCode());
            assertEquals(7, shell.type("pull", "hf:o/missing").exitCode());
            assertEquals(
                    5, shell.type("pull", address + "redirect#sha256=" + digest).exitCode());
            assertEquals(2, shell.type("pull", "http://127.0.0.1:99999/m.onnx").exitCode());
        } finally {
            server.stop(0);
        }
    }
}
