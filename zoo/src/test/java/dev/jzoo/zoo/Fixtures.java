package dev.jzoo.zoo;

import dev.jzoo.zoo.card.CardPage;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.card.Task;
import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.download.Encoding;
import dev.jzoo.zoo.download.Resource;
import dev.jzoo.zoo.download.RetryPolicy;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.publishing.Publisher;
import dev.jzoo.zoo.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Shared fixtures: bytes, a card, a model's folder. */
public final class Fixtures {

    /** A policy of three attempts without pauses. */
    public static final RetryPolicy QUICK =
            new RetryPolicy(Duration.ofSeconds(5), Duration.ofSeconds(5), 3, Duration.ofMillis(1));

    private Fixtures() {}

    public static byte[] bytes(int count, long seed) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    public static Resource resource(String path, byte[] content, Encoding encoding, URI... sources) {
        return new Resource(path, List.of(sources), encoding, content.length, Sha256.of(content));
    }

    public static Store store(Path home, URI... mirrors) {
        return Store.open(new Settings(home, List.of(mirrors), false), QUICK);
    }

    public static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    /** Returns the sorted relative paths of all regular files below a folder, except lock files. */
    public static List<String> filesBelow(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(name -> !name.endsWith(".lock"))
                    .sorted()
                    .toList();
        }
    }

    public static ModelCard card(String id, String version, Sha256 recipe) {
        return new ModelCard(
                id,
                version,
                "Digits by softmax regression",
                "28 x 28 pixels in; \"ten\" scores | out. \u00e9: it's {a: test}",
                Task.IMAGE_CLASSIFICATION,
                List.of("0", "1", "yes: no"),
                List.of(),
                new ModelCard.CardRecipe(id, "djl", "jzoo train " + id, recipe),
                List.of(
                        new ModelCard.Data("mnist train", Sha256.of(new byte[] {1}), ""),
                        new ModelCard.Data("mnist test", Sha256.of(new byte[] {2}), "a | b")),
                new TreeMap<>(Map.of("test.accuracy", 0.9224, "test.loss", 0.2871, "train.accuracy", 0.931)),
                "Apache-2.0",
                List.of("mnist", "vision"),
                List.of("Knows digits only."));
    }

    public static Publisher.ModelSignature contents() {
        return new Publisher.ModelSignature(
                "1.19",
                17,
                List.of(new Manifest.ManifestTensor(
                        "image",
                        List.of(Dimension.of("N"), Dimension.of(28), Dimension.of(28), Dimension.of(1)),
                        "tensor(uint8)")),
                List.of(new Manifest.ManifestTensor(
                        "probabilities", List.of(Dimension.of("N"), Dimension.of(10)), "tensor(float)")),
                List.of());
    }

    /** Writes a folder that is ready to publish, with these bytes as its model. */
    public static Path modelFolder(Path folder, String id, String version, byte[] model) throws IOException {
        byte[] recipe = ("{\"id\": \"" + id + "\"}\n").getBytes();
        write(folder.resolve("model.onnx"), model);
        write(folder.resolve("recipe.json"), recipe);
        write(folder.resolve("metrics.json"), "{}\n".getBytes());
        write(
                folder.resolve("README.md"),
                CardPage.markdown(card(id, version, Sha256.of(recipe))).getBytes());
        for (int i = 0; i < 3; i++) {
            write(folder.resolve("test_data_set_" + i + "/input_0.pb"), bytes(50, i));
            write(folder.resolve("test_data_set_" + i + "/output_0.pb"), bytes(20, i));
        }
        return folder;
    }

    /** Starts another JVM with the classes of this one. */
    public static Process jvm(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
