package dev.jzoo.export.verification;

import dev.jzoo.zoo.catalogue.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Copies of published models, which a test may damage. */
final class Copies {

    private static final Path MODELS = Path.of("..", "..", "zoo", "models");

    private Copies() {}

    /**
     * Creates a folder of published models with a forecaster and a classifier, and the manifest of all. Returns the
     * forecaster's file.
     */
    static Path forecaster(Path models) throws IOException {
        for (String id : new String[] {"airline-lstm", "mnist1d-logistic"}) {
            Path source = MODELS.resolve(id);
            try (Stream<Path> tree = Files.walk(source)) {
                for (Path file : tree.filter(Files::isRegularFile).toList()) {
                    Path copy = models.resolve(id).resolve(source.relativize(file));
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
        return models.resolve("airline-lstm/1.0.0/model.onnx");
    }

    static Manifest.Entry entry() throws IOException {
        return Manifest.read(MODELS.resolve(Manifest.FILE_NAME))
                .find("airline-lstm", "1.0.0")
                .orElseThrow();
    }

    /** Writes the manifest, reduced to the copies of {@link #forecaster}. */
    static void writeManifest(Path models) throws IOException {
        Manifest all = Manifest.read(MODELS.resolve(Manifest.FILE_NAME));
        Manifest two = new Manifest(all.entries().stream()
                .filter(entry -> Files.isDirectory(models.resolve(entry.model())))
                .toList());
        Files.writeString(models.resolve(Manifest.FILE_NAME), two.text());
    }

    /** Flips a bit of the last byte but one. */
    static void damage(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 2] ^= 0x10;
        Files.write(file, bytes);
    }
}
