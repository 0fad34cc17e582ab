package dev.jzoo.zoo.publishing;

import dev.jzoo.zoo.annotation.Internal;
import dev.jzoo.zoo.cache.CacheDirectory;
import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.catalogue.PackedModels;
import dev.jzoo.zoo.catalogue.StoredModel;
import dev.jzoo.zoo.download.FileCheck;
import dev.jzoo.zoo.file.AtomicFile;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.hub.ModelReference;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A jar of models for a Maven repository. Below {@value PackedModels#PACKED} it has the layout of a folder of published models,
 * with its manifest. An application with the jar on its class path finds the models by their names, and
 * {@code mvn:GROUP:ARTIFACT:VERSION} finds them in the repository. Equal models give equal bytes.
 */
@Internal
public final class ModelJar {

    /** The time of all entries, because a zip archive cannot leave it out. */
    private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

    private ModelJar() {}

    /**
     * Writes the jar and the files next to it in a Maven repository: the POM, and a SHA-256 and SHA-1 of each.
     *
     * @param repository folder of the repository
     * @param entries the models
     * @param home the cache that has their files
     * @return the jar
     */
    public static Path write(
            Path repository, ModelReference.InMaven coordinates, List<Manifest.Entry> entries, CacheDirectory home)
            throws IOException {
        Path jar = repository.resolve(coordinates.path());
        Path pom = jar.resolveSibling(jar.getFileName().toString().replaceFirst("\\.jar$", ".pom"));
        AtomicFile.write(jar, out -> write(entries, home, out));
        AtomicFile.write(pom, pom(coordinates, entries));
        for (Path file : List.of(pom, jar)) {
            AtomicFile.write(Path.of(file + ".sha256"), Sha256.of(file).hex());
            AtomicFile.write(Path.of(file + ".sha1"), FileCheck.sha1(file));
        }
        return jar;
    }

    private static void write(List<Manifest.Entry> entries, CacheDirectory home, OutputStream out) throws IOException {
        SortedMap<String, Path> files = new TreeMap<>();
        List<Manifest.Entry> listed = new ArrayList<>();
        for (Manifest.Entry entry : entries) {
            StoredModel stored = StoredModel.of(home, entry);
            for (Manifest.FileDigest file : stored.files()) {
                files.put(file.path().substring(CacheDirectory.MODELS.length()), stored.file(file.path()));
            }
            listed.add(entry.withoutArchive());
        }
        ZipOutputStream zip = new ZipOutputStream(out);
        put(zip, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\nCreated-By: jzoo\r\n\r\n");
        put(zip, PackedModels.PACKED + Manifest.FILE_NAME, new Manifest(listed).text());
        for (String path : files.keySet()) {
            zip.putNextEntry(entry(PackedModels.PACKED + path));
            Files.copy(files.get(path), zip);
            zip.closeEntry();
        }
        zip.finish(); // the caller closes the underlying stream
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(entry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(EPOCH);
        return entry;
    }

    private static String pom(ModelReference.InMaven coordinates, List<Manifest.Entry> entries) {
        List<String> names = entries.stream().map(Manifest.Entry::model).toList();
        return String.format(
                Locale.ROOT,
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>%s</groupId>
                  <artifactId>%s</artifactId>
                  <version>%s</version>
                  <packaging>jar</packaging>
                  <description>Models for JZoo: %s</description>
                </project>
                """,
                coordinates.group(),
                coordinates.artifact(),
                coordinates.version(),
                String.join(", ", names));
    }
}
