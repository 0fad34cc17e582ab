package dev.jzoo.zoo;

import static dev.jzoo.zoo.Fixtures.bytes;
import static dev.jzoo.zoo.Fixtures.contents;
import static dev.jzoo.zoo.Fixtures.modelFolder;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.catalogue.JarModels;
import dev.jzoo.zoo.catalogue.PublishedModel;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.error.NearestNames;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.publishing.Publisher;
import dev.jzoo.zoo.settings.Settings;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZooTest {

    @TempDir
    Path folder;

    private Path home;
    private Path mirror;
    private Path jar;
    private final byte[] model = bytes(5000, 1);

    @BeforeEach
    void folders() throws Exception {
        home = folder.resolve("home");
        mirror = folder.resolve("mirror");
        jar = folder.resolve("jar");
        Fixtures.write(jar.resolve("models/ONNX_HUB_MANIFEST.json"), "[]\n".getBytes());
    }

    @Test
    void emptyZooListsNothing() throws Exception {
        assertEquals(List.of(), zoo().list());
        assertEquals(List.of(), zoo().search("digits"));
        JZooException e = assertThrows(JZooException.class, () -> zoo().show("digits"));
        assertEquals(JZooException.Code.NOT_FOUND, e.code());
    }

    @Test
    void modelOfTheJarIsPulledWhole() throws Exception {
        publish(jar, "digits", "1.0.0", model);
        List<String> heard = new ArrayList<>();
        PublishedModel pulled = zoo().pull("digits", (task, done, total) -> heard.add(task));
        assertTrue(
                home.relativize(pulled.model()).toString().matches("models/digits/1\\.0\\.0/[0-9a-f]{32}/model\\.onnx"),
                pulled.model().toString());
        assertArrayEquals(model, Files.readAllBytes(pulled.model()));
        assertEquals(Sha256.of(model), pulled.sha256());
        assertEquals("digits", pulled.id());
        assertEquals(0.9224, pulled.card().metrics().get("test.accuracy"));
        assertTrue(Files.exists(pulled.folder().resolve("test_data_set_2/output_0.pb")));
        assertTrue(heard.contains("models/digits/1.0.0/model.onnx"), heard.toString());
        assertEquals(10, Store.open(new Settings(home, List.of(), false)).list().size());
    }

    @Test
    void newestVersionIsMeantUnlessOneIsNamed() throws Exception {
        publish(mirror, "digits", "1.9.0", bytes(10, 1));
        publish(mirror, "digits", "1.10.0", bytes(10, 2));
        URI uri = mirror.toUri();
        assertEquals("1.10.0", zoo(uri).show("digits").version());
        assertEquals(
                List.of("1.10.0"),
                zoo(uri).list().stream().map(Listing::version).toList());
        assertEquals(
                "1.9.0", zoo(uri).pull("digits@1.9.0", ProgressListener.NONE).version());
        JZooException e = assertThrows(JZooException.class, () -> zoo(uri).show("digits@2.0.0"));
        assertEquals(JZooException.Code.NOT_FOUND, e.code());
        assertTrue(e.hint().contains("1.10.0, 1.9.0"), e.hint());
    }

    @Test
    void modelThatWasPulledIsFoundWithoutItsMirror() throws Exception {
        publish(mirror, "digits", "1.0.0", model);
        zoo(mirror.toUri()).pull("digits", ProgressListener.NONE);
        assertEquals("the cache", zoo().show("digits").origin());
        assertArrayEquals(
                model,
                Files.readAllBytes(zoo().pull("digits", ProgressListener.NONE).model()));
        Store.open(new Settings(home, List.of(), false)).clear();
        assertEquals(List.of(), zoo().list());
    }

    @Test
    void modelOfTheJarNeedsNoHomeThatCanBeWritten() throws Exception {
        publish(jar, "digits", "1.0.0", model);
        publish(mirror, "others", "1.0.0", model);
        Path file = folder.resolve("file");
        Files.write(file, new byte[1]);
        for (Path home : List.of(file, file.resolve("home"))) {
            Settings settings = new Settings(home, List.of(mirror.toUri()), true);
            PublishedModel pulled = zoo(settings).pull("digits", ProgressListener.NONE);
            assertArrayEquals(model, Files.readAllBytes(pulled.model()));
            assertEquals(pulled, zoo(settings).pull("digits", ProgressListener.NONE));
            JZooException e =
                    assertThrows(JZooException.class, () -> zoo(settings).pull("others", ProgressListener.NONE));
            assertTrue(e.hint().contains("JZOO_HOME"), e.hint());
        }
    }

    @Test
    void modelThatIsListedInTheJarAndTooLargeForItComesFromTheMirrorsElseFromTheZoo() throws Exception {
        Path zoo = folder.resolve("zoo");
        publish(zoo, "digits", "1.0.0", model);
        Files.copy(
                zoo.resolve("models/ONNX_HUB_MANIFEST.json"),
                jar.resolve("models/ONNX_HUB_MANIFEST.json"),
                StandardCopyOption.REPLACE_EXISTING);
        JZooException e = assertThrows(JZooException.class, () -> zoo().pull("digits", ProgressListener.NONE));
        assertEquals(JZooException.Code.NETWORK, e.code());
        assertTrue(e.hint().contains("models/digits/1.0.0/"), e.hint());
        Settings settings = new Settings(home, List.of(mirror.toUri()), true).withZoo(zoo.toUri());
        PublishedModel pulled = zoo(settings).pull("digits", ProgressListener.NONE);
        assertArrayEquals(model, Files.readAllBytes(pulled.model()));
        assertEquals("the jar", zoo(settings).show("digits").origin());
    }

    @Test
    void everyFileIsCheckedAtEveryPull() throws Exception {
        publish(mirror, "digits", "1.0.0", model);
        PublishedModel pulled = zoo(mirror.toUri()).pull("digits", ProgressListener.NONE);
        byte[] damaged = model.clone();
        damaged[17] ^= 1;
        Files.write(pulled.model(), damaged);
        assertThrows(JZooException.class, () -> zoo().pull("digits", ProgressListener.NONE));
        zoo(mirror.toUri()).pull("digits", ProgressListener.NONE);
        assertArrayEquals(model, Files.readAllBytes(pulled.model()));
    }

    @Test
    void mirrorWithOtherBytesThanTheManifestIsAnIntegrityFailure() throws Exception {
        publish(mirror, "digits", "1.0.0", model);
        Files.writeString(
                mirror.resolve("models/digits/1.0.0/model.onnx"), "version https://git-lfs.github.com/spec/v1\n");
        JZooException e =
                assertThrows(JZooException.class, () -> zoo(mirror.toUri()).pull("digits", ProgressListener.NONE));
        assertEquals(JZooException.Code.INTEGRITY, e.code());
        assertTrue(e.getMessage().contains("git lfs pull"), e.getMessage());
    }

    @Test
    void digestOfTheJarCountsBeforeThatOfAMirror() throws Exception {
        publish(jar, "digits", "1.0.0", model);
        publish(mirror, "digits", "1.0.0", bytes(5000, 2));
        assertEquals(Sha256.of(model), zoo(mirror.toUri()).show("digits").sha256());
    }

    @Test
    void modelThatTheJarListsAndDoesNotCarryComesFromAMirror() throws Exception {
        publish(jar, "digits", "1.0.0", model);
        copy(jar.resolve("models/digits"), mirror.resolve("models/digits"));
        Files.delete(jar.resolve("models/digits/1.0.0/model.onnx"));
        assertThrows(JZooException.class, () -> zoo().pull("digits", ProgressListener.NONE));
        assertArrayEquals(
                model,
                Files.readAllBytes(zoo(mirror.toUri())
                        .pull("digits", ProgressListener.NONE)
                        .model()));
    }

    @Test
    void mirrorOnTheWebIsListedAndPulledFrom() throws Exception {
        publish(mirror, "digits", "1.0.0", model);
        try (FileServer server = new FileServer()) {
            for (String file : Fixtures.filesBelow(mirror)) {
                server.files.put("/" + file, Files.readAllBytes(mirror.resolve(file)));
            }
            assertArrayEquals(
                    model,
                    Files.readAllBytes(zoo(server.uri())
                            .pull("digits", ProgressListener.NONE)
                            .model()));
        }
    }

    @Test
    void mirrorThatCannotBeReadIsLeftOutAndNamedWhenAModelIsNotFound() throws Exception {
        publish(jar, "digits", "1.0.0", model);
        Fixtures.write(mirror.resolve("models/ONNX_HUB_MANIFEST.json"), "not json".getBytes());
        URI down = URI.create("http://127.0.0.1:9/");
        assertEquals(1, zoo(mirror.toUri(), down).list().size());
        JZooException e = assertThrows(
                JZooException.class, () -> zoo(mirror.toUri(), down).show("cats"));
        assertTrue(e.getMessage().contains("127.0.0.1:9"), e.getMessage());
        assertTrue(e.getMessage().contains(mirror.toString()), e.getMessage());
    }

    @Test
    void unknownModelIsAnsweredWithTheNearestNames() throws Exception {
        publish(jar, "mnist-logistic", "1.0.0", model);
        publish(jar, "mnist-cnn", "1.0.0", model);
        publish(jar, "airline-lstm", "1.0.0", model);
        JZooException e = assertThrows(JZooException.class, () -> zoo().pull("mnist-logistics", ProgressListener.NONE));
        assertEquals(JZooException.Code.NOT_FOUND, e.code());
        assertEquals("Did you mean mnist-logistic?", e.hint());
        assertEquals(
                "Did you mean mnist-cnn or mnist-logistic?",
                assertThrows(JZooException.class, () -> zoo().show("mnist")).hint());
        assertEquals(
                "Available models: airline-lstm, mnist-cnn, mnist-logistic.",
                assertThrows(JZooException.class, () -> zoo().show("zzzzzzzzzz"))
                        .hint());
    }

    @Test
    void searchFindsEveryWordInWhateverCase() throws Exception {
        publish(jar, "mnist-logistic", "1.0.0", model);
        publish(jar, "airline-lstm", "1.0.0", model);
        assertEquals(
                List.of("mnist-logistic"),
                zoo().search("LOGISTIC softmax").stream().map(Listing::id).toList());
        assertEquals(2, zoo().search(" ").size());
        assertEquals(List.of(), zoo().search("logistic lstm"));
    }

    @Test
    void distanceCountsSlips() {
        assertEquals(3, NearestNames.distance("kitten", "sitting"));
        assertEquals(4, NearestNames.distance("", "four"));
        assertEquals(0, NearestNames.distance("same", "same"));
    }

    private Zoo zoo(URI... mirrors) throws Exception {
        return zoo(new Settings(home, List.of(mirrors), false));
    }

    private Zoo zoo(Settings settings) throws Exception {
        URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
        return new Zoo(Store.open(settings, Fixtures.QUICK), new JarModels(loader, "models/", "the jar"));
    }

    private void publish(Path place, String id, String version, byte[] bytes) throws Exception {
        Path run = modelFolder(folder.resolve("run-" + id + version + bytes.hashCode()), id, version, bytes);
        Publisher.into(place.resolve("models")).publish(run, contents());
    }

    private static void copy(Path from, Path to) throws Exception {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                Fixtures.write(to.resolve(from.relativize(file)), Files.readAllBytes(file));
            }
        }
    }
}
