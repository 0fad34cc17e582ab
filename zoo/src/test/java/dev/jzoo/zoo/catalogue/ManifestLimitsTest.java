package dev.jzoo.zoo.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.Fixtures;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.Zoo;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.hub.ModelReference;
import dev.jzoo.zoo.publishing.Publisher;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests of a valid total size with a part that is too long. */
class ManifestLimitsTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    /** Returns a published manifest of one model. */
    private String published() throws IOException {
        Path run = Fixtures.modelFolder(folder.resolve("run"), "digits", "1.0.0", new byte[] {8, 7});
        Publisher.into(folder.resolve("models")).publish(run, Fixtures.contents());
        return Files.readString(folder.resolve("models/" + Manifest.FILE_NAME));
    }

    private static void assertRefused(String json, String named) {
        DataFormatException e = assertTimeoutPreemptively(
                SOON, () -> assertThrows(DataFormatException.class, () -> Manifest.parse("mirror", json)));
        assertTrue(e.getMessage().contains(named), shortened(e.getMessage()));
        assertTrue(e.getMessage().length() < 2_000, () -> e.getMessage().length() + " characters");
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(500, text.length()));
    }

    private void assertRefusedWith(String was, String is, String named) throws IOException {
        String manifest = published();
        assertTrue(manifest.contains(was), was);
        assertRefused(manifest.replace(was, is), named);
    }

    @Test
    void aVersionOfAMillionDigits() throws Exception {
        assertRefusedWith("\"version\": \"1.0.0\"", "\"version\": \"1.0." + "9".repeat(1_000_000) + "\"", "A version");
        assertRefusedWith("\"version\": \"1.0.0\"", "\"version\": \"1.0.9999999999\"", "three numbers");
    }

    @Test
    void anIdThatWouldOverflowTheStack() throws Exception {
        assertRefusedWith("\"id\": \"digits\"", "\"id\": \"" + "a-".repeat(100_000) + "a\"", "A model's id");
    }

    @Test
    void aNumberOfAMillionDigits() throws Exception {
        assertRefusedWith("\"opset_version\": 17", "\"opset_version\": " + "9".repeat(1_000_000), "1000");
    }

    @Test
    void nestingWithoutEnd() {
        assertRefused("[".repeat(1_000_000), "200");
        assertRefused("[" + "{\"a\":".repeat(1_000_000), "200");
    }

    @Test
    void textsThatAreLongerThanAnybodyReads() throws Exception {
        String longText = "x".repeat(1_000_000);
        assertRefusedWith("\"title\": \"Digits by softmax regression\"", "\"title\": \"" + longText + "\"", "title");
        assertRefusedWith("\"licence\": \"Apache-2.0\"", "\"licence\": \"" + longText + "\"", "licence");
        assertRefusedWith("\"onnx_version\": \"1.19\"", "\"onnx_version\": \"" + longText + "\"", "ONNX version");
        assertRefusedWith("\"name\": \"image\"", "\"name\": \"" + longText + "\"", "name of a tensor");
        assertRefusedWith("\"model\": \"digits\"", "\"model\": \"" + longText + "\"", "name of a model");
        assertRefusedWith("\"yes: no\"", "\"" + longText + "\"", "label");
    }

    @Test
    void pathsThatAreTooLongOrHalfACharacter() throws Exception {
        String path = "digits/1.0.0/metrics.json";
        assertRefusedWith(path, "digits/1.0.0/" + "a/".repeat(500_000) + "b", "A path may have at most");
        assertRefusedWith(path, "digits/1.0.0/" + "b".repeat(300), "A name in a path");
        assertRefusedWith(path, "digits/1.0.0/\\ud800", "control characters");
        assertRefusedWith(path, "digits/1.0.0/\\udc00x", "control characters");
        assertRefusedWith(path, "digits/1.0.0/a\\u009bb", "control characters");
    }

    @Test
    void moreModelsThanAnybodyHas() {
        StringBuilder json = new StringBuilder("[");
        for (int i = 0; i < 25_000; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"model\":\"m\",\"model_path\":\"m\",\"onnx_version\":\"1\",\"opset_version\":1,"
                            + "\"metadata\":{\"model_bytes\":1,\"model_sha\":\"")
                    .append("0".repeat(64))
                    .append("\"}}");
        }
        assertRefused(json.append("]").toString(), "models");
    }

    @Test
    void twoFilesThatSomeFileSystemsTakeForOne() throws Exception {
        assertRefusedWith("digits/1.0.0/metrics.json", "digits/1.0.0/readme.md", "is listed twice");
    }

    @Test
    void aManifestOfSixteenMegabytesAndOneByte() throws Exception {
        Path mirror = folder.resolve("long");
        Fixtures.write(mirror.resolve("models/" + Manifest.FILE_NAME), new byte[0]);
        try (OutputStream out = Files.newOutputStream(mirror.resolve("models/" + Manifest.FILE_NAME))) {
            out.write(" ".repeat((16 << 20) + 1).getBytes());
        }
        JZooException e = assertThrows(JZooException.class, () -> zoo(mirror).show("digits"));
        assertTrue(e.getMessage().contains("expected at most 16777216 bytes"), e.getMessage());
    }

    @Test
    void aPipeInPlaceOfAManifestIsNotWaitedFor() throws Exception {
        Path mirror = folder.resolve("pipe");
        Files.createDirectories(mirror.resolve("models"));
        Path pipe = mirror.resolve("models/" + Manifest.FILE_NAME);
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        JZooException e = assertTimeoutPreemptively(
                SOON, () -> assertThrows(JZooException.class, () -> zoo(mirror).show("digits")));
        assertTrue(e.getMessage().contains("it is not a regular file"), e.getMessage());
    }

    @Test
    void pipesInPlaceOfOtherFilesAreNotWaitedForEither() throws Exception {
        String manifest = published();
        Path mirror = folder.resolve("pipes");
        Fixtures.write(mirror.resolve("models/" + Manifest.FILE_NAME), manifest.getBytes());
        Files.createDirectories(mirror.resolve("models/digits/1.0.0"));
        Path page = mirror.resolve("models/digits/1.0.0/README.md");
        Path home = Files.createDirectories(folder.resolve("home/models"));
        for (Path pipe : List.of(page, home.resolve(Manifest.FILE_NAME))) {
            assertEquals(
                    0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        }
        JZooException e = assertTimeoutPreemptively(
                SOON, () -> assertThrows(JZooException.class, () -> zoo(mirror).pull("digits", ProgressListener.NONE)));
        assertTrue(e.getMessage().contains("README.md: it is not a regular file"), e.getMessage());
    }

    @Test
    void aReferenceOfManyCharactersIsRefusedOrAPath() {
        for (String text : List.of("a-".repeat(8_000) + "a", "a".repeat(16_000), "a@" + "1".repeat(16_000))) {
            assertEquals(false, ModelReference.isName(text));
            assertThrows(IllegalArgumentException.class, () -> ModelReference.parse(text));
        }
        for (String start : List.of("onnx:", "hf:o/n/", "mvn:g:a:1/", "mvn:", "https://h/", "hf:")) {
            for (String part : List.of("a", "a-", "a.", "a/", "%20", ":")) {
                IllegalArgumentException e = assertTimeoutPreemptively(
                        SOON,
                        () -> assertThrows(
                                IllegalArgumentException.class,
                                () -> ModelReference.parse(start + part.repeat(16_000))));
                assertTrue(e.getMessage().length() < 9_000, start);
            }
        }
    }

    private Zoo zoo(Path mirror) {
        Settings settings = new Settings(folder.resolve("home"), List.of(mirror.toUri()), true);
        return new Zoo(Store.open(settings, Fixtures.QUICK));
    }
}
