package dev.jzoo.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.file.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ONNX package's former hub client on the folder of published models. */
@Tag("acceptance")
class PythonHubTest {

    private static final Path MODELS = Path.of("models").toAbsolutePath();

    @TempDir
    Path folder;

    @Test
    void everyPublishedModelIsListedLoadedAndUnpacked() throws Exception {
        String python = Stream.of("python3", "/usr/bin/python3")
                .filter(PythonHubTest::hasHub)
                .findFirst()
                .orElse("");
        Assumptions.assumeFalse(python.isEmpty(), "skipped: no python3 with onnx.hub (Debian: python3-onnx)");
        Path script = folder.resolve("check_hub.py");
        try (InputStream in = PythonHubTest.class.getResourceAsStream("check_hub.py")) {
            Files.copy(in, script);
        }
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder(
                        python,
                        script.toString(),
                        MODELS.toString(),
                        folder.resolve("cache").toString())
                .redirectError(errors.toFile())
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> read(errors));
        List<String> listed = Manifest.read(MODELS.resolve(Manifest.FILE_NAME)).entries().stream()
                .map(Manifest.Entry::model)
                .toList();
        assertEquals(listed, List.of(Json.parse("check_hub.py", printed, String[].class)));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static boolean hasHub(String python) {
        try {
            return new ProcessBuilder(python, "-c", "import onnx.hub")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }
}
