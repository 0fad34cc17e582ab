package dev.jzoo.examples.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Tests over HTTP, on a free port. */
class DigitsApplicationTest {

    private static ConfigurableApplicationContext application;

    @BeforeAll
    static void start() {
        application = SpringApplication.run(DigitsApplication.class, "--server.port=0");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    private static HttpResponse<String> post(HttpRequest.BodyPublisher body) throws Exception {
        String port = application.getEnvironment().getProperty("local.server.port");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/classify"))
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
