package dev.jzoo.zoo.settings;

import static dev.jzoo.zoo.Fixtures.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.FetchedModel;
import dev.jzoo.zoo.FileServer;
import dev.jzoo.zoo.Fixtures;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.Zoo;
import dev.jzoo.zoo.download.PublicAddress;
import dev.jzoo.zoo.hub.ModelReference;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords, tokens and signatures, whatever characters they have. None appears in a message, a log or a file. */
class SecretsTest {

    @TempDir
    Path folder;

    private FileServer server;
    private final byte[] model = bytes(300_000, 1);

    @BeforeEach
    void start() throws IOException {
        server = new FileServer();
        server.files.put("/m.onnx", model);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Settings settings(URI... mirrors) {
        return new Settings(folder.resolve("home"), List.of(mirrors), false)
                .withHubs(new Hubs(List.of(), server.uri(), "", folder.resolve("hf"), List.of()));
    }

    private String port() {
        return Integer.toString(server.port());
    }

    /** Returns everything that a failure can print, with its causes. */
    private static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    private void assertNowhere(String secret) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                assertFalse(file.toString().contains(secret), file.toString());
                if (Files.isRegularFile(file)) {
                    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                    assertFalse(text.contains(secret), file.toString());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3cret",
                "s3cret%2Fx",
                "s3cret%40x",
                "s3cret:x",
                "s3cret!$&'()*+,;=x",
                "s3cret%20x",
                "%73%33cret"
            })
    void aPasswordOfAnAddressIsNeitherPrintedNorStored(String password) throws Exception {
        String address = "http://me:" + password + "@127.0.0.1:" + port() + "/m.onnx";
        Throwable refused = assertThrows(
                Exception.class, () -> new Zoo(Store.open(settings())).fetch(address, ProgressListener.NONE));
        assertFalse(printed(refused).contains(password), printed(refused));
        server.next.add(server.breakingAfter(100_000));
        FetchedModel fetched = new Zoo(Store.open(settings(), Fixtures.QUICK))
                .fetch(ModelReference.parse(address), Zoo.Trust.FIRST, ProgressListener.NONE);
        assertFalse(fetched.toString().contains(password), fetched.toString());
        assertNowhere(password);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://me:s3cret@@127.0.0.1/m.onnx",
                "http://me:s3cret x@127.0.0.1/m.onnx",
                "http://me:s3cret/x@127.0.0.1/m.onnx",
                "http://me:s3cret#x@127.0.0.1/m.onnx",
                "http://me:s3cret?x@127.0.0.1/m.onnx",
                "http://me:s3cret\\x@127.0.0.1/m.onnx",
                "http://me:s3cret[x@127.0.0.1/m.onnx",
                "http://me:s3cret\u00e9@127.0.0.1:99999/m.onnx",
                "http://me:s3cret%zz@127.0.0.1/m.onnx",
                "https://me:s3cret@/m.onnx",
                "http://127.0.0.1:99999/m.onnx?token=s3cret",
                "http://127.0.0.1/m.onnx?token=s3cret#sha1=00",
                "http://127.0.0.1/m.onnx?to ken=s3cret",
                "ftp://me:s3cret@127.0.0.1/"
            })
    void whatIsNoAddressIsRefusedWithoutItsPassword(String text) {
        List<Throwable> failures = new ArrayList<>();
        for (Runnable reader : List.<Runnable>of(
                () -> ModelReference.parse(text),
                () -> Settings.of(Map.of("JZOO_MIRROR", text)),
                () -> Settings.of(Map.of("JZOO_MAVEN", text)),
                () -> Settings.of(Map.of("JZOO_ONNX_HUB", text)),
                () -> Settings.of(Map.of("HF_ENDPOINT", text)))) {
            try {
                reader.run();
            } catch (RuntimeException e) {
                assertEquals(IllegalArgumentException.class, e.getClass(), text);
                failures.add(e);
            }
        }
        assertFalse(failures.isEmpty());
        failures.forEach(failure -> assertFalse(printed(failure).contains("s3cret"), printed(failure)));
    }

    @Test
    void aSignatureInAQueryIsSentAndNeitherPrintedNorStored() throws Exception {
        String address = server.uri() + "m.onnx?X-Amz-Signature=s3cret&x=1";
        Throwable refused = assertThrows(
                Exception.class, () -> new Zoo(Store.open(settings())).fetch(address, ProgressListener.NONE));
        assertFalse(printed(refused).contains("s3cret"), printed(refused));
        server.next.add(server.breakingAfter(100_000));
        server.next.add(FileServer.status(500));
        new Zoo(Store.open(settings(), Fixtures.QUICK))
                .fetch(ModelReference.parse(address), Zoo.Trust.FIRST, ProgressListener.NONE);
        assertEquals(
                "/m.onnx?X-Amz-Signature=s3cret&x=1", server.requests.get(0).getFirst("path"));
        assertNowhere("s3cret");
        assertNotEquals(
                ModelReference.parse(address).identity(),
                ModelReference.parse(server.uri() + "m.onnx?x=2").identity());
    }

    @Test
    void aRedirectThatIsNotFollowedIsNamedWithoutItsSignature() {
        server.answers.put("/m.onnx", FileServer.status(302, "Location", "ftp://me:s3cret@example.org/x?y=s3cret"));
        Throwable e = assertThrows(Exception.class, () -> new Zoo(Store.open(settings(), Fixtures.QUICK))
                .fetch(ModelReference.parse(server.uri() + "m.onnx"), Zoo.Trust.FIRST, ProgressListener.NONE));
        assertTrue(e.getMessage().contains("ftp://example.org/x?..."), e.getMessage());
        assertFalse(printed(e).contains("s3cret"), printed(e));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hf_s3cret\nX-Evil: 1", "hf s3cret", "hf_s3cret\u0000", "hf_s3cr\u00e9t", "hf_s3cret\t!"})
    void aTokenThatIsNoneIsRefusedWithoutBeingQuoted(String token) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Settings.of(Map.of("HF_TOKEN", token)));
        assertTrue(e.getMessage().contains("HF_TOKEN"), e.getMessage());
        assertFalse(printed(e).contains("s3cr"), printed(e));
    }

    @Test
    void settingsShowNoPasswordOfAnyAddress() {
        URI address = URI.create("https://me:s3cret@example.org/x/?k=s3cret");
        Settings settings = new Settings(folder, List.of(address), false)
                .withZoo(address)
                .withHubs(new Hubs(List.of(address), address, "s3cret", folder, List.of(address)));
        assertFalse(settings.toString().contains("s3cret"), settings.toString());
        assertTrue(settings.toString().contains("https://example.org/x/"), settings.toString());
    }

    @Test
    void aMirrorThatFailsIsNamedWithoutItsPassword() {
        URI mirror = URI.create("http://me:s3cret@127.0.0.1:9/x/");
        Throwable e = assertThrows(
                Exception.class, () -> new Zoo(Store.open(settings(mirror), Fixtures.QUICK)).show("nothing"));
        assertTrue(e.getMessage().contains("http://127.0.0.1:9/x/"), e.getMessage());
        assertFalse(printed(e).contains("s3cret"), printed(e));
    }

    @Test
    void textsThatAreNoAddressStayAsTheyAre() {
        for (String text : List.of("", "a?b", "C:\\x@y", "me@example.org", "hf:owner/name@main", "a b://c")) {
            assertEquals(text, PublicAddress.of(text));
        }
        assertEquals("https://h/a@1.0/m.onnx", PublicAddress.of("https://h/a@1.0/m.onnx"));
    }
}
