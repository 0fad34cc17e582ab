package dev.jzoo.zoo.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jzoo.zoo.FileServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MirrorProbeTest {

    @Test
    void aServerIsAskedForItsHeadersOnly() throws Exception {
        AtomicReference<String> method = new AtomicReference<>();
        try (FileServer server = new FileServer()) {
            server.answers.put("/", exchange -> {
                method.set(exchange.getRequestMethod());
                exchange.sendResponseHeaders(403, -1);
                exchange.close();
            });
            assertEquals(403, MirrorProbe.status(server.uri()));
        }
        assertEquals("HEAD", method.get());
    }

    @Test
    void aRedirectIsFollowed() throws Exception {
        try (FileServer server = new FileServer()) {
            server.answers.put("/", FileServer.status(301, "Location", "/there/"));
            server.answers.put("/there/", FileServer.status(204));
            assertEquals(204, MirrorProbe.status(server.uri()));
        }
    }

    @Test
    void whereNobodyListensTheReasonIsGiven() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        URI nobody = URI.create("http://127.0.0.1:" + port + "/");
        assertEquals(
                "connection refused",
                assertThrows(IOException.class, () -> MirrorProbe.status(nobody))
                        .getMessage()
                        .toLowerCase());
    }

    @Test
    void aFolderIsNotAsked() {
        assertThrows(IllegalArgumentException.class, () -> MirrorProbe.status(URI.create("file:///tmp/")));
    }
}
