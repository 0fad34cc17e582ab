package dev.jzoo.examples.micronaut;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests over HTTP, on a free port. */
class DigitsApplicationTest {

    private static EmbeddedServer application;

    @BeforeAll
    static void start() {
        application = ApplicationContext.run(EmbeddedServer.class, Map.of("micronaut.server.port", -1));
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    private static HttpResponse<String> post(HttpRequest.BodyPublisher body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(application.getURI().resolve("/classify"))
                .header("Content-Type", "image/png")
                .POST(body)
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    @Test
    void aPictureIsAnsweredWithLabelAndScore() throws Exception {
        HttpResponse<String> response = post(BodyPublishers.ofFile(Path.of("../../docs/pictures/seven.png")));
        assertEquals(200, response.statusCode(), response.body());
        assertTrue(response.body().matches("\\{\"label\":\"7\",\"score\":(0\\.9\\d*|1\\.0)}"), response.body());
    }

    @Test
    void whatIsNoPictureIsRefusedInWords() throws Exception {
        HttpResponse<String> response = post(BodyPublishers.ofString("seven"));
        assertEquals(400, response.statusCode());
        assertEquals(
                "{\"error\":\"The body: expected a picture (PNG, JPEG, GIF, BMP or TIFF), found text (\\\"seven\\\")\"}",
                response.body());
        assertEquals(400, post(BodyPublishers.noBody()).statusCode());
    }
}
